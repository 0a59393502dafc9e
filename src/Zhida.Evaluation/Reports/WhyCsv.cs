using System.Globalization;
using Zhida.Evaluation.Writing;

namespace Zhida.Evaluation.Reports;

/// <summary>The reasons as one long table: a row an item, city and reason.</summary>
public static class WhyCsv
{
    private static readonly string[] Columns =
        ["事项", "名称", "城市", "类别", "条件序号", "条件或事实", "行数", "金额_分", "下四分位", "中位", "上四分位"];

    /// <summary>Writes the table; it appears when complete. The quartiles are those of all cities together.</summary>
    public static void Write(string path, Tally tally, IReadOnlyList<ItemReasons> reasons)
    {
        using var file = new PendingFile(path);
        using (var csv = new CsvText(file.Stream))
        {
            csv.Line(Columns);
            foreach (var item in reasons)
            foreach (var row in Rows(tally, item)) csv.Line([item.Item.Id, item.Item.Title, .. row]);
        }
        file.Appear();
    }

    private static IEnumerable<string[]> Rows(Tally tally, ItemReasons item)
    {
        var index = tally.Context.Items.ToList().IndexOf(item.Item);
        foreach (var city in item.Cities)
        {
            if (city.Due.Lines > 0)
                yield return [city.City, "符合", "", "", Text(city.Due.Lines), Text(city.Due.Fen), "", "", ""];
            if (city.Undecided > 0) yield return [city.City, "待补充", "", "", Text(city.Undecided), "", "", "", ""];
        }
        foreach (var failed in tally.Failed.Where(f => f.Item == index))
            yield return Row(failed.City, "首个不符", failed.Condition, failed.Lines);
        foreach (var ((_, city, condition), lines) in tally.Near.Where(n => n.Key.Item == index)
                     .OrderBy(n => (n.Key.City, n.Key.Condition)))
            yield return Row(city, "差一点", condition, lines);
        foreach (var condition in item.Conditions)
            if (condition.Gap is { } gap)
                yield return ["全部", "差距", Text(condition.Condition.Number), condition.Condition.Label,
                    Text(gap.Lines), "", gap.Low, gap.Middle, gap.High];
        foreach (var (_, city, fact, lines) in tally.Missing.Where(m => m.Item == index)
                     .OrderBy(m => m.City).ThenBy(m => m.Fact, StringComparer.Ordinal))
            yield return [tally.Context.Cities.Names[city], "缺", "", fact, Text(lines), "", "", "", ""];

        string[] Row(int city, string kind, int condition, long lines) =>
        [
            tally.Context.Cities.Names[city], kind, Text(item.Item.Conditions[condition].Number),
            item.Item.Conditions[condition].Label, Text(lines), "", "", "", "",
        ];
    }

    private static string Text(Int128 number) => number.ToString(CultureInfo.InvariantCulture);
}
