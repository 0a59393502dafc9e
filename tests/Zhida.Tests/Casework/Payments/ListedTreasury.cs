using Zhida.Casework.Payments;

namespace Zhida.Tests.Casework.Payments;

/// <summary>A treasury that says what a test wants it to say.</summary>
internal sealed class ListedTreasury : ITreasury
{
    private readonly List<TreasuryAnswer> _answers = [];

    public List<PaymentOrders> Sent { get; } = [];

    public void Say(string id, Guid payment, AnswerKind kind, long amount) =>
        _answers.Add(new TreasuryAnswer(id, payment, kind, amount, "附言"));

    public Task SubmitAsync(PaymentOrders orders)
    {
        Sent.Add(orders);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AnswerSheet>> ReceiveAsync() =>
        Task.FromResult<IReadOnlyList<AnswerSheet>>(_answers.Count == 0 ? [] : [new AnswerSheet("单", [.. _answers])]);

    public Task TakenAsync(AnswerSheet sheet)
    {
        _answers.Clear();
        return Task.CompletedTask;
    }
}
