using System.Collections.Immutable;
using System.Xml;
using Zhida.Feel.Values;
using Formatting = Zhida.Feel.Values.Formatting;

namespace Zhida.Feel.Dmn;

/// <summary>How a case came out: as expected, otherwise, or not run (a broken file, a language that is not run
/// here).</summary>
public enum TckOutcome { Passed, Failed, NotRun }

/// <summary>One result node of one case.</summary>
/// <param name="Model">The model's path below the folder that was run.</param>
/// <param name="Case">The id of the test case.</param>
/// <param name="Node">The decision or decision service whose result was compared.</param>
/// <param name="Message">Why it is not passed; null where it is.</param>
public sealed record TckResult(string Model, string Case, string Node, TckOutcome Outcome, string? Message);

/// <summary>Runs a folder of the DMN Technology Compatibility Kit (github.com/dmn-tck/tck): models and, beside them,
/// the cases with the results expected of them.</summary>
public static class Tck
{
    /// <summary>The kit compares numbers within this distance.</summary>
    private const decimal Tolerance = 0.00000001m;

    private const int MaxDepth = 100;

    /// <summary>Runs every case below a folder, in the order of the files' names. Never throws for what the files
    /// hold.</summary>
    public static ImmutableArray<TckResult> Run(string directory)
    {
        var results = ImmutableArray.CreateBuilder<TckResult>();
        var files = Directory.EnumerateFiles(directory, "*.xml", SearchOption.AllDirectories);
        foreach (var path in files.Order(StringComparer.Ordinal)) RunFile(directory, path, results);
        return results.ToImmutable();
    }

    private static void RunFile(string directory, string path, ImmutableArray<TckResult>.Builder results)
    {
        TckFile? file;
        try
        {
            file = TckReader.Read(path);
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            results.Add(new TckResult(Path.GetRelativePath(directory, path), "", "", TckOutcome.NotRun, e.Message));
            return;
        }
        if (file is null) return;
        var modelPath = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileName(file.Model));
        var program = DmnProgram.Load(modelPath);
        var model = Path.GetRelativePath(directory, modelPath).Replace('\\', '/');
        foreach (var test in file.Cases)
            foreach (var node in test.Expected)
                results.Add(RunNode(program, model, test, node));
    }

    private static TckResult RunNode(DmnProgram program, string model, TckCase test, TckNode expected)
    {
        var result = program.Evaluate(test.Service ?? expected.Name, test.Inputs);
        // A service with several outputs gives a context of them; the case asks for one.
        var actual = result.Value;
        if (test.Service is not null && test.Service != expected.Name && actual.Kind == ValueKind.Context &&
            actual.Context.TryGet(expected.Name, out var output)) actual = output;
        TckResult Report(TckOutcome outcome, string? message) => new(model, test.Id, expected.Name, outcome, message);
        if (result.NotRun is { } reason) return Report(TckOutcome.NotRun, reason);
        if (!IsAsExpected(expected.Value, actual, 0))
        {
            var why = result.Failures.Count > 0 ? $"（{string.Join("；", result.Failures.Select(f => f.Message))}）" : "";
            return Report(TckOutcome.Failed, $"应为 {Short(expected.Value)}，得到 {Short(actual)}{why}");
        }
        return expected.IsError && result.Failures.Count == 0
            ? Report(TckOutcome.Failed, "应报告错误，没有报告")
            : Report(TckOutcome.Passed, null);
    }

    private static string Short(in Value value)
    {
        var text = Formatting.ToFeelString(value);
        return text.Length > 200 ? text[..200] + "…" : text;
    }

    private static bool IsAsExpected(in Value expected, in Value actual, int depth)
    {
        if (depth > MaxDepth || expected.Kind != actual.Kind) return false;
        switch (expected.Kind)
        {
            case ValueKind.Number:
                return Math.Abs(expected.Number / 2 - actual.Number / 2) <= Tolerance / 2;
            case ValueKind.List:
                if (expected.Items.Length != actual.Items.Length) return false;
                for (var i = 0; i < expected.Items.Length; i++)
                    if (!IsAsExpected(expected.Items[i], actual.Items[i], depth + 1)) return false;
                return true;
            case ValueKind.Context:
                foreach (var name in expected.Context.Names)
                {
                    if (!expected.Context.TryGet(name, out var left)) return false;
                    if (!actual.Context.TryGet(name, out var right)) return false;
                    if (!IsAsExpected(left, right, depth + 1)) return false;
                }
                return expected.Context.Names.Count == actual.Context.Names.Count;
            case ValueKind.Null: return true;
            default: return Operations.Equal(expected, actual).IsTrue;
        }
    }
}
