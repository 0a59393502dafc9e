using System.Collections.Immutable;
using Zhida.Feel.Nodes;
using Zhida.Feel.Values;

namespace Zhida.Feel.Dmn;

/// <summary>What came of a decision or a decision service.</summary>
/// <param name="Failures">Operations that failed on the way: their value was null.</param>
/// <param name="NotRun">Why it could not be run at all: no such decision, or logic in a language that is not run
/// here.</param>
public sealed record DmnResult(Value Value, IReadOnlyList<Diagnostic> Failures, string? NotRun = null);

/// <summary>
/// A DMN model ready to decide, with the models of its folder that it imports. Its expressions run in the standard's
/// own mode. Safe for many threads once loaded.
/// </summary>
public sealed class DmnProgram
{
    private readonly Workspace _workspace;
    private readonly Graph _graph;

    private DmnProgram(Workspace workspace)
    {
        _workspace = workspace;
        _graph = new Graph(workspace);
        Problems = [.. workspace.Problems, .. _graph.Problems];
    }

    /// <summary>What is wrong in the model; decisions that don't hang on it still work.</summary>
    public ImmutableArray<ModelProblem> Problems { get; }

    /// <summary>Reads a model and compiles all of its expressions. Never throws for what the file holds.</summary>
    public static DmnProgram Load(string path) => new(Workspace.Load(path));

    /// <summary>Decides.</summary>
    /// <param name="name">A decision or decision service of the model.</param>
    /// <param name="inputs">Values of input data by name, for a service also of its input decisions; what is not given
    /// is null.</param>
    /// <param name="now">The moment of now() and today(); null: the system's.</param>
    public DmnResult Evaluate(
        string name, IReadOnlyList<(string Name, Value Value)> inputs, DateTimeOffset? now = null)
    {
        if (_workspace.FindByName(name) is not { } node)
            return new DmnResult(Value.Null, [], $"模型中没有“{name}”");
        if (_graph.External(node) is { } language)
            return new DmnResult(Value.Null, [], $"“{name}”用到 {language} 函数，这里不运行");
        var evaluation = now is { } moment ? new Evaluation(false, []) { Now = moment } : new Evaluation(false, []);
        var value = new GraphRun(_graph, evaluation, inputs).Decide(node);
        return new DmnResult(value, evaluation.Failures);
    }
}
