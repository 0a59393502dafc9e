namespace Zhida.Casework.Payments;

/// <summary>Where a payment stands (docs/payments.md).</summary>
public enum PaymentState
{
    /// <summary>待发送: of a batch that is prepared or released, not handed to the treasury yet.</summary>
    Ready,

    /// <summary>已发送: the treasury may have it, and may have paid it.</summary>
    Sent,

    /// <summary>已付: confirmed, and posted.</summary>
    Paid,

    /// <summary>失败: the treasury says for sure that it is not paid and never will be.</summary>
    Failed,

    /// <summary>退汇: the bank sent the money back.</summary>
    Returned,

    /// <summary>存疑: the answers don't fit; nothing is posted before a person has looked.</summary>
    Doubtful,

    /// <summary>作废: its batch was cancelled before it was released.</summary>
    Cancelled,
}

/// <summary>Words and allowed changes of states.</summary>
public static class PaymentStates
{
    /// <summary>The Chinese words, the only ones that leave the program.</summary>
    public static string WordOf(PaymentState state) => state switch
    {
        PaymentState.Ready => "待发送",
        PaymentState.Sent => "已发送",
        PaymentState.Paid => "已付",
        PaymentState.Failed => "失败",
        PaymentState.Returned => "退汇",
        PaymentState.Doubtful => "存疑",
        _ => "作废",
    };

    /// <summary>The table of allowed changes. Doubts are settled by people only.</summary>
    public static bool MayBecome(PaymentState from, PaymentState to) => (from, to) is
        (PaymentState.Ready, PaymentState.Sent or PaymentState.Cancelled or PaymentState.Doubtful) or
        (PaymentState.Sent, PaymentState.Paid or PaymentState.Failed or PaymentState.Returned or PaymentState.Doubtful)
        or (PaymentState.Paid, PaymentState.Returned) or
        (PaymentState.Failed, PaymentState.Doubtful) or
        (PaymentState.Doubtful, PaymentState.Paid or PaymentState.Failed);

    /// <summary>Whether the money may be, or come, with the payee: then the case gets no other payment.</summary>
    public static bool IsLive(PaymentState state) => state is PaymentState.Ready or PaymentState.Sent
        or PaymentState.Paid or PaymentState.Doubtful;
}
