using Zhida.Ledger;

namespace Zhida.Casework.Payments;

/// <summary>How a simulated treasury behaves, beside paying.</summary>
[Flags]
public enum TreasuryMoods
{
    None = 0,

    /// <summary>Answers come some readings later, and out of order.</summary>
    Late = 1,

    /// <summary>Answers come twice, under the same id or another.</summary>
    Twice = 2,

    /// <summary>Answers of one batch come in several sheets.</summary>
    Partly = 4,

    /// <summary>Some answers name a wrong amount; what is paid is right.</summary>
    WrongAmount = 8,

    /// <summary>Some orders have no answer before they are sent again.</summary>
    Silent = 16,

    /// <summary>Some accounts are refused.</summary>
    Refuses = 32,

    /// <summary>Some payments come back from the bank.</summary>
    Returns = 64,

    /// <summary>Some answers are about orders of others.</summary>
    Strangers = 128,
}

/// <summary>What a simulated treasury did with an order.</summary>
/// <param name="Amount">分 that left.</param>
/// <param name="CameBack">The bank sent it back.</param>
public sealed record Movement(Guid Payment, string CaseNumber, string AccountNumber, long Amount, bool CameBack);

/// <summary>
/// A treasury in this process, for demonstrations and tests: it keeps orders apart by their ids as a real one does, and
/// behaves as badly as it is told to, the same way for the same seed.
/// </summary>
public sealed class SimulatedTreasury(int seed, TreasuryMoods moods) : ITreasury
{
    /// <summary>Of so many orders or answers one is hit by a mood.</summary>
    private const int Every = 3;
    private const int LongestDelay = 3;

    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly Dictionary<Guid, Movement?> _orders = [];
    private readonly HashSet<Guid> _silent = [];
    private readonly List<(int Round, TreasuryAnswer Answer)> _queue = [];
    private readonly Dictionary<string, AnswerSheet> _sheets = [];
    private int _round;
    private int _answers;

    /// <summary>The bank's statement: all money that left, and what came back.</summary>
    public IReadOnlyList<Movement> Statement
    {
        get
        {
            lock (_lock) return [.. _orders.Values.OfType<Movement>()];
        }
    }

    public Task SubmitAsync(PaymentOrders orders)
    {
        lock (_lock)
            foreach (var order in orders.Orders)
                if (!_orders.TryGetValue(order.Id, out var done)) Begin(order);
                else if (_silent.Remove(order.Id)) Answer(order, done);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AnswerSheet>> ReceiveAsync()
    {
        lock (_lock)
        {
            _round++;
            var due = _queue.Where(q => q.Round <= _round).Select(q => q.Answer).ToList();
            _queue.RemoveAll(q => q.Round <= _round);
            if (due.Count > 0 && Hit(TreasuryMoods.Strangers))
                due.Add(new TreasuryAnswer(NextId(), NamedId.Of($"{seed}/{_answers}"), AnswerKind.Paid, 100, "他人的"));
            var size = moods.HasFlag(TreasuryMoods.Partly) ? 1 : Math.Max(1, due.Count);
            foreach (var part in due.Chunk(size))
            {
                var name = $"{seed}-{_round}-{_sheets.Count}-{_answers++}";
                _sheets[name] = new AnswerSheet(name, part);
            }
            return Task.FromResult<IReadOnlyList<AnswerSheet>>([.. _sheets.Values]);
        }
    }

    public Task TakenAsync(AnswerSheet sheet)
    {
        lock (_lock) _sheets.Remove(sheet.Name);
        return Task.CompletedTask;
    }

    private void Begin(PaymentOrder order)
    {
        var movement = Hit(TreasuryMoods.Refuses) ? null : new Movement(
            order.Id, order.CaseNumber, order.AccountNumber, order.Amount, CameBack: Hit(TreasuryMoods.Returns));
        _orders[order.Id] = movement;
        if (Hit(TreasuryMoods.Silent)) _silent.Add(order.Id);
        else Answer(order, movement);
    }

    private void Answer(PaymentOrder order, Movement? done)
    {
        if (done is null)
        {
            Say(order.Id, AnswerKind.AccountWrong, 0, "账号户名不符");
            return;
        }
        Say(order.Id, AnswerKind.Paid, order.Amount + (Hit(TreasuryMoods.WrongAmount) ? 1 : 0), "");
        if (done.CameBack) Say(order.Id, AnswerKind.Returned, order.Amount, "账户已销户");
    }

    private void Say(Guid payment, AnswerKind kind, long amount, string text)
    {
        var answer = new TreasuryAnswer(NextId(), payment, kind, amount, text);
        _queue.Add((Due(), answer));
        if (!Hit(TreasuryMoods.Twice)) return;
        _queue.Add((Due(), answer));
        _queue.Add((Due(), answer with { Id = NextId() }));
    }

    private int Due() => _round + 1 + (moods.HasFlag(TreasuryMoods.Late) ? _random.Next(LongestDelay + 1) : 0);

    private string NextId() => $"H{seed}-{++_answers}";

    private bool Hit(TreasuryMoods mood) => moods.HasFlag(mood) && _random.Next(Every) == 0;
}
