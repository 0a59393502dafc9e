using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Dmn;

/// <summary>Makes expressions of boxed ones: what their texts become, put together by the nodes that FEEL's own syntax
/// becomes.</summary>
internal sealed partial class BoxCompiler(Model model, TypeTable types, List<ModelProblem> problems)
{
    /// <summary>Declares formal parameters in the next slots of a scope.</summary>
    public ImmutableArray<(string Name, DmnType Type)> Declare(
        ImmutableArray<FormalParameter> parameters, Scope scope, Place place)
    {
        var declared = ImmutableArray.CreateBuilder<(string, DmnType)>();
        foreach (var parameter in parameters)
        {
            var type = types.Find(model, parameter.TypeRef, place);
            if (!scope.Add(new Symbol(parameter.Name, type.Static, scope.NextSlot)))
                problems.Add(new ModelProblem(place, $"参数“{parameter.Name}”重复"));
            declared.Add((parameter.Name, type));
        }
        return declared.ToImmutable();
    }

    /// <summary>The language of a function that is not FEEL's, anywhere in a box; null where there is none.</summary>
    public static string? External(Boxed box) => box switch
    {
        LiteralBox literal when ExternalBody().IsMatch(literal.Text) => "Java",
        FunctionBox { Kind: not "FEEL" } function => function.Kind,
        FunctionBox { Body: { } body } => External(body),
        ContextBox context => context.Entries.Select(e => External(e.Value)).FirstOrDefault(l => l is not null),
        _ => null,
    };

    /// <summary>The expression of a box. Its frame needs <c>scope.NextSlot</c> slots, read when all is compiled.
    /// </summary>
    public Expr Compile(Boxed box, Scope scope)
    {
        var expr = box switch
        {
            LiteralBox literal => Text(literal.Text, scope, literal.Place),
            ContextBox context => Context(context, scope),
            ListBox list => new ListLiteral(default, AnyList, [.. list.Items.Select(i => Compile(i, scope))]),
            RelationBox relation => Relation(relation, scope),
            FunctionBox function => Function(function, scope),
            InvocationBox invocation => Invocation(invocation, scope),
            ConditionalBox c => new BoxedConditional(
                Compile(c.If, scope), Compile(c.Then, scope), Compile(c.Else, scope)),
            FilterBox filter => Filter(filter, scope),
            IteratorBox iterator => Iterator(iterator, scope),
            TableBox table => new TableCompiler(this, table, scope).Compile(),
            _ => throw new InvalidOperationException(box.GetType().Name),
        };
        return Typed(expr, box.TypeRef, box.Place);
    }

    [GeneratedRegex(@"\)\s*external\s*\{", RegexOptions.CultureInvariant)]
    private static partial Regex ExternalBody();

    private static readonly FeelType AnyList = new ListType(FeelType.Any);

    /// <summary>Entries that may use those before them; an entry without a name is the value of the whole.</summary>
    private Expr Context(ContextBox box, Scope scope)
    {
        var inner = new Scope(scope);
        var (names, slots, values) = (new List<string>(), new List<int>(), new List<Expr>());
        foreach (var (name, value) in box.Entries)
        {
            var expr = Compile(value, inner);
            var symbol = new Symbol(name ?? Result, expr.Type, inner.NextSlot);
            if (!inner.Add(symbol)) problems.Add(new ModelProblem(value.Place, $"“{name}”重复"));
            names.Add(symbol.Name);
            slots.Add(symbol.Slot);
            values.Add(expr);
        }
        var type = new ContextType([.. names.Zip(values, (n, v) => (n, v.Type))]);
        var context = new ContextLiteral(default, type, names, slots, values);
        return box.Entries.Any(e => e.Name is null)
            ? new Member(default, values[^1].Type, context, Result)
            : context;
    }

    /// <summary>What no entry of a context can be called.</summary>
    private const string Result = "\n";

    private ListLiteral Relation(RelationBox box, Scope scope)
    {
        var slots = box.Columns.Select((_, i) => scope.NextSlot + i).ToArray();
        // The cells of a row don't see each other: their slots have names that no text can name.
        foreach (var slot in slots) new Scope(scope).Add(new Symbol(Result, FeelType.Any, slot));
        var rows = box.Rows.Select(row =>
        {
            var values = row.Take(slots.Length).Select(cell => Compile(cell, scope)).ToArray();
            var names = box.Columns.Take(values.Length).ToArray();
            var type = new ContextType([.. names.Zip(values, (n, v) => (n, v.Type))]);
            return new ContextLiteral(default, type, names, slots, values);
        }).ToArray();
        return new ListLiteral(default, new ListType(rows.Length > 0 ? rows[0].Type : FeelType.Any), rows);
    }

    private Expr Function(FunctionBox box, Scope scope)
    {
        if (box.Kind != "FEEL" || box.Body is null) return new Failure(default, $"{box.Kind} 函数在这里不运行");
        var inner = new Scope(scope);
        var first = inner.NextSlot;
        var parameters = Declare(box.Parameters, inner, box.Place);
        var body = Compile(box.Body, inner);
        var type = new FunctionType([.. parameters.Select(p => p.Type.Static)], body.Type);
        return new FunctionDefinition(default, type,
            [.. parameters.Select(p => (p.Name, (FeelType?)p.Type.Static))],
            [.. parameters.Select((_, i) => first + i)], body);
    }

    private CallFunction Invocation(InvocationBox box, Scope scope) => new(
        default, FeelType.Any, Text(box.Function, scope, box.Place),
        [.. box.Bindings.Select(b => Compile(b.Value, scope))], [.. box.Bindings.Select(b => b.Name)]);

    private BoxedFilter Filter(FilterBox box, Scope scope)
    {
        var source = Compile(box.In, scope);
        var inner = new Scope(scope);
        var item = inner.Declare("item", source.Type is ListType list ? list.Item : FeelType.Any);
        return new BoxedFilter(source, item.Slot, Compile(box.Match, inner));
    }

    private Expr Iterator(IteratorBox box, Scope scope)
    {
        var source = Compile(box.In, scope);
        var inner = new Scope(scope);
        var item = inner.Declare(box.Variable, source.Type is ListType list ? list.Item : FeelType.Any);
        var partial = box.Kind == IteratorKind.For ? inner.Declare("partial", AnyList).Slot : -1;
        var body = Compile(box.Body, inner);
        Iterator[] iterators = [new(box.Variable, item.Slot, source, null)];
        return box.Kind == IteratorKind.For
            ? new For(default, new ListType(body.Type), iterators, partial, body)
            : new Quantified(default, box.Kind == IteratorKind.Every, iterators, body);
    }

    /// <summary>An expression whose value must be of a type of the model.</summary>
    public Expr Typed(Expr expr, string? typeRef, Place place)
    {
        var type = types.Find(model, typeRef, place);
        return type.Static is AnyType ? expr : new TypedBox(expr, type, typeRef!);
    }

    /// <summary>The expression of a text; one that can't be read is a problem, and fails when it is
    /// evaluated.</summary>
    public Expr Text(string text, Scope scope, Place place) =>
        Take(FeelCompiler.Bind(text, scope), text, place);

    /// <summary>Unary tests of an input that stands in a slot of the scope; null where any value passes.</summary>
    public Expr? Tests(string? text, Scope scope, Symbol input, Place place) =>
        string.IsNullOrWhiteSpace(text) || text.Trim() == "-"
            ? null
            : Take(FeelCompiler.BindUnaryTests(text, scope, input), text, place);

    private Expr Take(Bound bound, string text, Place place)
    {
        foreach (var diagnostic in bound.Diagnostics)
        {
            var shown = text.Length > 60 ? text[..60] + "…" : text;
            problems.Add(new ModelProblem(place, $"{diagnostic.Message}：{shown}"));
        }
        return bound.Root ?? new Failure(default, bound.Diagnostics[0].Message);
    }
}
