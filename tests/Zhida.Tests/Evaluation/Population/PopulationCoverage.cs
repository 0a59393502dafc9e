using Zhida.Policy.Deciding;
using Zhida.Policy.Facts;
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
            foreach (var cap in line.Caps)
                if (cap.Bites) _seen.Add($"{item} 上限 {cap.Cap.Name}");
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

    private static IEnumerable<AmountState> States(Item item) => item.Amount.Kind switch
    {
        AmountKind.None => [AmountState.None],
        AmountKind.AtMost => [AmountState.Bound, AmountState.Missing],
        AmountKind.Open => [AmountState.Open, AmountState.Missing],
        _ => [AmountState.Fixed, AmountState.Missing, AmountState.Open],
    };
}
