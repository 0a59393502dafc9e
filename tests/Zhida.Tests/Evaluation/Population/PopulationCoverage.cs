using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;

namespace Zhida.Tests.Populations;

/// <summary>What of every item a population brings about, as the reference decides it.</summary>
internal sealed class PopulationCoverage(IReadOnlyList<Item> items)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public void Add(IReadOnlyList<ItemResult> results)
    {
        foreach (var result in results)
        foreach (var line in result.Lines)
        {
            var item = result.Item.Number;
            _seen.Add($"{item} {Words.Of(line.Outcome)}");
            if (line.Outcome != Outcome.NotDue) _seen.Add($"{item} 状态 {Words.Of(line.AmountState)}");
            foreach (var reading in line.Readings) _seen.Add($"{item} 口径 {reading.Reading.Question}");
            // A cap on the number of lines bites where a line is given up.
            foreach (var cap in line.Caps)
                if (cap.Bites || cap.Cap.CountsLines && line.GivenUp is not null)
                    _seen.Add($"{item} 上限 {cap.Cap.Name}");
        }
    }

    /// <summary>What was looked for and not met, in the order of the items.</summary>
    public IEnumerable<string> Absent() => items.SelectMany(Wanted).Where(w => !_seen.Contains(w));

    private static IEnumerable<string> Wanted(Item item) =>
    [
        .. Enum.GetValues<Outcome>().Select(o => $"{item.Number} {Words.Of(o)}"),
        .. States(item).Select(s => $"{item.Number} 状态 {Words.Of(s)}"),
        .. item.Readings.Select(r => $"{item.Number} 口径 {r.Question}"),
        .. item.Caps.Select(c => $"{item.Number} 上限 {c.Name}"),
    ];

    /// <summary>The states that the amount can have as it is written: open only where it reads an open place, and then
    /// never fixed; missing only where it reads facts.</summary>
    private static IEnumerable<AmountState> States(Item item)
    {
        if (item.Amount.Kind == AmountKind.None) yield return AmountState.None;
        var amount = item.Amount.Expression;
        var open = amount is not null && Reads(amount, e => IsOpen(e, item), []);
        if (item.Amount.Kind == AmountKind.Open || open) yield return AmountState.Open;
        else if (item.Amount.Kind == AmountKind.AtMost) yield return AmountState.Bound;
        else if (item.Amount.Kind == AmountKind.Formula) yield return AmountState.Fixed;
        // What is open whatever the facts stays open where they are missing.
        if (item.Amount.Kind != AmountKind.Open && amount is not null && Reads(amount, e => IsFact(e, item), []))
            yield return AmountState.Missing;
    }

    private static bool IsOpen(Expr node, Item item) => node is Variable { Symbol: { IsGlobal: false } symbol } &&
        (item.Parameters.Any(p => p.Symbol == symbol && p.Values.Any(v => v.Value.IsUnknown)) ||
         item.Tables.Any(t => t.Symbol == symbol && item.OpenPlaces.Any(
             o => o.Name.StartsWith(t.Name + "/", StringComparison.Ordinal))));

    private static bool IsFact(Expr node, Item item) =>
        node is Member { Source: var source } &&
        !(source is Variable { Symbol: { IsGlobal: false } symbol } && symbol.Slot == item.Frame.ReadingsSlot);

    private static bool Reads(Expr node, Func<Expr, bool> wanted, HashSet<Symbol> seen) => wanted(node) ||
        node is Variable { Symbol: { Definition: { } definition } symbol } && seen.Add(symbol) &&
            Reads(definition, wanted, seen) ||
        node.Children.Any(child => Reads(child, wanted, seen));
}
