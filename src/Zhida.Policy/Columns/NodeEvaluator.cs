using System.Globalization;
using Zhida.Feel.Nodes;
using Zhida.Feel.Values;
using Zhida.Policy.Plans;
using Zhida.Policy.Reference;

namespace Zhida.Policy.Columns;

/// <summary>What a node is worth where its children are known to be worth this or that, one row at a time: the plain
/// meaning of every operation that looks at nothing but its operands. Fills the look-up tables, and is what kernels are
/// tested against.</summary>
internal sealed class NodeEvaluator
{
    private readonly ReferenceTables _tables;
    private readonly Feel.Functions.Builtin _within;
    private readonly Frame _frame = new(0, new Evaluation(strict: true, []));

    public NodeEvaluator(ReferenceTables tables)
    {
        _tables = tables;
        _within = PolicyFunctions.All(tables).First(f => f.Name == "属于");
    }

    /// <summary>Evaluates a node over the value of the one node on which it hangs.</summary>
    public Cell Over(Node node, Node leaf, in Cell value)
    {
        if (ReferenceEquals(node, leaf)) return value;
        var children = new Cell[node.Children.Count];
        for (var i = 0; i < children.Length; i++) children[i] = Over(node.Children[i], leaf, value);
        return Apply(node, children);
    }

    public Cell Apply(Node node, ReadOnlySpan<Cell> c)
    {
        switch (node.Op)
        {
            case Op.Constant: return Constant(node);
            case Op.Unknown: return Cell.Unknown;
            case Op.And: return Connect(c, false);
            case Op.Or: return Connect(c, true);
            case Op.If: return If(c);
            case Op.IsKnown: return Cell.Of(c[0].IsKnown);
            case Op.IsTrue: return Cell.Of(c[0].IsTrue);
            case Op.IsFalse: return Cell.Of(c[0].IsFalse);
        }
        foreach (ref readonly var cell in c)
            if (!cell.IsKnown) return Cell.Unknown;
        if (node.Op == Op.Lpr) return Lpr((long)c[0].Number, c[1].Text!);
        return node.Type == NodeType.Text || node.Children[0].Type == NodeType.Text
            ? Text(node, c) : node.Op == Op.Not ? Cell.Of(c[0].Number == 0) : Number(node, c);
    }

    public static Cell Constant(Node node) => node.Constant switch
    {
        bool truth => Cell.Of(truth),
        Int128 number => Cell.Of(number),
        long days => Cell.Of((Int128)days),
        var text => Cell.Of((string)text),
    };

    private static Cell Connect(ReadOnlySpan<Cell> c, bool decides)
    {
        var known = true;
        foreach (ref readonly var cell in c)
        {
            if (cell.IsKnown && cell.IsTrue == decides) return Cell.Of(decides);
            known &= cell.IsKnown;
        }
        return known ? Cell.Of(!decides) : Cell.Unknown;
    }

    private static Cell If(ReadOnlySpan<Cell> c)
    {
        if (c[0].IsKnown) return c[0].IsTrue ? c[1] : c[2];
        return c[1].IsKnown && c[2].IsKnown && (c.Length > 3 ? c[3].IsTrue : c[1] == c[2]) ? c[1] : Cell.Unknown;
    }

    private static Cell Number(Node node, ReadOnlySpan<Cell> c)
    {
        var (a, b) = (c[0].Number, c.Length > 1 ? c[1].Number : 0);
        return node.Op switch
        {
            Op.Less => Cell.Of(a < b),
            Op.LessOrEqual => Cell.Of(a <= b),
            Op.Equal => Cell.Of(a == b),
            Op.Add => Cell.Of(checked(a + b)),
            Op.Subtract => Cell.Of(checked(a - b)),
            Op.Multiply => Cell.Of(checked(a * b)),
            Op.Minimum => Cell.Of(Int128.Min(a, b)),
            Op.Maximum => Cell.Of(Int128.Max(a, b)),
            Op.Rescale => Cell.Of(checked(a * PlanBuilder.PowerOfTen((int)node.Payload!))),
            Op.Divide => Cell.Of(PlanBuilder.Quotient(a, b, (DivideMode)node.Payload!)),
            Op.NonZero => a == 0 ? Cell.Unknown : c[0],
            Op.Days => Cell.Of((Int128)Civil.Days((long)a, (long)b)),
            Op.WholeMonths => Cell.Of((Int128)Civil.WholeMonths((long)a, (long)b)),
            Op.AddDays => Cell.Of(a + b),
            Op.AddMonths => FeelDate.TryAddMonths((long)a, (long)b, out var later)
                ? Cell.Of((Int128)later) : Cell.Unknown,
            _ => throw new InvalidOperationException($"{node.Op} is no operation on numbers"),
        };
    }

    /// <summary>Operations that take or give a text.</summary>
    private Cell Text(Node node, ReadOnlySpan<Cell> c)
    {
        switch (node.Op)
        {
            case Op.TextEqual: return Cell.Of(c[0].Text == c[1].Text);
            case Op.InSet:
                return Cell.Of(Array.BinarySearch((string[])node.Payload!, c[0].Text, StringComparer.Ordinal) >= 0);
            case Op.Within: return Within(c[0].Text!, (string)node.Payload!);
            case Op.HasItem: return Cell.Of(PlanBuilder.Items(c[0].Text!).Contains((string)node.Payload!));
            case Op.AnyIn: return Cell.Of(PlanBuilder.Items(c[0].Text!).Any(((string[])node.Payload!).Contains));
            case Op.AllIn: return Cell.Of(PlanBuilder.Items(c[0].Text!).All(((string[])node.Payload!).Contains));
            case Op.IndustryGroup:
                return _tables.Industries.Group(c[0].Text!) is { } group ? Cell.Of((Int128)group) : Cell.Unknown;
            case Op.NumberText: return Cell.Of(c[0].Number.ToString(CultureInfo.InvariantCulture));
            case Op.Substring: return Cell.Of(Substring(c[0].Text!, ((int, int))node.Payload!));
            case Op.Concat:
                var parts = new string[c.Length];
                for (var i = 0; i < parts.Length; i++) parts[i] = c[i].Text!;
                return Cell.Of(string.Concat(parts));
            default: throw new InvalidOperationException($"{node.Op} is no operation on texts");
        }
    }

    private Cell Within(string code, string prefix)
    {
        var within = _within.Invoke(new Feel.Functions.Call(_frame, default), [Value.Of(code), Value.Of(prefix)]);
        return within.IsUnknown ? Cell.Unknown : Cell.Of(within.IsTrue);
    }

    /// <summary>The rate on a day, at <see cref="PlanBuilder.LprScale"/>.</summary>
    private Cell Lpr(long day, string tenor) => _tables.Lpr.Rate(day, tenor) is { } rate
        ? Cell.Of((Int128)(rate * (decimal)PlanBuilder.PowerOfTen(PlanBuilder.LprScale))) : Cell.Unknown;

    /// <summary>In code points, as FEEL counts; what lies beyond the text is empty.</summary>
    private static string Substring(string text, (int Start, int Length) cut)
    {
        var (from, to, seen) = (text.Length, text.Length, 0);
        for (var i = 0; i < text.Length; i += char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1, seen++)
        {
            if (seen == cut.Start - 1) from = i;
            if (seen - (cut.Start - 1) == cut.Length)
            {
                to = i;
                break;
            }
        }
        return text[from..Math.Max(from, to)];
    }
}
