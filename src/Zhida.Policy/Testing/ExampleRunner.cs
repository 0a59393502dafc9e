using System.Text.Json;
using Zhida.Feel.Types;
using Zhida.Policy.Deciding;
using Zhida.Policy.Facts;
using Zhida.Policy.Loading;
using Zhida.Policy.Program;

namespace Zhida.Policy.Testing;

/// <summary>How an example came out; <paramref name="Differences"/> empty: as expected.</summary>
public sealed record ExampleResult(Example Example, IReadOnlyList<string> Differences)
{
    public bool Passed => Differences.Count == 0;
}

/// <summary>Runs the examples of measure files: each under its own layers, issue date, settings and readings.</summary>
public sealed class ExampleRunner
{
    private readonly IReadOnlyDictionary<string, byte[]> _files;
    private readonly IReadOnlyList<string> _policies;
    private readonly Dictionary<string,
        (LoadResult Load, Dictionary<(DateOnly, string), Decider> Deciders)> _loaded = [];

    /// <param name="files">All files, by path.</param>
    /// <param name="policies">The policies to load.</param>
    public ExampleRunner(IReadOnlyDictionary<string, byte[]> files, IReadOnlyList<string> policies) =>
        (_files, _policies) = (files, policies);

    /// <summary>The examples of the policies and of every layer given.</summary>
    public IReadOnlyList<ExampleResult> Run(IEnumerable<Example> examples) => [.. examples.Select(Run)];

    public ExampleResult Run(Example example)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in example.Settings) settings[name] = value;
        if (example.IssueDate is { } issued) settings["印发日"] = issued.ToString("yyyy-MM-dd");
        using var json = JsonDocument.Parse(example.Facts.ToJsonString());
        return Run(example, example.Layers, settings, json.RootElement.Clone());
    }

    private ExampleResult Run(
        Example example, IReadOnlyList<string> layers, SortedDictionary<string, string> settings, JsonElement json)
    {
        var key = string.Join('\n', layers) + "\n\n" +
            string.Join('\n', settings.Select(s => $"{s.Key}={s.Value}"));
        if (!_loaded.TryGetValue(key, out var loaded))
            _loaded[key] = loaded = (PolicyLoader.Load(_files, _policies, layers, settings), []);
        if (loaded.Load.Program is not { } program)
            return Fail(example, [.. loaded.Load.Findings.Where(f => f.Severity == Severity.Error).Take(3)
                .Select(f => $"{f.Location} {f.Message}")]);
        var (facts, findings) = new FactsReader(program.Dictionary, loaded.Load.Tables)
            .Read(json, example.Location.File);
        if (facts is null) return Fail(example, [.. findings.Select(f => f.Message)]);
        // A city's layer that is not for this subject: the example is decided without it.
        var (applied, _) = Jurisdiction.Of(program, layers, facts);
        if (applied.Count < layers.Count) return Run(example, applied, settings, json);
        var on = example.DecisionDate ?? example.IssueDate?.AddMonths(6) ?? new DateOnly(2026, 6, 30);
        if (!loaded.Deciders.TryGetValue((on, example.ItemId), out var decider))
            loaded.Deciders[(on, example.ItemId)] =
                decider = new Decider(program, on, Together(program, example.ItemId));
        return new ExampleResult(example, Decide(example, decider, facts));
    }

    /// <summary>The item with those that take from it.</summary>
    private static Func<Item, bool> Together(PolicyProgram program, string id)
    {
        var items = program.Policies.SelectMany(p => p.Items).ToList();
        return items.Find(i => i.Id == id) is { } item ? Allocator.Together(item, items).Contains : _ => false;
    }

    private static IReadOnlyList<string> Decide(Example example, Decider decider, SubjectFacts facts)
    {
        foreach (var (question, option) in example.Readings)
            if (!decider.Adopt(example.ItemId, question, option)) return [$"没有口径“{question}”的读法“{option}”"];
        var result = decider.Decide(facts).FirstOrDefault(r => r.Item.Id == example.ItemId);
        foreach (var reading in result?.Item.Readings ?? [])
            decider.Adopt(example.ItemId, reading.Question, reading.Current);
        return result is null ? [$"没有事项 {example.ItemId}"] : Expectation.Compare(example, result);
    }

    private static ExampleResult Fail(Example example, IReadOnlyList<string> why) =>
        new(example, why.Count > 0 ? why : ["没有载入"]);
}

/// <summary>Compares the expected cells of an example with what was decided.</summary>
internal static class Expectation
{
    public static IReadOnlyList<string> Compare(Example example, ItemResult result)
    {
        var differences = new List<string>();
        foreach (var (column, expected) in example.Expected)
        {
            foreach (var (key, wanted) in Parts(expected))
            {
                var whole = wanted.EndsWith('*');
                var lines = whole ? [] : LinesOf(result, key).ToList();
                if (!whole && lines.Count != 1 && !(lines.Count == 0 && result.NoObject))
                {
                    differences.Add($"{column}：{(key is null ? $"有{lines.Count}行，请写明是哪一行" : $"没有“{key}”这一行")}");
                    continue;
                }
                var actual = whole || lines.Count == 0 ? OfItem(column, result) : OfLine(column, lines[0]);
                if (!Same(column, wanted.TrimEnd('*'), actual))
                    differences.Add($"{column}{(key is null ? "" : $"（{key}）")}：应为 {wanted}，实为 {actual ?? "无"}");
            }
        }
        return differences;
    }

    /// <summary>L1：80万元；L2：20万元, or one value for the only line.</summary>
    private static IEnumerable<(string? Key, string Wanted)> Parts(string cell) =>
        cell.Contains('：')
            ? cell.Split('；', StringSplitOptions.TrimEntries).Select(p =>
                p.Split('：', 2, StringSplitOptions.TrimEntries))
                .Select(p => p.Length == 2 ? ((string?)p[0], p[1]) : (null, p[0]))
            : [(null, cell.Trim())];

    private static IEnumerable<Line> LinesOf(ItemResult result, string? key) => key is null ? result.Lines
        : result.Lines.Where(l => l.Object.Id == key || l.Period == key || $"{l.Object.Id}/{l.Period}" == key);

    private static string? OfItem(string column, ItemResult item) => column switch
    {
        "结果" => Words.Of(item.Outcome),
        "状态" => Words.Of(item.AmountState),
        "金额" => DecisionJson.Money(item.Amount),
        "上限" => DecisionJson.Money(item.Bound),
        "缺" => string.Join("、", item.Lines.SelectMany(l => l.Missing).Select(m => m.Path).Distinct()),
        _ when PayerOf(column) is { } payer => DecisionJson.Money(item.Lines.Sum(l => Part(l, payer))),
        _ => null,
    };

    private static string? OfLine(string column, Line line) => column switch
    {
        "结果" => Words.Of(line.Outcome),
        "状态" => Words.Of(line.AmountState),
        "金额" => DecisionJson.Money(line.Amount),
        "上限" => DecisionJson.Money(line.Bound),
        "首个不符" => line.FirstFailed < 0 ? null : line.Item.Conditions[line.FirstFailed].Label,
        "缺" => string.Join("、", line.Missing.Select(m => m.Path)),
        "择优" => line.GivenUp,
        _ when PayerOf(column) is { } payer => DecisionJson.Money(Part(line, payer)),
        _ => null,
    };

    private static string? PayerOf(string column) =>
        column.StartsWith(ExamplesReader.PayerColumn, StringComparison.Ordinal)
            ? column[ExamplesReader.PayerColumn.Length..] : null;

    /// <summary>A payer that fell away pays nothing.</summary>
    private static decimal Part(Line line, string payer) =>
        line.Payers.Where(p => p.Payer == payer).Sum(p => p.Amount);

    private static bool Same(string column, string wanted, string? actual) => column switch
    {
        "金额" or "上限" or ['资', '金', '.', ..] => wanted is "无" or "—" ? actual is null
            : Quantity.TryParse(wanted, out var amount, out _, out _) && actual == DecisionJson.Money(amount),
        "缺" => Set(wanted).SetEquals(Set(actual ?? "")),
        _ => wanted == actual,
    };

    private static HashSet<string> Set(string names) =>
        [.. names.Split('、', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
