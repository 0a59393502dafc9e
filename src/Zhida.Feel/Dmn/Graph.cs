using System.Collections.Immutable;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;

namespace Zhida.Feel.Dmn;

/// <summary>What an element sees: in one slot of its frame another element, or, under an import's name,
/// several.</summary>
internal sealed record Sight(int Slot, ImmutableArray<GraphNode> Nodes, bool IsImport);

/// <summary>An element with its expression bound: what it sees, its parameters (of a knowledge model) in the slots
/// after, its body (null: none).</summary>
internal sealed record CompiledNode(
    ImmutableArray<Sight> Sights, ImmutableArray<(string Name, DmnType Type)> Parameters, int ParameterSlot,
    Expr? Body, int FrameSize, DmnType Type, FeelType Static);

/// <summary>The requirements graph with every expression compiled, those it sees first.</summary>
internal sealed class Graph
{
    private readonly Dictionary<GraphNode, CompiledNode?> _compiled = [];
    private readonly Dictionary<GraphNode, string> _external = [];
    private readonly List<ModelProblem> _problems = [];
    private readonly TypeTable _types;

    public Graph(Workspace workspace)
    {
        Workspace = workspace;
        _types = new TypeTable(workspace, _problems);
        foreach (var node in workspace.MainNodes) Compile(node, 0);
        foreach (var node in workspace.MainNodes)
            if (External(node, []) is { } language) _external.Add(node, language);
    }

    private const int MaxDepth = 200;

    public Workspace Workspace { get; }

    public IReadOnlyList<ModelProblem> Problems => _problems;

    /// <summary>The compiled element; null where it could not be, because it requires itself.</summary>
    public CompiledNode? Find(GraphNode node) => _compiled.GetValueOrDefault(node);

    /// <summary>The language of an external function that an element hangs on; null where there is none.</summary>
    public string? External(GraphNode node) => _external.GetValueOrDefault(node);

    private string? External(GraphNode node, HashSet<GraphNode> seen)
    {
        if (!seen.Add(node)) return null;
        var own = node.Element switch
        {
            KnowledgeModel { Logic: { } logic } => BoxCompiler.External(logic),
            Decision { Logic: { } logic } => BoxCompiler.External(logic),
            _ => null,
        };
        return own ?? node.Element.Requires.Select(r => Workspace.Find(node.Model, r)).OfType<GraphNode>()
            .Select(n => External(n, seen)).FirstOrDefault(l => l is not null);
    }

    private CompiledNode? Compile(GraphNode node, int depth)
    {
        if (_compiled.TryGetValue(node, out var known)) return known;
        _compiled[node] = null;
        if (depth > MaxDepth)
        {
            _problems.Add(new ModelProblem(node.Element.Place, "需求链太长"));
            return null;
        }
        var element = node.Element;
        var type = _types.Find(node.Model, element.TypeRef, element.Place);
        var scope = new Scope(strict: false);
        foreach (var (name, named) in _types.NamedTypes(node.Model)) scope.AddType(name, named);
        var sights = Look(node, scope, depth);
        var compiler = new BoxCompiler(node.Model, _types, _problems);
        var compiled = element switch
        {
            Decision { Logic: { } logic } => Body(compiler.Compile(logic, scope)),
            KnowledgeModel { Logic: { } logic } => Function(logic),
            DecisionService service => Service(service),
            _ => new CompiledNode(sights, [], 0, null, scope.NextSlot, type, type.Static),
        };
        _compiled[node] = compiled;
        return compiled;

        CompiledNode Body(Expr body) => new(sights, [], 0, body, scope.NextSlot, type,
            type.Static is AnyType ? body.Type : type.Static);

        CompiledNode Function(FunctionBox logic)
        {
            // The type of a knowledge model's variable is the function's, or (before 1.4) that of its result.
            var result = type.Static is FunctionType ? _types.Find(node.Model, logic.TypeRef, logic.Place) : type;
            var inner = new Scope(scope);
            var first = inner.NextSlot;
            var parameters = compiler.Declare(logic.Parameters, inner, logic.Place);
            var body = logic.Body is null ? null : compiler.Compile(logic.Body, inner);
            return new(sights, parameters, first, body, inner.NextSlot, result, FunctionOf(parameters, result.Static));
        }

        CompiledNode Service(DecisionService service)
        {
            ImmutableArray<(string Name, DmnType Type)> parameters =
            [
                .. service.InputData.Concat(service.InputDecisions)
                    .Select(r => Workspace.Find(node.Model, r)).OfType<GraphNode>()
                    .Select(n => (n.Element.Name, _types.Find(n.Model, n.Element.TypeRef, n.Element.Place))),
            ];
            return new(sights, parameters, 0, null, scope.NextSlot, type, FunctionOf(parameters, type.Static));
        }
    }

    private static FunctionType FunctionOf(ImmutableArray<(string Name, DmnType Type)> parameters, FeelType result) =>
        new([.. parameters.Select(p => p.Type.Static)], result is FunctionType f ? f.Result : result);

    /// <summary>Compiles what an element requires and names it in its scope.</summary>
    private ImmutableArray<Sight> Look(GraphNode node, Scope scope, int depth)
    {
        var imported = new List<(string Name, GraphNode Node, FeelType Type)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var sights = ImmutableArray.CreateBuilder<Sight>();
        foreach (var reference in node.Element.Requires.Distinct())
        {
            if (Workspace.Find(node.Model, reference) is not { } seen)
            {
                _problems.Add(new ModelProblem(node.Element.Place, $"“{node.Element.Name}”引用的 {reference} 不存在"));
                continue;
            }
            var type = Compile(seen, depth + 1)?.Static ?? FeelType.Any;
            var isLocal = ReferenceEquals(seen.Model, node.Model);
            var import = isLocal ? "" : Workspace.ImportName(node.Model, seen.Model) ?? "";
            if (import.Length > 0) imported.Add((import, seen, type));
            else if (names.Add(seen.Element.Name))
                sights.Add(new Sight(scope.Declare(seen.Element.Name, type).Slot, [seen], false));
        }
        foreach (var import in imported.GroupBy(i => i.Name))
        {
            var type = new ContextType([.. import.Select(i => (i.Node.Element.Name, i.Type))]);
            sights.Add(new Sight(scope.Declare(import.Key, type).Slot, [.. import.Select(i => i.Node)], true));
        }
        return sights.ToImmutable();
    }
}
