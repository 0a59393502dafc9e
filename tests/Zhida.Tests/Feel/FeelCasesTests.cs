using Xunit;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Values;

namespace Zhida.Tests.Feel;

using Evaluation = Zhida.Feel.Nodes.Evaluation;

/// <summary>Runs conformance/feel/*.txt: an expression, and the value or the failure it must have.</summary>
public class FeelCasesTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.PathOf("conformance/feel"), "*.txt").Select(Path.GetFileName).OfType<string>()
            .Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryLineHolds(string file)
    {
        var lines = File.ReadAllLines(Repository.PathOf("conformance/feel/" + file));
        var faults = lines.Select((line, i) => (Line: line, Number: i + 1, Fault: Check(line)))
            .Where(l => l.Fault is not null).Select(l => $"{file}:{l.Number}: {l.Line}\n    {l.Fault}").ToArray();
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    /// <summary>What is wrong with a line; null where it holds.</summary>
    private static string? Check(string line)
    {
        if (line.Length == 0 || line.StartsWith('#')) return null;
        var fails = line.LastIndexOf(" !! ", StringComparison.Ordinal);
        var equals = line.LastIndexOf(" => ", StringComparison.Ordinal);
        var (value, said) = Evaluate(line[..Math.Max(fails, equals)]);
        if (fails > equals)
        {
            var wanted = line[(fails + 4)..];
            return value.IsNull && said.Contains(wanted, StringComparison.Ordinal) ? null : $"{value}（{said}）";
        }
        var (expected, wrong) = Evaluate(line[(equals + 4)..]);
        if (wrong.Length > 0) return $"expected value: {wrong}";
        return said.Length == 0 && Operations.Equal(value, expected).IsTrue ? null : $"{value}（{said}）";
    }

    private static (Value Value, string Said) Evaluate(string text)
    {
        var scope = new Scope(strict: false);
        var bound = FeelCompiler.Bind(text, scope);
        if (bound.Root is null) return (Value.Null, string.Join("；", bound.Diagnostics.Select(d => d.Message)));
        var evaluation = new Evaluation(strict: false, []);
        var value = bound.Root.Evaluate(new Frame(scope.NextSlot, evaluation));
        return (value, string.Join("；", evaluation.Failures.Select(f => f.Message)));
    }
}
