namespace Zhida.Policy.Deciding;

/// <summary>Which question to ask next: the one on which most money hangs, then most items, then the order of the
/// items. Money is the amount or bound of the lines that the fact can still change, shared among the facts each lacks.
/// </summary>
internal static class Questions
{
    public static IReadOnlyList<Question> Of(IReadOnlyList<ItemResult> items)
    {
        var stakes = new Dictionary<string, (MissingItem Fact, decimal Money, SortedSet<string> Items, int Order)>();
        foreach (var item in items)
        foreach (var line in item.Lines)
        foreach (var missing in line.Missing)
        {
            var money = (line.Amount ?? line.Bound ?? 0) / line.Missing.Count;
            if (!stakes.TryGetValue(missing.Path, out var stake))
                stake = (missing, 0, new SortedSet<string>(StringComparer.Ordinal), stakes.Count);
            stake.Items.Add(item.Item.Id);
            stakes[missing.Path] = (stake.Fact, stake.Money + money, stake.Items, stake.Order);
        }
        return [.. stakes.Values
            .OrderByDescending(s => s.Money).ThenByDescending(s => s.Items.Count).ThenBy(s => s.Order)
            .Select(s => new Question(s.Fact.Path, s.Fact.Question, [.. s.Items], decimal.Round(s.Money, 2),
                Reason(s.Money, s.Items.Count)))];
    }

    private static string Reason(decimal money, int items) => money > 0
        ? $"关系到{items}个事项、约{money / 10000:0.##}万元" : $"关系到{items}个事项";
}
