using System.Collections.Immutable;
using System.Xml.Linq;
using Zhida.Feel.Nodes;

namespace Zhida.Feel.Dmn;

/// <summary>Reads boxed expressions. One that can't be read is a problem and counts as null.</summary>
internal sealed class BoxReader(string file, List<ModelProblem> problems)
{
    /// <summary>How deep boxes may stand in boxes.</summary>
    public const int MaxDepth = 60;

    /// <summary>The expression that an element holds; null where it holds none.</summary>
    public Boxed? ReadIn(XElement e, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            problems.Add(new ModelProblem(e.Place(file), "表达式嵌套太深"));
            return null;
        }
        return e.Elements().Select(c => ReadBox(c, depth + 1)).FirstOrDefault(b => b is not null);
    }

    /// <summary>Formal parameters and a body, of a function definition or of encapsulated logic.</summary>
    public FunctionBox ReadFunction(XElement e, int depth) => new(
        e.Text("kind") ?? "FEEL",
        [.. e.Children("formalParameter").Select(p => new FormalParameter(Name(p), p.TypeRef()))],
        ReadIn(e, depth), e.TypeRef(), e.Place(file));

    private static string Name(XElement e) => Binding.Name.Normalise(e.Text("name") ?? "");

    private Boxed? ReadBox(XElement e, int depth) => e.Name.LocalName switch
    {
        "literalExpression" => new LiteralBox(e.Child("text")?.Value ?? "null", e.TypeRef(), e.Place(file)),
        "context" => ReadContext(e, depth),
        "list" => new ListBox(
            [.. e.Elements().Select(c => ReadBox(c, depth)).OfType<Boxed>()], e.TypeRef(), e.Place(file)),
        "relation" => new RelationBox(
            [.. e.Children("column").Select(Name)],
            [.. e.Children("row").Select(row => row.Elements().Select(c => ReadBox(c, depth + 1)).OfType<Boxed>()
                .ToImmutableArray())],
            e.TypeRef(), e.Place(file)),
        "functionDefinition" => ReadFunction(e, depth),
        "invocation" => ReadInvocation(e, depth),
        "conditional" => new ConditionalBox(
            Part(e, "if", depth), Part(e, "then", depth), Part(e, "else", depth), e.TypeRef(), e.Place(file)),
        "filter" => new FilterBox(Part(e, "in", depth), Part(e, "match", depth), e.TypeRef(), e.Place(file)),
        "for" => ReadIterator(e, IteratorKind.For, "return", depth),
        "some" => ReadIterator(e, IteratorKind.Some, "satisfies", depth),
        "every" => ReadIterator(e, IteratorKind.Every, "satisfies", depth),
        "decisionTable" => ReadTable(e),
        _ => null,
    };

    private Boxed Part(XElement e, string name, int depth) =>
        (e.Child(name) is { } part ? ReadIn(part, depth) : null) ?? Missing(e, name);

    private LiteralBox Missing(XElement e, string name)
    {
        problems.Add(new ModelProblem(e.Place(file), $"{e.Name.LocalName} 缺少 {name}"));
        return new LiteralBox("null", null, e.Place(file));
    }

    private ContextBox ReadContext(XElement e, int depth) => new(
        [.. e.Children("contextEntry").Select(entry =>
        {
            var variable = entry.Child("variable");
            var value = ReadIn(entry, depth) ?? Missing(entry, "表达式");
            if (value.TypeRef is null && variable?.TypeRef() is { } type) value = value with { TypeRef = type };
            return (variable is null ? null : Name(variable), value);
        })],
        e.TypeRef(), e.Place(file));

    private InvocationBox ReadInvocation(XElement e, int depth) => new(
        e.Child("literalExpression")?.Child("text")?.Value.Trim() ?? "null",
        [.. e.Children("binding").Where(b => b.Child("parameter") is not null)
            .Select(b => (Name(b.Child("parameter")!), ReadIn(b, depth) ?? Missing(b, "表达式")))],
        e.TypeRef(), e.Place(file));

    private IteratorBox ReadIterator(XElement e, IteratorKind kind, string body, int depth) => new(
        kind, Binding.Name.Normalise(e.Text("iteratorVariable") ?? ""), Part(e, "in", depth), Part(e, body, depth),
        e.TypeRef(), e.Place(file));

    private TableBox ReadTable(XElement e) => new(
        Policy(e),
        [.. e.Children("input").Select(input =>
        {
            var expression = input.Child("inputExpression");
            return new TableInput(expression?.Child("text")?.Value ?? "null", expression?.TypeRef(),
                input.Child("inputValues")?.Child("text")?.Value, input.Place(file));
        })],
        [.. e.Children("output").Select(output => new TableOutput(
            output.Text("name") is null ? null : Name(output), output.TypeRef(),
            output.Child("outputValues")?.Child("text")?.Value,
            output.Child("defaultOutputEntry")?.Child("text")?.Value, output.Place(file)))],
        [.. e.Children("rule").Select(rule => new TableRow(
            [.. rule.Children("inputEntry").Select(c => c.Child("text")?.Value ?? "-")],
            [.. rule.Children("outputEntry").Select(c => c.Child("text")?.Value ?? "null")], rule.Place(file)))],
        e.TypeRef(), e.Place(file));

    private HitPolicy Policy(XElement e)
    {
        switch (e.Text("hitPolicy") ?? "UNIQUE", e.Text("aggregation"))
        {
            case ("UNIQUE", _): return HitPolicy.Unique;
            case ("ANY", _): return HitPolicy.Any;
            case ("FIRST", _): return HitPolicy.First;
            case ("PRIORITY", _): return HitPolicy.Priority;
            case ("RULE ORDER", _): return HitPolicy.RuleOrder;
            case ("OUTPUT ORDER", _): return HitPolicy.OutputOrder;
            case ("COLLECT", null): return HitPolicy.Collect;
            case ("COLLECT", "SUM"): return HitPolicy.Sum;
            case ("COLLECT", "MIN"): return HitPolicy.Minimum;
            case ("COLLECT", "MAX"): return HitPolicy.Maximum;
            case ("COLLECT", "COUNT"): return HitPolicy.Count;
            case var (policy, aggregation):
                problems.Add(new ModelProblem(e.Place(file), $"不认识的命中策略 {policy} {aggregation}"));
                return HitPolicy.Unique;
        }
    }
}
