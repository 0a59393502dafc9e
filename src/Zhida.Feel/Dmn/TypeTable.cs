using System.Collections.Immutable;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;

namespace Zhida.Feel.Dmn;

/// <summary>The types of a workspace by name: the standard's and those that models define. A type that contains itself
/// is looked into only once; below, it is Any.</summary>
internal sealed class TypeTable(Workspace workspace, List<ModelProblem> problems)
{
    private readonly Dictionary<(string Namespace, string Name), DmnType?> _known = [];

    /// <summary>The type of a name in a model (<c>number</c>, <c>tPerson</c>, <c>import.tPerson</c>); no name is Any.
    /// An unknown name is a problem and counts as Any.</summary>
    public DmnType Find(Model model, string? name, Place place)
    {
        if (name is null) return DmnType.Any;
        if (Standard(name) is { } standard) return new DmnType(standard, null, default);
        if (FindDefinition(model, name) is var (owner, definition)) return Resolve(owner, definition);
        problems.Add(new ModelProblem(place, $"没有名为 {name} 的类型"));
        return DmnType.Any;
    }

    /// <summary>The types that expressions of a model may name, with the binder's view of them.</summary>
    public IEnumerable<(string Name, FeelType Type)> NamedTypes(Model model)
    {
        foreach (var type in model.Types) yield return (type.Name, Resolve(model, type).Static);
        foreach (var import in model.Imports)
        {
            if (workspace.ModelOf(import.Namespace) is not { } imported) continue;
            var prefix = import.Name.Length == 0 ? "" : import.Name + ".";
            foreach (var type in imported.Types) yield return (prefix + type.Name, Resolve(imported, type).Static);
        }
    }

    private (Model, ItemDefinition)? FindDefinition(Model model, string name)
    {
        if (model.Types.FirstOrDefault(t => t.Name == name) is { } local) return (model, local);
        foreach (var import in model.Imports)
        {
            var prefix = import.Name.Length == 0 ? "" : import.Name + ".";
            if (!name.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var rest = name[prefix.Length..];
            if (workspace.ModelOf(import.Namespace) is { } imported &&
                imported.Types.FirstOrDefault(t => t.Name == rest) is { } type) return (imported, type);
        }
        return null;
    }

    private static FeelType? Standard(string name) => name switch
    {
        "Any" or "Undefined" => FeelType.Any,
        "number" => FeelType.Number,
        "string" => FeelType.Text,
        "boolean" => FeelType.Boolean,
        "date" => FeelType.Date,
        "time" => FeelType.Time,
        "date and time" or "dateTime" => FeelType.DateTime,
        "days and time duration" or "dayTimeDuration" => FeelType.DaysDuration,
        "years and months duration" or "yearMonthDuration" => FeelType.MonthsDuration,
        "context" => new ContextType([]),
        "list" => new ListType(FeelType.Any),
        "function" => new FunctionType(default, FeelType.Any),
        _ => null,
    };

    private DmnType Resolve(Model model, ItemDefinition definition)
    {
        var key = (model.Namespace, definition.Name);
        if (_known.TryGetValue(key, out var known)) return known ?? DmnType.Any;
        _known[key] = null;
        var type = Build(model, definition);
        _known[key] = type;
        return type;
    }

    private DmnType Build(Model model, ItemDefinition definition)
    {
        var type = Base(model, definition);
        var allowed = Test(model, definition.Allowed, type.Static, definition.Place);
        // The allowed values of a collection are those of its items.
        if (allowed is not null) type = type with { Allowed = allowed };
        if (definition.IsCollection) type = new DmnType(new ListType(type.Static), type, default);
        return type with { Constraint = Test(model, definition.Constraint, type.Static, definition.Place) };
    }

    private DmnType Base(Model model, ItemDefinition definition)
    {
        if (definition.Function is { } function)
        {
            var parameters = function.Parameters.Select(p => Find(model, p.TypeRef, definition.Place).Static);
            var result = Find(model, function.OutputTypeRef, definition.Place).Static;
            return new DmnType(new FunctionType([.. parameters], result), null, default);
        }
        if (definition.Components.IsEmpty) return Find(model, definition.TypeRef, definition.Place);
        ImmutableArray<(string Name, DmnType Type)> components =
            [.. definition.Components.Select(c => (Name.Normalise(c.Name), Build(model, c)))];
        return new DmnType(
            new ContextType([.. components.Select(c => (c.Name, c.Type.Static))]), null, components);
    }

    private (Expr, int)? Test(Model model, string? text, FeelType type, Place place)
    {
        var scope = new Scope(strict: false);
        var input = scope.Declare("?", type);
        return new BoxCompiler(model, this, problems).Tests(text, scope, input, place) is { } test
            ? (test, scope.NextSlot)
            : null;
    }
}
