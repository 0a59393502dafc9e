using Zhida.Casework.Cases;
using Zhida.Ledger;
using Zhida.Ledger.Storage;
using Zhida.Policy.Deciding;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;

namespace Zhida.Casework.Money;

/// <summary>One leg of what a line takes: so much from an account.</summary>
internal sealed record Leg(Account From, Account To, long Amount);

/// <summary>
/// What a case takes in the ledger (SEMANTICS 6): budgets, caps, quotas and its place in exclusion groups, as one chain
/// of pending transfers. Made within the transaction that decides: the accounts are locked first, so that the balances
/// which decide are those that the transfers meet.
/// </summary>
internal sealed class Reservation
{
    /// <summary>Under this code caps get their limits.</summary>
    private const string LimitCode = "上限核定";

    /// <summary>What is reserved, whenever.</summary>
    public const string Code = "占用";
    private const string ReleaseCode = "释放";

    private readonly UnitOfWork _work;
    private readonly Case _case;
    private readonly Item _item;
    private readonly IReadOnlyList<CapResult> _caps;
    private readonly IReadOnlyList<Account> _budgets;
    private readonly IReadOnlyList<Account> _quotas;
    /// <summary>The item's own holds in its exclusion groups, and those of the other items.</summary>
    private readonly IReadOnlyList<Account> _holds;
    private readonly IReadOnlyList<Account> _rivals;
    private IReadOnlyDictionary<Guid, Account> _locked = new Dictionary<Guid, Account>();
    private IReadOnlyDictionary<Guid, long> _limits = new Dictionary<Guid, long>();
    private List<Transfer> _own = [];

    private Reservation(UnitOfWork work, Case file, Line line, PolicyProgram program, string year)
    {
        (_work, _case, _item, _caps) = (work, file, line.Item, [.. line.Caps.Where(c => c.Account is not null)]);
        string[] places = [.. Places(file.Place)];
        _budgets = _item.Method == Method.Quota ? []
            : [.. PayersOf(_item).SelectMany(p => places.Select(place => Accounts.Budget(_item.Id, p, place, year)))];
        _quotas = _item.Method != Method.Quota ? []
            : [.. places.Prepend(file.Subject).Select(holder => Accounts.Quota(_item.Id, holder)),
                Accounts.Undivided(_item.Id)];
        var holds = _item.ExclusionGroups.SelectMany(group => program.Policies.SelectMany(p => p.Items)
            .Where(i => i.ExclusionGroups.Contains(group))
            .Select(i => (IsOwn: i.Id == _item.Id,
                Account: Accounts.Hold(AccountName.OfPlace(group, line, file.Subject), i.Id)))).ToList();
        _holds = [.. holds.Where(h => h.IsOwn).Select(h => h.Account)];
        _rivals = [.. holds.Where(h => !h.IsOwn).Select(h => h.Account)];
    }

    /// <summary>What was used of each cap before, without what this case itself has reserved: the balances to decide
    /// with, in 元 or lines.</summary>
    public IReadOnlyCollection<Balance> Used { get; private set; } = [];

    /// <summary>Locks all accounts that a line meets, and reads them.</summary>
    /// <param name="line">Decided without balances: its caps name their accounts and limits.</param>
    /// <param name="year">Of the budgets.</param>
    public static async Task<Reservation> LockAsync(
        UnitOfWork work, Case file, Line line, PolicyProgram program, string year)
    {
        var reservation = new Reservation(work, file, line, program, year);
        await reservation.LockAsync();
        return reservation;
    }

    /// <summary>Reserves what the line takes, in place of what the case had reserved; nothing where that is the same.
    /// </summary>
    /// <param name="line">Decided with <see cref="Used"/>.</param>
    /// <param name="move">The move that it belongs to: the same again makes the same transfers.</param>
    public async Task<(IReadOnlyList<Transfer> Made, Problem? Problem)> PlaceAsync(Line line, Guid move)
    {
        var (legs, problem) = LegsOf(line);
        if (problem is not null) return ([], problem);
        if (IsReserved(legs)) return ([], null);
        var chain = new List<Transfer>();
        Transfer Next(string code, long amount) => new()
        {
            Id = NamedId.Of($"{move}/{chain.Count}"), Amount = amount, Code = code, Reference = _case.Id,
            Flags = TransferFlags.Linked,
        };
        foreach (var own in _own)
            chain.Add(Next(ReleaseCode, own.Amount) with
            {
                PendingId = own.Id, Flags = TransferFlags.Linked | TransferFlags.VoidPending,
            });
        foreach (var (cap, missing) in LimitsToRaise(line))
            chain.Add(Next(LimitCode, missing) with
            {
                DebitId = Accounts.Contra(_case.Subject, cap.Currency).Id, CreditId = cap.Id,
            });
        foreach (var leg in legs)
            chain.Add(Next(Code, leg.Amount) with
            {
                DebitId = leg.From.Id, CreditId = leg.To.Id, Flags = TransferFlags.Linked | TransferFlags.Pending,
            });
        if (chain.Count == 0) return ([], null);
        chain[^1] = chain[^1] with { Flags = chain[^1].Flags & ~TransferFlags.Linked };
        var results = await GeneralLedger.PostAsync(_work, chain);
        var refused = results.ToList().FindIndex(r => r.Status != TransferStatus.LinkedEventFailed && !r.Stands);
        return refused < 0 ? (chain, null) : ([], Explain(chain[refused], results[refused].Status));
    }

    private async Task LockAsync()
    {
        var caps = _caps.Select(AccountOf).ToList();
        var currencies = caps.Concat(_holds).Concat(_quotas).Select(a => a.Currency).Distinct();
        GeneralLedger.Open(_work,
        [
            .. caps, .. _holds, .. _rivals, Accounts.Payee(_case.Subject),
            .. currencies.Select(c => Accounts.Contra(_case.Subject, c)),
        ]);
        _own = await Reserved.OfAsync(_work, _case.Id);
        (_locked, _limits) = await Reserved.LockAsync(_work,
        [
            .. caps.Concat(_holds).Concat(_rivals).Concat(_budgets).Concat(_quotas).Select(a => a.Id),
            Accounts.Payee(_case.Subject).Id, .. _own.SelectMany(t => new[] { t.DebitId, t.CreditId }),
            .. currencies.Select(c => Accounts.Contra(_case.Subject, c).Id),
        ], caps.Select(c => c.Id), LimitCode);
        Used = [.. _caps.DistinctBy(c => c.Account).Select(c =>
        {
            var account = AccountOf(c);
            var own = _own.Where(t => t.DebitId == account.Id).Sum(t => t.Amount);
            var used = _limits.GetValueOrDefault(account.Id) - _locked[account.Id].Available - own;
            return new Balance(c.Account!, c.Cap.CountsLines ? used : Fen.ToYuan(used));
        })];
    }

    private (List<Leg> Legs, Problem? Problem) LegsOf(Line line)
    {
        var (legs, amount) = (new List<Leg>(), Fen.Of(line.Amount ?? 0));
        if (_rivals.FirstOrDefault(r => Held(_locked[r.Id]) > 0) is { } rival)
            return ([], new Problem("exclusion", $"同一事项不重复享受：已有在办或已兑现的{rival.Name}", "先撤回另一件，或不予支持"));
        if (_item.Method != Method.Quota && amount > 0)
            foreach (var (payer, part) in PartsOf(line, amount))
            {
                if (_budgets.FirstOrDefault(b => IsOf(b, payer) && _locked.ContainsKey(b.Id)) is not { } budget)
                    return ([], new Problem("money", $"{payer}没有为{_item.Number}下达预算", "先下达预算，再受理"));
                legs.Add(new Leg(budget, Accounts.Payee(_case.Subject), part));
            }
        // Once a quota is divided, who has no part of it can't draw.
        if (_quotas is [var own, .., var whole] && _locked.ContainsKey(whole.Id) && !_locked.ContainsKey(own.Id))
            return ([], new Problem("money", $"{_item.Number}的额度已经分配，{_case.SubjectName}没有分到", "先分配额度"));
        foreach (var quota in _quotas.SkipLast(1).Where(q => _locked.ContainsKey(q.Id)))
            legs.Add(new Leg(quota, Contra(quota), amount));
        foreach (var cap in _caps.DistinctBy(c => c.Account))
            legs.Add(new Leg(AccountOf(cap), Contra(AccountOf(cap)), cap.Cap.CountsLines ? 1 : amount));
        legs.AddRange(_holds.Select(g => new Leg(g, Contra(g), 1)));
        return ([.. legs.Where(l => l.Amount > 0)], null);
    }

    private Account Contra(Account account) => Accounts.Contra(_case.Subject, account.Currency);

    private bool IsReserved(List<Leg> legs) =>
        legs.Select(l => (l.From.Id, l.Amount)).Order().SequenceEqual(_own.Select(t => (t.DebitId, t.Amount)).Order());

    /// <summary>How many lines of an item hold a place, or have held it for good.</summary>
    private static long Held(Account hold) => hold.Drawn - hold.CreditsPosted;

    /// <summary>Caps whose limit is above what they were given so far. A lower limit of a later version
    /// stays as it is here: the decision keeps to it.</summary>
    private IEnumerable<(Account Cap, long Missing)> LimitsToRaise(Line line)
    {
        var wanted = line.Caps.Where(c => c is { Account: not null, Limit: not null })
            .GroupBy(c => c.Account!).Select(g => (Cap: AccountOf(g.First()), Limit: g.Max(c => LimitOf(c))));
        foreach (var (cap, limit) in wanted)
        {
            var given = _limits.GetValueOrDefault(cap.Id);
            if (limit > given) yield return (cap, limit - given);
        }
    }

    private static long LimitOf(CapResult cap) =>
        cap.Cap.CountsLines ? (long)decimal.Floor(cap.Limit!.Value) : Fen.Down(cap.Limit!.Value);

    private static Account AccountOf(CapResult cap) => Accounts.Cap(cap.Account!, cap.Cap.CountsLines);

    private static bool IsOf(Account budget, string payer) =>
        budget.Name.Contains($"/{payer}/", StringComparison.Ordinal);

    /// <summary>Who pays from budgets: the item's 资金, the treasuries among them; without that section the province.
    /// </summary>
    private static IEnumerable<string> PayersOf(Item item) => item.Payers.Count == 0 ? ["省财政"]
        : item.Payers.Select(p => p.Name).Where(n => n.EndsWith("财政", StringComparison.Ordinal));

    private static IEnumerable<(string Payer, long Part)> PartsOf(Line line, long amount) =>
        line.Item.Payers.Count == 0 ? PayersOf(line.Item).Select(p => (p, amount))
        : line.Payers.Where(p => p.Amount > 0 && PayersOf(line.Item).Contains(p.Payer))
            .Select(p => (p.Payer, Fen.Of(p.Amount)));

    /// <summary>A place, its city and the province: the narrowest pool that was given pays.</summary>
    private static IEnumerable<string> Places(string place) => place.Length == 6 && place.All(char.IsAsciiDigit)
        ? [place, place[..4], place[..2]] : [place, "21"];

    private Problem Explain(Transfer refused, TransferStatus status)
    {
        if (status != TransferStatus.ExceedsCredits)
            throw new InvalidOperationException($"the ledger refused {refused}: {status}");
        var account = _locked[refused.DebitId];
        return new Problem("money", $"{account.Name} 只余{Fen.Text(account.Available)}，不够{Fen.Text(refused.Amount)}",
            "追加预算或额度，或等有人退出");
    }
}
