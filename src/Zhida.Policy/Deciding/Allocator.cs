using Zhida.Feel.Values;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>
/// Gives lines their money under caps and exclusions (SEMANTICS 6). Lines that are due with a fixed amount are taken in
/// the order of (申报时间, object id, item, period) and draw; the others only see what is left at their place.
/// </summary>
internal sealed class Allocator
{
    private readonly SubjectFacts _facts;
    private readonly ILookup<string, Item> _sharers;
    private readonly CapAccounts _accounts;
    private readonly List<Line> _lines;
    private readonly bool _explain;
    private readonly HashSet<Line>? _done;

    private Allocator(
        List<Line> lines, SubjectFacts facts, ILookup<string, Item> sharers, bool explain, bool rivals) =>
        (_facts, _sharers, _accounts, _lines, _explain, _done) =
        (facts, sharers, new CapAccounts(facts, sharers), lines, explain, rivals ? [] : null);

    /// <summary>The items that draw on a shared cap, by its name.</summary>
    public static ILookup<string, Item> SharersOf(IEnumerable<Item> items) => items
        .SelectMany(i => i.Caps.Select(c => c.SharedName).OfType<string>().Distinct().Select(name => (name, i)))
        .ToLookup(s => s.name, s => s.i);

    /// <summary>An item with all on which its money may hang: of its exclusion groups, of its shared caps, and so on.
    /// </summary>
    public static IReadOnlySet<Item> Together(Item item, IEnumerable<Item> all)
    {
        var (together, rest) = (new HashSet<Item>(ReferenceEqualityComparer.Instance) { item }, all.ToList());
        while (rest.RemoveAll(other => together.Any(i => Meet(i, other)) && together.Add(other)) > 0) { }
        return together;
    }

    private static bool Meet(Item one, Item other) => one.ExclusionGroups.Intersect(other.ExclusionGroups).Any() ||
        one.Caps.Any(c => c.SharedName is { } name && other.Caps.Any(o => o.SharedName == name));

    /// <summary>Settles all lines, given item by item in the order of the program. With <paramref name="explain"/> each
    /// line tells what its caps did.</summary>
    public static void Run(
        IReadOnlyList<List<Line>> items, SubjectFacts facts, ILookup<string, Item> sharers, bool explain)
    {
        var lines = new List<Line>();
        var (rivals, special) = (false, false);
        foreach (var item in items)
        foreach (var line in item)
        {
            if (line.Outcome == Outcome.NotDue || line is { Claims.Length: 0, Item.Payers.Count: 0 } &&
                line.Item.ExclusionGroups.Count == 0) continue;
            lines.Add(line);
            rivals |= line.Item.ExclusionGroups.Count > 0;
            foreach (var claim in line.Claims) special |= claim.Cap.CountsLines || claim.Cap.ProRata;
        }
        if (lines.Count == 0) return;
        // Stable, so that lines filed on one day for one object keep the order of the items and their periods.
        var ordered = lines.Count == 1 ? lines
            : [.. lines.OrderBy(FiledOn).ThenBy(l => l.Object.Id, Utf8Order.Instance)];
        var allocator = new Allocator(ordered, facts, sharers, explain, rivals);
        if (special) allocator.KeepTheBest();
        foreach (var line in ordered)
            if (!rivals) allocator.Settle(line);
            else if (!allocator._done!.Contains(line)) allocator.Take(line);
        if (special) allocator.ShareProRata();
        foreach (var line in ordered) PayerSplit.Apply(line);
        if (ordered.Count > 1) BoundTogether(ordered, new CapAccounts(facts, sharers));
    }

    /// <summary>What lines can be together: each bound is against what is left for that line alone, so lines that share
    /// a cap are taken once more as if each got its bound.</summary>
    private static void BoundTogether(List<Line> lines, CapAccounts accounts)
    {
        foreach (var line in lines)
        {
            if ((line.Amount ?? line.Bound) is not { } most) continue;
            if (accounts.Left(line) is { } left) most = Math.Min(most, left);
            accounts.Draw(line, most);
            line.BoundAmongOthers = most;
        }
    }

    /// <summary>Lines without a date come after all that have one.</summary>
    private static long FiledOn(Line line)
    {
        var slot = line.Item.Object.FiledOnSlot;
        var value = slot < 0 ? default : line.Object[slot];
        return value.Kind == ValueKind.Date ? value.Days : long.MaxValue;
    }

    private static bool Draws(Line line) =>
        line is { Outcome: Outcome.Due, AmountState: AmountState.Fixed, GivenUp: null };

    private void Take(Line line)
    {
        if (!Draws(line) || line.Item.ExclusionGroups.Count == 0)
        {
            Settle(line);
            return;
        }
        var rivals = _lines.Where(l => ReferenceEquals(l.Object, line.Object) && Draws(l)
            && l.Item.ExclusionGroups.Count > 0 && !_done!.Contains(l)).ToList();
        var items = rivals.Select(l => l.Item).Distinct().ToList();
        var chosen = Exclusion.Choose(items, subset => _accounts.Try(
            () => rivals.Where(l => subset.Contains(l.Item)).Sum(Grant)));
        foreach (var rival in rivals)
        {
            if (!chosen.Contains(rival.Item))
            {
                // None of its own group, where it would take more from shared caps than it brings.
                var better = chosen.FirstOrDefault(i => i.ExclusionGroups.Intersect(rival.Item.ExclusionGroups).Any());
                rival.GivenUp = better is null ? "不享受这一项，合计更多"
                    : $"与{better.Number}不重复享受，择优取{better.Number}";
                rival.Amount = 0;
            }
            Settle(rival);
        }
    }

    private decimal Grant(Line line)
    {
        var amount = line.Amount!.Value;
        if (_accounts.Left(line) is { } left) amount = Math.Min(amount, left);
        // What the last line draws nobody asks for.
        if (_lines.Count > 1) _accounts.Draw(line, amount);
        return amount;
    }

    private void Settle(Line line)
    {
        _done?.Add(line);
        if (line.Claims.Length == 0) return;
        if (_explain) Report(line);
        if (Draws(line))
        {
            line.Amount = Grant(line);
            return;
        }
        if (_accounts.Left(line) is not { } most) return;
        if (line.Amount is { } fixedAmount) line.Amount = Math.Min(fixedAmount, most);
        else if (line.Bound is null || line.Bound > most) line.Bound = most;
    }

    private void Report(Line line)
    {
        var ask = line.Amount ?? line.Bound;
        line.Caps = [.. line.Claims.Select(claim =>
        {
            var used = _accounts.Used(claim, line);
            decimal? left = claim.Limit is { } limit ? Math.Max(0, limit - used) : null;
            var bites = !claim.Cap.CountsLines && left is { } l && (ask is null || ask > l);
            var name = AccountName.Of(claim, line, _facts.Subject.Id);
            return new CapResult(claim.Cap, claim.Key ?? "未知", claim.Period, name, claim.Limit, used, left, bites);
        })];
    }

    /// <summary>Caps on the number of lines: the best stay, ties to the earlier (上限 in 项).</summary>
    private void KeepTheBest()
    {
        var counted = _lines.Where(Draws)
            .SelectMany(l => l.Claims.Where(c => c.Cap.CountsLines)
                .Select(c => (Line: l, Claim: c, Account: c.Account(l.Item)!.Value)))
            .GroupBy(x => x.Account);
        foreach (var account in counted)
        {
            var places = (int)Math.Max(0, account.First().Claim.Limit!.Value -
                _accounts.Used(account.First().Claim, account.First().Line));
            foreach (var (line, claim, _) in account.OrderByDescending(x => x.Line.Amount).Skip(places))
            {
                line.GivenUp = $"{claim.Cap.ScopeName}最多{claim.Limit:0}项，已择优";
                line.Amount = 0;
            }
        }
    }

    /// <summary>按比例: where the lines of an account ask more than is left, each gets its part, rounded by largest
    /// remainder so that the parts add up.</summary>
    private void ShareProRata()
    {
        var accounts = _lines.Where(Draws)
            .SelectMany(l => l.Claims.Where(c => c.Cap.ProRata)
                .Select(c => (Line: l, Claim: c, Account: c.Account(l.Item)!.Value)))
            .GroupBy(x => x.Account);
        foreach (var account in accounts)
        {
            var members = account.ToList();
            var claim = members[0].Claim;
            var earlier = new CapAccounts(_facts, _sharers).Used(claim, members[0].Line);
            var left = Math.Max(0, claim.Limit!.Value - earlier);
            if (members.Sum(m => m.Line.Amount!.Value) <= left) continue;
            var parts = LargestRemainder.Split(left, [.. members.Select(m => m.Line.Amount!.Value)]);
            for (var i = 0; i < members.Count; i++) members[i].Line.Amount = parts[i];
        }
    }
}
