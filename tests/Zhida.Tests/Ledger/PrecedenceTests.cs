using Xunit;
using Zhida.Ledger;
using static Zhida.Ledger.TransferStatus;

namespace Zhida.Tests.Ledger;

/// <summary>
/// Of several reasons to refuse, the first of docs/ledger.md is told. Each test begins with a transfer that is wrong in
/// every way that goes together, and mends one after the other: so each neighbour of the order is tried.
/// </summary>
public sealed class PrecedenceTests
{
    private const long Now = 1_000;

    private static readonly Account Limited =
        Account.Named("预算", "预算", "CNY", AccountFlags.DebitsMustNotExceedCredits) with { CreditsPosted = 100 };

    private static readonly Account Owed =
        Account.Named("应收", "主体", "CNY", AccountFlags.CreditsMustNotExceedDebits) with { CreditsPosted = 7 };

    private static readonly Account Firm = Account.Named("企业", "主体", "CNY", AccountFlags.None);
    private static readonly Account Dollars = Account.Named("外汇", "主体", "USD", AccountFlags.None);
    private static readonly Guid Nobody = NamedId.Of("nobody");

    [Fact]
    public void Who_repeats_an_id_is_told_so_before_all_else()
    {
        var stands = Make(1) with
        {
            Flags = TransferFlags.Pending, ExpiresAt = Now + 5, Amount = 10, Reference = Nobody, At = 1,
        };
        Mend([stands], stands with
            {
                Id = Guid.Empty, Flags = (TransferFlags)16, PendingId = Nobody, ExpiresAt = 1, DebitId = Guid.Empty,
                CreditId = Guid.Empty, Amount = -1, Reference = Guid.Empty, Code = "",
            },
            (ReservedFlag, t => t with { Flags = TransferFlags.PostPending | TransferFlags.VoidPending }),
            (IdMustNotBeEmpty, t => t with { Id = stands.Id }),
            (ExistsWithDifferentFlags, t => t with { Flags = stands.Flags }),
            (ExistsWithDifferentPendingId, t => t with { PendingId = null }),
            (ExistsWithDifferentExpiry, t => t with { ExpiresAt = stands.ExpiresAt }),
            (ExistsWithDifferentDebitAccount, t => t with { DebitId = stands.DebitId }),
            (ExistsWithDifferentCreditAccount, t => t with { CreditId = stands.CreditId }),
            (ExistsWithDifferentAmount, t => t with { Amount = stands.Amount }),
            (ExistsWithDifferentReference, t => t with { Reference = stands.Reference }),
            (ExistsWithDifferentCode, t => t with { Code = stands.Code }),
            (Exists, t => t));
    }

    [Fact]
    public void A_movement_is_refused_in_order() => Mend([], new Transfer
        {
            Id = Guid.Empty, Amount = -1, Code = "", PendingId = Nobody, ExpiresAt = Now,
            Flags = (TransferFlags)16 | TransferFlags.Pending | TransferFlags.VoidPending,
        },
        (ReservedFlag, t => t with { Flags = TransferFlags.Pending | TransferFlags.VoidPending }),
        (IdMustNotBeEmpty, t => t with { Id = Id(1) }),
        (FlagsAreMutuallyExclusive, t => t with { Flags = TransferFlags.None }),
        (DebitAccountMustBeNamed, t => t with { DebitId = Nobody }),
        (CreditAccountMustBeNamed, t => t with { CreditId = Nobody }),
        (AccountsMustBeDifferent, t => t with { CreditId = NamedId.Of("nobody else") }),
        (PendingIdMustNotBeNamed, t => t with { PendingId = null }),
        (ExpiryIsForPendingTransfers, t => t with { Flags = TransferFlags.Pending }),
        (ExpiryMustBeInTheFuture, t => t with { ExpiresAt = Now + 1 }),
        (CodeMustNotBeEmpty, t => t with { Code = new string('长', Transfer.CodeLength + 1) }),
        (CodeIsTooLong, t => t with { Code = new string('长', Transfer.CodeLength) }),
        (AmountMustNotBeNegative, t => t with { Amount = long.MaxValue }),
        (DebitAccountNotFound, t => t with { DebitId = Limited.Id }),
        (CreditAccountNotFound, t => t with { CreditId = Dollars.Id }),
        (AccountsMustHaveTheSameCurrency, t => t with { CreditId = Owed.Id }),
        (Overflows, t => t with { Amount = 101 }),
        (ExceedsCredits, t => t with { Amount = 100 }),
        (ExceedsDebits, t => t with { CreditId = Firm.Id }),
        (Created, t => t));

    [Fact]
    public void A_resolution_is_refused_in_order()
    {
        var plain = Make(1);
        var (posted, voided, swept, over, live) =
            (Reserve(2, Now), Reserve(3, Now), Reserve(4, Now), Reserve(5, Now), Reserve(6, Now + 1));
        Transfer[] standing =
        [
            plain, posted, voided, swept, over, live,
            Resolve(Id(7), posted, TransferFlags.PostPending), Resolve(Id(8), voided, TransferFlags.VoidPending),
            Resolve(Book.ExpiryOf(swept.Id), swept, TransferFlags.VoidPending),
        ];
        Mend(standing, new Transfer
            {
                Id = Id(9), Amount = -1, Code = "", ExpiresAt = 1, DebitId = Nobody, CreditId = Nobody,
                Flags = TransferFlags.Pending | TransferFlags.PostPending,
            },
            (FlagsAreMutuallyExclusive, t => t with { Flags = TransferFlags.VoidPending }),
            (PendingIdMustBeNamed, t => t with { PendingId = t.Id }),
            (PendingIdMustBeDifferent, t => t with { PendingId = Nobody }),
            (ExpiryIsForPendingTransfers, t => t with { ExpiresAt = 0 }),
            (CodeMustNotBeEmpty, t => t with { Code = new string('长', Transfer.CodeLength + 1) }),
            (CodeIsTooLong, t => t with { Code = "兑现" }),
            (AmountMustNotBeNegative, t => t with { Amount = 11 }),
            (PendingTransferNotFound, t => t with { PendingId = plain.Id }),
            (PendingTransferNotPending, t => t with { PendingId = posted.Id }),
            (PendingTransferHasDifferentDebitAccount, t => t with { DebitId = Limited.Id }),
            (PendingTransferHasDifferentCreditAccount, t => t with { CreditId = Firm.Id }),
            (ExceedsPendingAmount, t => t with { Amount = 9 }),
            (PendingTransferHasDifferentAmount, t => t with { Amount = 10 }),
            (PendingTransferAlreadyPosted, t => t with { PendingId = voided.Id }),
            (PendingTransferAlreadyVoided, t => t with { PendingId = swept.Id }),
            (PendingTransferExpired, t => t with { PendingId = over.Id }),
            (PendingTransferExpired, t => t with { PendingId = live.Id }),
            (Created, t => t));
    }

    [Fact]
    public void The_order_of_the_statuses_is_the_order_of_the_page()
    {
        var page = File.ReadAllLines(Repository.PathOf("docs/ledger.md"))
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('`')[1])
            .Where(name => Enum.TryParse<TransferStatus>(name, out _));
        Assert.Equal(Enum.GetNames<TransferStatus>(), page);
    }

    /// <summary>Each step says what is told before it mends that.</summary>
    private static void Mend(
        Transfer[] standing, Transfer transfer, params (TransferStatus Told, Func<Transfer, Transfer> Mended)[] steps)
    {
        var told = steps.Select(s => s.Told).Where(s => s != Created).ToList();
        Assert.Equal(told.Order(), told);
        foreach (var (status, mended) in steps)
        {
            var book = new Book(Now, [Limited, Owed, Firm, Dollars], standing);
            Assert.Equal(status, book.Apply([transfer])[0].Status);
            transfer = mended(transfer);
        }
    }

    private static Guid Id(int i) => new(i, 0, 0, new byte[8]);

    private static Transfer Make(int id) => new()
    {
        Id = Id(id), DebitId = Limited.Id, CreditId = Firm.Id, Amount = 10, Code = "兑现",
    };

    private static Transfer Reserve(int id, long expiry) =>
        Make(id) with { Flags = TransferFlags.Pending, ExpiresAt = expiry };

    private static Transfer Resolve(Guid id, Transfer pending, TransferFlags how) =>
        pending with { Id = id, PendingId = pending.Id, Flags = how, ExpiresAt = 0 };
}
