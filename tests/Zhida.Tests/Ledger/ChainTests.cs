using Xunit;
using Zhida.Ledger;
using static Zhida.Ledger.TransferStatus;

namespace Zhida.Tests.Ledger;

/// <summary>Linked transfers: all of a chain or nothing.</summary>
public sealed class ChainTests
{
    private static readonly Account Budget =
        Account.Named("预算", "预算", "CNY", AccountFlags.DebitsMustNotExceedCredits) with { CreditsPosted = 100 };

    private static readonly Account Firm = Account.Named("企业", "主体", "CNY", AccountFlags.None);

    [Fact]
    public void The_first_that_fails_tells_why_and_all_others_that_it_did() => Post([],
        [Link(1, 10), Link(2, 101), Link(3, -1), Pay(4, 10), Pay(5, 1)],
        [LinkedEventFailed, ExceedsCredits, LinkedEventFailed, LinkedEventFailed, Created]);

    [Fact]
    public void Each_sees_what_the_one_before_it_did()
    {
        Post([], [Link(1, 60), Pay(2, 41)], [LinkedEventFailed, ExceedsCredits]);
        Post([], [Link(1, 60) with { Flags = TransferFlags.Linked | TransferFlags.Pending }, Post(2, 1, 60)],
            [Created, Created]);
    }

    [Fact]
    public void A_failed_chain_leaves_nothing_to_the_next()
    {
        var reserve = Pay(1, 60) with { Flags = TransferFlags.Linked | TransferFlags.Pending };
        Post([], [reserve, Pay(2, 41), Post(3, 1, 60)],
            [LinkedEventFailed, ExceedsCredits, PendingTransferNotFound]);
        var standing = reserve with { Flags = TransferFlags.Pending };
        Post([standing], [Post(2, 1, 60) with { Flags = TransferFlags.Linked | TransferFlags.PostPending }, Pay(3, 101),
            Post(4, 1, 60)], [LinkedEventFailed, ExceedsCredits, Created]);
    }

    [Fact]
    public void A_chain_that_the_call_leaves_open_fails_and_its_last_says_so()
    {
        Post([], [Pay(1, 1), Link(2, 1), Link(3, 1)], [Created, LinkedEventFailed, LinkedEventChainOpen]);
        Post([], [Link(2, 101), Link(3, 1)], [ExceedsCredits, LinkedEventChainOpen]);
        Post([], [Link(1, 1)], [LinkedEventChainOpen]);
    }

    [Fact]
    public void A_chain_that_was_made_whole_stands_and_one_that_was_made_in_part_fails()
    {
        Post([Link(1, 10), Pay(2, 10)], [Link(1, 10), Pay(2, 10)], [Exists, Exists]);
        Post([Link(1, 10), Pay(2, 10)], [Link(1, 10), Pay(2, 11)], [LinkedEventFailed, ExistsWithDifferentAmount]);
        Post([Link(1, 10)], [Link(1, 10), Pay(2, 10)], [Exists, LinkedEventFailed]);
        Post([Pay(2, 10)], [Link(1, 10), Pay(2, 10)], [LinkedEventFailed, Exists]);
        Post([], [Link(1, 10), Link(1, 10), Pay(2, 10)], [LinkedEventFailed, Exists, LinkedEventFailed]);
        Post([], [Pay(1, 10), Pay(1, 10)], [Created, Exists]);
    }

    private static void Post(Transfer[] standing, Transfer[] call, TransferStatus[] told)
    {
        var reserved = standing.Where(t => t.IsPending).Sum(t => t.Amount);
        var book = new Book(
            now: 5, [Budget with { DebitsPending = reserved }, Firm with { CreditsPending = reserved }], standing);
        Assert.Equal(told, book.Apply(call).Select(r => r.Status));
        Assert.Equal(call.Zip(told).Where(t => t.Second == Created).Select(t => t.First.Id),
            book.Made.Select(t => t.Id));
    }

    private static Transfer Pay(int id, long amount) => new()
    {
        Id = new Guid(id, 0, 0, new byte[8]), DebitId = Budget.Id, CreditId = Firm.Id, Amount = amount, Code = "兑现",
    };

    private static Transfer Link(int id, long amount) => Pay(id, amount) with { Flags = TransferFlags.Linked };

    private static Transfer Post(int id, int pending, long amount) => Pay(id, amount) with
    {
        PendingId = new Guid(pending, 0, 0, new byte[8]), Flags = TransferFlags.PostPending,
    };
}
