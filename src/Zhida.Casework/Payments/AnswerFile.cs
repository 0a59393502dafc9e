using System.Globalization;
using System.Text;
using Zhida.Casework.Proof;

namespace Zhida.Casework.Payments;

/// <summary>A file of the treasury's answers: a line each, and a last line with their number and the SM3 of all before
/// it.</summary>
public static class AnswerFile
{
    private const string Head = "回执";
    private const string Foot = "合计";

    private static readonly (AnswerKind Kind, string Word)[] Kinds =
    [
        (AnswerKind.Paid, "已付"), (AnswerKind.Failed, "失败"), (AnswerKind.AccountWrong, "账号有误"),
        (AnswerKind.Returned, "退汇"),
    ];

    public static string Write(IEnumerable<TreasuryAnswer> answers)
    {
        var text = new StringBuilder();
        var count = 0;
        foreach (var answer in answers)
        {
            count++;
            text.Append(CsvLine.Of(Head, answer.Id, answer.Payment.ToString(), WordOf(answer.Kind),
                answer.Amount.ToString(CultureInfo.InvariantCulture), answer.Text)).Append('\n');
        }
        var digest = Sm3.Hex(text.ToString());
        return text.Append(CsvLine.Of(Foot, count.ToString(CultureInfo.InvariantCulture), digest)).Append('\n')
            .ToString();
    }

    /// <summary>The answers, or why the file can't be read; then none of it counts.</summary>
    public static (AnswerSheet? Sheet, string Reason) Read(string name, string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\uFEFF').TrimEnd('\n').Split('\n');
        if (CsvLine.Split(lines[^1]) is not [Foot, var count, var digest])
            return (null, "最后一行不是合计：文件不完整，请重新发送");
        var body = string.Concat(lines[..^1].Select(l => l + "\n"));
        if (digest != Sm3.Hex(body)) return (null, "摘要不符：内容与合计行的SM3不一致，请重新发送");
        var answers = new List<TreasuryAnswer>();
        foreach (var line in lines[..^1])
        {
            if (AnswerOf(line) is not { } answer)
                return (null, $"第{answers.Count + 1}行读不出：应为 回执,回执号,编号,已付或失败或账号有误或退汇,金额（分）,附言");
            answers.Add(answer);
        }
        return count == answers.Count.ToString(CultureInfo.InvariantCulture)
            ? (new AnswerSheet(name, answers), "") : (null, $"合计写{count}笔，实为{answers.Count}笔");
    }

    /// <summary>The Chinese word of a kind.</summary>
    public static string WordOf(AnswerKind kind) => Array.Find(Kinds, k => k.Kind == kind).Word;

    private static TreasuryAnswer? AnswerOf(string line) =>
        CsvLine.Split(line) is [Head, { Length: > 0 and <= 200 } id, var payment, var word, var amount, var text] &&
        Guid.TryParse(payment, out var key) && Array.Exists(Kinds, k => k.Word == word) &&
        long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var fen)
            ? new TreasuryAnswer(id, key, Array.Find(Kinds, k => k.Word == word).Kind, fen, text) : null;
}
