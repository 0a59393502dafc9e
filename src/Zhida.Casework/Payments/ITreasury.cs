namespace Zhida.Casework.Payments;

/// <summary>
/// The treasury that pays (国库支付). Orders are kept apart by their ids: the same order again is paid once, and one that
/// has failed is not paid later. Answers come whenever they do: late, repeated, in parts, about things that nobody
/// asked.
/// </summary>
public interface ITreasury
{
    /// <summary>Hands orders over; coming back means that the treasury has them.</summary>
    /// <exception cref="IOException">It can't be reached; whether it has them is not known.</exception>
    Task SubmitAsync(PaymentOrders orders);

    /// <summary>Answers that are there and have not been taken.</summary>
    /// <exception cref="IOException">It can't be reached.</exception>
    Task<IReadOnlyList<AnswerSheet>> ReceiveAsync();

    /// <summary>A sheet's answers are kept here: it need not come again.</summary>
    Task TakenAsync(AnswerSheet sheet);
}

/// <summary>What is handed over at once.</summary>
/// <param name="Batch">The batch's number.</param>
/// <param name="Sending">Counts the sendings of a batch, from 1.</param>
/// <param name="Payer">Whose budget pays.</param>
public sealed record PaymentOrders(string Batch, int Sending, string Payer, IReadOnlyList<PaymentOrder> Orders);

/// <summary>An order to pay.</summary>
/// <param name="Id">Of the payment.</param>
/// <param name="Amount">分.</param>
public sealed record PaymentOrder(
    Guid Id, string CaseNumber, string PayeeName, string Bank, string AccountNumber, long Amount);

/// <summary>Answers that came together.</summary>
/// <param name="Name">By which the treasury knows them.</param>
public sealed record AnswerSheet(string Name, IReadOnlyList<TreasuryAnswer> Answers);

/// <summary>What the treasury says of a payment.</summary>
public enum AnswerKind
{
    /// <summary>已付.</summary>
    Paid,

    /// <summary>失败: for sure, and for good.</summary>
    Failed,

    /// <summary>账号有误: failed for sure, and would again.</summary>
    AccountWrong,

    /// <summary>退汇: paid, and sent back by the bank.</summary>
    Returned,
}

/// <summary>An answer.</summary>
/// <param name="Id">Given by the treasury.</param>
/// <param name="Payment">The order's id.</param>
/// <param name="Amount">分 that were paid, or came back; 0 where it failed.</param>
/// <param name="Text">附言.</param>
public sealed record TreasuryAnswer(string Id, Guid Payment, AnswerKind Kind, long Amount, string Text);
