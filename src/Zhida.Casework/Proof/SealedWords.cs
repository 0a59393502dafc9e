using Zhida.Ledger;

namespace Zhida.Casework.Proof;

/// <summary>The Chinese words of sealed kinds.</summary>
public static class SealedWords
{
    public static string Of(string kind) => kind switch
    {
        Journal.Transfers => "转账",
        "move" => "办理记录",
        "decision" => "判定",
        "paper" => "文书",
        "answer" => "财政回执",
        "refund" => "缴回",
        "payee" => "收款账户",
        _ => kind,
    };
}
