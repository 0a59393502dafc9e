using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RulesEngine.Models;

namespace Zhida.Bench.Match;

/// <summary>A row as engines for single decisions take it; amounts in 分.</summary>
public sealed class W60Row
{
    public required int[] Industry { get; init; }

    public required int[] Region { get; init; }

    public required bool[] Flag { get; init; }

    public required int[] Date { get; init; }

    public required int[] Days { get; init; }

    public required decimal[] Principal { get; init; }

    internal static W60Row Of(W60Data data, int row) => new()
    {
        Industry = Array.ConvertAll(data.Industry, c => (int)c[row]),
        Region = Array.ConvertAll(data.Region, c => (int)c[row]), Flag = Array.ConvertAll(data.Flag, c => c[row] != 0),
        Date = Array.ConvertAll(data.Date, c => c[row]), Days = Array.ConvertAll(data.Days, c => c[row]),
        Principal = Array.ConvertAll(data.Principal, c => (decimal)c[row]),
    };
}

/// <summary>Microsoft RulesEngine and ZEN on the first rows: all sixty rules a row, on one thread.</summary>
internal static class SamplePeers
{
    /// <summary>Seconds for some rows, and what came of them.</summary>
    public static (double Seconds, Tally[] Tallies) RulesEngine(W60Row[] rows, W60Rule[] rules)
    {
        var engine = new RulesEngine.RulesEngine([new Workflow
        {
            WorkflowName = "w60",
            Rules = [.. rules.Select((rule, i) => new Rule
            {
                RuleName = string.Create(CultureInfo.InvariantCulture, $"rule{i}"),
                RuleExpressionType = RuleExpressionType.LambdaExpression,
                Expression = Condition(rule, i),
                Actions = new RuleActions
                {
                    OnSuccess = new ActionInfo
                    {
                        Name = "OutputExpression",
                        Context = new Dictionary<string, object> { ["expression"] = Amount(rule) },
                    },
                },
            })],
        }], new ReSettings { CustomTypes = [typeof(MidpointRounding)] });
        var sets = new RuleParameter("sets", rules
            .Select(r => Enumerable.Range(0, r.Set.Length).Where(c => r.Set[c] == 1).ToHashSet()).ToArray());
        var tallies = new Tally[rules.Length];
        var watch = new Stopwatch();
        for (var i = 0; i < 2 * rows.Length; i++)
        {
            // All rows once before: a rule's action is compiled when it is first met.
            if (i == rows.Length)
            {
                Array.Clear(tallies);
                watch.Start();
            }
            var results = engine.ExecuteAllRulesAsync("w60", new RuleParameter("row", rows[i % rows.Length]), sets)
                .AsTask().GetAwaiter().GetResult();
            for (var r = 0; r < results.Count; r++)
                if (results[r].IsSuccess)
                    tallies[r] = new Tally(tallies[r].Count + 1, tallies[r].Sum +
                        (Int128)Convert.ToDecimal(results[r].ActionResult.Output, CultureInfo.InvariantCulture));
        }
        return (watch.Elapsed.TotalSeconds, tallies);
    }

    private static string Condition(W60Rule rule, int index) => string.Create(CultureInfo.InvariantCulture,
        $"row.Region[{rule.Region}] >= {rule.RegionFirst} && row.Region[{rule.Region}] <= {rule.RegionLast} && " +
        $"!row.Flag[{rule.Flag}] && " +
        $"row.Date[{rule.Date}] >= {rule.DateFirst} && row.Date[{rule.Date}] <= {rule.DateLast} && " +
        $"sets[{index}].Contains(row.Industry[{rule.Industry}])");

    private static string Amount(W60Rule rule) => string.Create(CultureInfo.InvariantCulture,
        $"Math.Min(Math.Round(row.Principal[{rule.Principal}] * {rule.Rate}m * row.Days[{rule.Days}] / 365000m, 0, " +
        $"MidpointRounding.AwayFromZero), {rule.Cap}m)");

    /// <summary>ZEN under node; null where it isn't installed.</summary>
    public static (double Seconds, Tally[] Tallies)? Zen(W60Row[] rows, W60Rule[] rules, string root)
    {
        var folder = Path.Combine(root, "bench/peers/zen");
        if (!Directory.Exists(Path.Combine(folder, "node_modules"))) return null;
        var expressions = rules.Select((rule, i) => new { id = $"r{i}", key = $"r{i}", value = Ternary(rule) });
        var input = JsonSerializer.Serialize(new
        {
            decision = new
            {
                contentType = "application/vnd.gorules.decision",
                nodes = new object[]
                {
                    Node("in", "inputNode", null), Node("rules", "expressionNode", new { expressions }),
                    Node("out", "outputNode", null),
                },
                edges = new[]
                {
                    new { id = "e1", sourceId = "in", targetId = "rules", type = "edge" },
                    new { id = "e2", sourceId = "rules", targetId = "out", type = "edge" },
                },
            },
            rows = rows.Select(r => new
            {
                industry = r.Industry, region = r.Region, flag = r.Flag, date = r.Date, days = r.Days,
                principal = r.Principal,
            }),
        }, WithoutNulls);
        using var node = Process.Start(new ProcessStartInfo("node", ["match.mjs"])
            { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        node.StandardInput.Write(input);
        node.StandardInput.Close();
        using var output = JsonDocument.Parse(node.StandardOutput.ReadToEnd());
        node.WaitForExit();
        var (counts, sums) = (output.RootElement.GetProperty("counts"), output.RootElement.GetProperty("sums"));
        return (output.RootElement.GetProperty("seconds").GetDouble(),
            [.. Enumerable.Range(0, rules.Length).Select(i => new Tally(counts[i].GetInt64(), sums[i].GetInt64()))]);
    }

    private static string Ternary(W60Rule rule)
    {
        var set = string.Join(',', Enumerable.Range(0, rule.Set.Length).Where(c => rule.Set[c] == 1));
        return string.Create(CultureInfo.InvariantCulture,
            $"region[{rule.Region}] >= {rule.RegionFirst} and region[{rule.Region}] <= {rule.RegionLast} and " +
            $"not flag[{rule.Flag}] and " +
            $"date[{rule.Date}] >= {rule.DateFirst} and date[{rule.Date}] <= {rule.DateLast} and " +
            $"industry[{rule.Industry}] in [{set}] ? " +
            $"min([floor(principal[{rule.Principal}] * {rule.Rate} * days[{rule.Days}] / 365000 + 0.5), " +
            $"{rule.Cap}]) : null");
    }

    private static readonly JsonSerializerOptions WithoutNulls =
        new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private static object Node(string id, string type, object? content) =>
        new { id, type, name = id, position = new { x = 0, y = 0 }, content };
}
