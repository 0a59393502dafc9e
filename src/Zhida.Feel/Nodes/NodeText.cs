using System.Text;
using Zhida.Feel.Binding;

namespace Zhida.Feel.Nodes;

/// <summary>A bound expression as an indented tree: a line a node with its kind, what it holds and its type. Complete:
/// two expressions with one text do the same.</summary>
public static class NodeText
{
    /// <summary>Appends the tree; <paramref name="depth"/> is its indentation in steps of two columns.</summary>
    public static void Append(StringBuilder text, Expr node, int depth)
    {
        text.Append(' ', depth * 2).Append(node.GetType().Name);
        if (Holds(node) is { Length: > 0 } held) text.Append(' ').Append(held);
        text.Append(" : ").Append(node.Type.Name).Append('\n');
        if (node is DecisionTable table) AppendTable(text, table, depth + 1);
        else
            foreach (var child in node.Children) Append(text, child, depth + 1);
    }

    /// <summary>A symbol with the place of its value: 本金@3, 判定日@global 0.</summary>
    public static string Of(Symbol symbol) =>
        $"{symbol.Name}@{(symbol.IsGlobal ? "global " : "")}{symbol.Slot}" +
        (symbol.Unlisted is { } unlisted ? $" else {Of(unlisted)}" : "");

    private static string Holds(Expr node) => node switch
    {
        Literal literal => literal.Value.ToString(),
        Variable variable => Of(variable.Symbol),
        Member member => member.Name,
        Arithmetic arithmetic => arithmetic.Operator.ToString(),
        Compare compare => compare.Operator.ToString(),
        CallBuiltin call => call.Function.Name + Named(call.ArgumentNames),
        CallFunction call => Named(call.Names),
        BuiltinReference reference => reference.Function.Name,
        InRange range => Interval(range.LowIncluded, range.Low, range.High, range.HighIncluded),
        RangeLiteral range => Interval(range.StartIncluded, range.Start, range.End, range.EndIncluded),
        InTests tests => $"{(tests.Negated ? "not " : "")}@{tests.Slot}",
        Matches { Unlisted: { } unlisted } => $"else {Of(unlisted.Symbol)}",
        InstanceOf test => test.Target.Name,
        Filter filter => $"@{filter.Slot}",
        For loop => $"{Iterators(loop.Iterators)} partial@{loop.PartialSlot}",
        Quantified quantified => $"{(quantified.Every ? "every" : "some")} {Iterators(quantified.Iterators)}",
        FunctionDefinition function => Parameters(function),
        ContextLiteral context => string.Join(", ", context.Names.Zip(context.Slots, (n, s) => $"{n}@{s}")),
        ItemName item => $"{item.Name}@{item.ItemSlot}",
        Failure failure => failure.Reason,
        _ => "",
    };

    private static void AppendTable(StringBuilder text, DecisionTable table, int depth)
    {
        var indent = new string(' ', depth * 2);
        text.Append(indent).Append($"{table.Name} {table.Policy} → {string.Join(", ", table.OutputNames)}\n");
        if (table.Priorities.Count > 0)
            text.Append(indent).Append($"priorities {string.Join(" > ", table.Priorities)}\n");
        foreach (var priorities in table.PrioritiesByOutput ?? [])
            text.Append(indent).Append($"priorities of an output {string.Join(" > ", priorities)}\n");
        for (var i = 0; i < table.Inputs.Count; i++)
        {
            text.Append(indent).Append($"input @{table.InputSlots[i]}\n");
            Append(text, table.Inputs[i], depth + 1);
        }
        foreach (var rule in table.Rules)
        {
            text.Append(indent).Append("rule\n");
            foreach (var test in rule.Tests) Append(text, test, depth + 1);
            text.Append(indent).Append("then\n");
            foreach (var output in rule.Outputs) Append(text, output, depth + 1);
        }
        if (table.Default is not { } otherwise) return;
        text.Append(indent).Append("otherwise\n");
        Append(text, otherwise, depth + 1);
    }

    private static string Named(IReadOnlyList<string>? names) =>
        names is null ? "" : $"({string.Join(", ", names)})";

    private static string Interval(bool lowIncluded, Expr? low, Expr? high, bool highIncluded) =>
        $"{(lowIncluded ? '[' : '(')}{(low is null ? "-" : "low")}..{(high is null ? "-" : "high")}" +
        (highIncluded ? ']' : ')');

    private static string Iterators(IReadOnlyList<Iterator> iterators) =>
        string.Join(", ", iterators.Select(i => $"{i.Name}@{i.Slot}{(i.End is null ? "" : "..")}"));

    private static string Parameters(FunctionDefinition function) =>
        string.Join(", ", function.Parameters.Zip(function.Slots, (p, s) => $"{p.Name}@{s}: {p.Type?.Name ?? "Any"}"));
}
