using System.Runtime.CompilerServices;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Values;

namespace Zhida.Feel.Dmn;

/// <summary>One evaluation of the graph: each element once. A decision service runs in a run of its own, in which the
/// arguments stand for its inputs.</summary>
internal sealed class GraphRun(Graph graph, Evaluation evaluation, IReadOnlyList<(string Name, Value Value)> inputs)
{
    private readonly Dictionary<GraphNode, Value> _values = [];
    private readonly HashSet<GraphNode> _underWay = [];

    /// <summary>The value of a decision, or of a service called with the inputs that have its parameters'
    /// names.</summary>
    public Value Decide(GraphNode node)
    {
        if (node.Element is not DecisionService) return Get(node);
        if (graph.Find(node) is not { } compiled) return Fail($"“{node.Element.Name}”引用自己");
        var arguments = compiled.Parameters.Select(p => Input(p.Name)).ToArray();
        return Get(node).Function.Invoke(new(new Frame(0, evaluation), default), arguments);
    }

    private Value Get(GraphNode node)
    {
        if (_values.TryGetValue(node, out var known)) return known;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) return Fail("需求链太长，已停止");
        if (graph.Find(node) is not { } compiled || !_underWay.Add(node)) return Fail($"“{node.Element.Name}”引用自己");
        var value = node.Element switch
        {
            InputData => Typed(Input(node.Element.Name), compiled, node),
            Decision => compiled.Body is null ? Value.Null : Typed(Run(compiled, []), compiled, node),
            KnowledgeModel => Value.Of(new ModelFunction(
                node.Element.Name, compiled.Parameters, compiled.Type, (_, arguments) => Run(compiled, arguments))),
            DecisionService service => Value.Of(new ModelFunction(
                service.Name, compiled.Parameters, compiled.Type, (_, a) => Serve(node, service, a.ToArray()))),
            _ => Value.Null,
        };
        _underWay.Remove(node);
        return _values[node] = value;
    }

    private Value Input(string name)
    {
        foreach (var (given, value) in inputs)
            if (Name.Normalise(given) == name) return value;
        return Value.Null;
    }

    private Value Typed(in Value value, CompiledNode compiled, GraphNode node) =>
        compiled.Type.TryConvert(value, evaluation, out var converted)
            ? converted
            : Fail($"“{node.Element.Name}”的值不合其类型 {node.Element.TypeRef}");

    private Value Run(CompiledNode compiled, ReadOnlySpan<Value> arguments)
    {
        if (compiled.Body is null) return Value.Null;
        var frame = new Frame(compiled.FrameSize, evaluation);
        foreach (var sight in compiled.Sights)
        {
            frame[sight.Slot] = sight.IsImport
                ? Value.Of(new DynamicContext(
                    [.. sight.Nodes.Select(n => n.Element.Name)], [.. sight.Nodes.Select(Get)]))
                : Get(sight.Nodes[0]);
        }
        for (var i = 0; i < arguments.Length; i++) frame[compiled.ParameterSlot + i] = arguments[i];
        return compiled.Body.Evaluate(frame);
    }

    private Value Serve(GraphNode node, DecisionService service, Value[] arguments)
    {
        var run = new GraphRun(graph, evaluation, []);
        var given = service.InputData.Concat(service.InputDecisions)
            .Select(r => graph.Workspace.Find(node.Model, r)).OfType<GraphNode>();
        foreach (var (input, argument) in given.Zip(arguments)) run._values[input] = argument;
        var outputs = service.Outputs.Select(r => graph.Workspace.Find(node.Model, r)).OfType<GraphNode>().ToArray();
        if (outputs.Length == 1) return run.Get(outputs[0]);
        return Value.Of(new DynamicContext(
            [.. outputs.Select(o => o.Element.Name)], [.. outputs.Select(run.Get)]));
    }

    private Value Fail(string reason) => evaluation.Fail(default, reason);
}
