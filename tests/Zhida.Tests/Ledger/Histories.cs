using CsCheck;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Ledger;

/// <summary>Random calls over few accounts and small amounts, so that limits, repetitions, chains, reservations and
/// what ends them meet often.</summary>
internal static class Histories
{
    private static readonly Account[] All =
    [
        Account.Named("预算", "预算", "CNY", AccountFlags.DebitsMustNotExceedCredits),
        Account.Named("上限", "上限", "CNY", AccountFlags.DebitsMustNotExceedCredits),
        Account.Named("财政", "财政", "CNY", AccountFlags.None),
        Account.Named("企业", "主体", "CNY", AccountFlags.None),
        Account.Named("应收", "主体", "CNY", AccountFlags.CreditsMustNotExceedDebits),
        Account.Named("外汇", "主体", "USD", AccountFlags.None),
    ];

    public static IReadOnlyList<Account> Accounts => All;

    // Mostly money between accounts that can have it; now and then nobody, or somebody unknown.
    private static readonly Gen<Guid> Party = Gen.Frequency(
        (40, Gen.Int[0, 4].Select(i => All[i].Id)), (1, Gen.Const(All[5].Id)), (1, Gen.Const(Guid.Empty)),
        (1, Gen.Const(NamedId.Of("nobody"))));

    private static readonly Gen<TransferFlags> Kind = Gen.Frequency(
        (6, Gen.Const(TransferFlags.None)), (8, Gen.Const(TransferFlags.Pending)),
        (5, Gen.Const(TransferFlags.PostPending)), (4, Gen.Const(TransferFlags.VoidPending)),
        (1, Gen.Const(TransferFlags.Pending | TransferFlags.VoidPending)));

    private static readonly Gen<TransferFlags> Link = Gen.Frequency(
        (3, Gen.Const(TransferFlags.None)), (1, Gen.Const(TransferFlags.Linked)));

    // How long a reservation lasts; a negative one was over before.
    private static readonly Gen<int> Life = Gen.Frequency((3, Gen.Const(0)), (3, Gen.Int[1, 8]), (1, Gen.Int[-1, 0]));

    private static readonly Gen<long> Amount = Gen.Frequency((16, Gen.Long[0, 4]), (1, Gen.Const(-1L)));

    /// <summary>One in ten.</summary>
    private static readonly Gen<bool> Rarely = Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true)));

    private static readonly Gen<Draw> Drawn = Gen.Select(
        Gen.Select(Party, Party, Amount, Life), Gen.Select(Kind, Link), Gen.Select(Rarely, Rarely, Rarely),
        Gen.Int[0, 1000], (body, flags, rare, which) =>
        {
            var transfer = new Transfer
            {
                Id = Guid.Empty, DebitId = body.Item1, CreditId = body.Item2, Amount = body.Item3, Code = "兑现",
                Flags = flags.Item1 | flags.Item2,
            };
            return new Draw(transfer, body.Item4, rare.Item1, rare.Item2, rare.Item3, which);
        });

    /// <summary>Ticks that pass, then a call; without transfers: what is over is given back.</summary>
    public static Gen<List<(int Pause, List<Wish> Wishes)>> Sequential { get; } = Gen.Select(
        Gen.Int[0, 3], Gen.Frequency((8, Drawn.List[1, 1]), (4, Drawn.List[2, 5]), (1, Drawn.List[0, 0]))).List[1, 30]
        .Select(calls =>
        {
            var before = new List<Wish>();
            return calls.ConvertAll(c => (c.Item1, c.Item2.ConvertAll(d => Relate(d, before))));
        });

    /// <summary>What some clients each call in turn; nothing expires.</summary>
    public static Gen<List<List<List<Transfer>>>> Concurrent { get; } = Drawn.List[1, 3].List[1, 4].List[3, 4]
        .Select(clients =>
        {
            var before = new List<Wish>();
            return clients.ConvertAll(calls => calls.ConvertAll(c => c.ConvertAll(d => Relate(d, before).Transfer)));
        });

    /// <summary>Gives a transfer its id, and something to resolve or repeat among those before it.</summary>
    private static Wish Relate(Draw draw, List<Wish> before)
    {
        var transfer = draw.Body with { Id = new Guid(before.Count + 1, 0, 0, new byte[8]) };
        var wish = new Wish(transfer, draw.Body.Flags.HasFlag(TransferFlags.Pending) ? draw.Life : 0);
        if (draw.Repeats && before.Count > 0)
        {
            wish = before[draw.Which % before.Count];
            if (draw.IsOdd) wish = wish with { Transfer = wish.Transfer with { Amount = draw.Body.Amount } };
        }
        else if (transfer.Resolves)
        {
            // Most resolutions are of something that reserves, and leave the accounts to it.
            var reserved = before.FindAll(w => draw.IsOdd || w.Transfer.IsPending).ConvertAll(w => w.Transfer);
            transfer = transfer with
            {
                PendingId = reserved.Count == 0 ? null : reserved[draw.Which % reserved.Count].Id,
                DebitId = draw.Names ? transfer.DebitId : Guid.Empty,
                CreditId = draw.Names ? transfer.CreditId : Guid.Empty,
                Amount = reserved.Count == 0 || draw.IsOdd || transfer.Flags.HasFlag(TransferFlags.PostPending)
                    ? transfer.Amount : reserved[draw.Which % reserved.Count].Amount,
            };
            wish = new Wish(transfer, draw.IsOdd ? draw.Life : 0);
        }
        before.Add(wish);
        return wish;
    }

    /// <summary>A transfer, and how long after the call it expires; 0: never.</summary>
    internal sealed record Wish(Transfer Transfer, int Life);

    private sealed record Draw(Transfer Body, int Life, bool Repeats, bool Names, bool IsOdd, int Which);

    /// <summary>Money to begin with.</summary>
    public static IReadOnlyList<Transfer> Funding { get; } =
    [
        Fund(1, All[2], All[0], 9), Fund(2, All[2], All[1], 7), Fund(3, All[4], All[3], 5),
    ];

    /// <summary>Empties the ledger, opens the accounts and funds them.</summary>
    public static async Task BeginAsync(UnitOfWork work)
    {
        // The rows are kept but for tests, which use one database for many histories.
        work.Write(work.Kind == DatabaseKind.PostgreSql ? "DROP TRIGGER IF EXISTS transfers_keep ON transfers"
            : "DROP TRIGGER IF EXISTS transfers_keep_delete");
        work.Write("DELETE FROM transfers");
        work.Write("DELETE FROM accounts");
        work.Write("DELETE FROM journal");
        GeneralLedger.Open(work, Accounts);
        await GeneralLedger.PostAsync(work, Funding);
    }

    private static Transfer Fund(int i, Account from, Account to, long amount) => new()
    {
        Id = NamedId.Of($"fund/{i}"), DebitId = from.Id, CreditId = to.Id, Amount = amount, Code = "下达",
    };
}
