namespace Zhida.Policy.Plans;

/// <summary>Truth, choice and sets.</summary>
public sealed partial class PlanBuilder
{
    public Node And(params IReadOnlyList<Node> nodes) => Connect(Op.And, nodes);

    public Node Or(params IReadOnlyList<Node> nodes) => Connect(Op.Or, nodes);

    private Node Connect(Op op, IReadOnlyList<Node> nodes)
    {
        var flat = new List<Node>();
        foreach (var node in nodes)
            foreach (var part in node.Op == op ? node.Children : [node])
            {
                if (op == Op.And ? part.IsFalse : part.IsTrue) return part;
                if (part.Op != Op.Constant && !flat.Contains(part)) flat.Add(part);
            }
        if (flat.Exists(n => n.Op == Op.Not && !n.MayBeUnknown && flat.Contains(n.Children[0])))
            return Bool(op == Op.Or);
        for (var i = 0; i < flat.Count; i++)
            if (Given(op, flat, flat[i]) is { } shorter && !ReferenceEquals(shorter, flat[i]))
                return Connect(op, [.. flat[..i], shorter, .. flat[(i + 1)..]]);
        if (op == Op.And && Shortened(flat) is { } parts) return Connect(op, parts);
        return flat.Count switch
        {
            0 => Bool(op == Op.And),
            1 => flat[0],
            _ => Make(op, NodeType.Bool, null, [.. flat], flat.Exists(n => n.MayBeUnknown)),
        };
    }

    /// <summary>A part of a conjunction where the other parts hold (of a disjunction: where they don't), with what
    /// these settle left out. Only of parts that are never unknown.</summary>
    private Node Given(Op op, List<Node> parts, Node part)
    {
        var dual = op == Op.And ? Op.Or : Op.And;
        bool Settled(Node n) => !n.MayBeUnknown && !ReferenceEquals(n, part) && parts.Contains(n);
        bool Excluded(Node n) => !n.MayBeUnknown &&
            (n.Op == Op.Not ? Settled(n.Children[0])
                : parts.Exists(p => p.Op == Op.Not && ReferenceEquals(p.Children[0], n)));
        // a and (a or b) is a; a and (not a or b) is a and b.
        if (part.Op == dual && part.Children.Any(Settled)) return Bool(op == Op.And);
        if (part.Op == dual && part.Children.Any(Excluded))
            return Connect(dual, [.. part.Children.Where(c => !Excluded(c))]);
        // a and not (a and b) is a and not b.
        if (part is { Op: Op.Not, MayBeUnknown: false } && part.Children[0] is var inner && inner.Op == op &&
            inner.Children.Any(Settled))
            return Not(Connect(op, [.. inner.Children.Where(c => !Settled(c))]));
        return part;
    }

    public Node Not(Node node) => node.Op switch
    {
        Op.Constant => Bool(!node.IsTrue),
        Op.Not => node.Children[0],
        Op.Unknown => node,
        _ => Make(Op.Not, NodeType.Bool, null, [node], node.MayBeUnknown),
    };

    /// <param name="condition">What decides.</param>
    /// <param name="then">Where it is true.</param>
    /// <param name="otherwise">Where it is false.</param>
    /// <param name="same">Whether the branches count as equal, where that is not the equality of their values.</param>
    public Node If(Node condition, Node then, Node otherwise, Node? same = null)
    {
        if (condition.Op == Op.Constant) return condition.IsTrue ? then : otherwise;
        if (ReferenceEquals(then, otherwise) && (!then.MayBeUnknown || then.Op == Op.Unknown)) return then;
        if (condition.Op == Op.Unknown && (then.Op == Op.Unknown || otherwise.Op == Op.Unknown))
            return Unknown(then.Type, then.Scale);
        if (!condition.MayBeUnknown)
        {
            same = null;
            if (then.IsTrue && otherwise.IsFalse) return condition;
            if (then.IsFalse && otherwise.IsTrue) return Not(condition);
            if (then.IsTrue || ReferenceEquals(then, condition)) return Or(condition, otherwise);
            if (ReferenceEquals(otherwise, condition)) return And(condition, then);
            if (otherwise.IsFalse) return And(condition, then);
        }
        Node[] children = same is null ? [condition, then, otherwise] : [condition, then, otherwise, same];
        return Make(Op.If, then.Type, null, children,
            condition.MayBeUnknown || then.MayBeUnknown || otherwise.MayBeUnknown,
            then.Scale, Hull(then, otherwise, n => n.Low, Least), Hull(then, otherwise, n => n.High, Most));
    }

    /// <summary>A branch that is unknown is never what the number is.</summary>
    private static Int128? Hull(Node a, Node b, Func<Node, Int128?> end, Func<Int128?, Int128?, Int128?> hull) =>
        a.Op == Op.Unknown ? end(b) : b.Op == Op.Unknown ? end(a) : hull(end(a), end(b));

    public Node IsKnown(Node node)
    {
        if (!node.MayBeUnknown) return Bool(true);
        if (node.Op == Op.Unknown) return Bool(false);
        if (node.Op == Op.Lift && node.Payload is Hop hop)
        {
            if (hop.IsCertain) return Lift(hop, IsKnown(node.Children[0]));
            if (!node.Children[0].MayBeUnknown) return ReferenceKnown((ObjectDomain)hop.From, hop.Reference);
        }
        if (node.Op is Op.And or Op.Or) return Or(Is(node, true), Is(node, false));
        if (node is { Op: Op.If, Children: [{ MayBeUnknown: false } condition, var then, var otherwise] })
            return Or(And(condition, IsKnown(then)), And(Not(condition), IsKnown(otherwise)));
        return IsStrict(node.Op) ? And([.. node.Children.Select(IsKnown)])
            : Make(Op.IsKnown, NodeType.Bool, null, [node], false);
    }

    public Node IsTrue(Node node) => Is(node, true);

    public Node IsFalse(Node node) => Is(node, false);

    public Node IsUnknown(Node node) => Not(IsKnown(node));

    private Node Is(Node node, bool truth)
    {
        if (!node.MayBeUnknown) return truth ? node : Not(node);
        return node.Op switch
        {
            Op.Unknown => Bool(false),
            Op.Not => Is(node.Children[0], !truth),
            Op.And when truth => And([.. node.Children.Select(IsTrue)]),
            Op.And => Or([.. node.Children.Select(IsFalse)]),
            Op.Or when truth => Or([.. node.Children.Select(IsTrue)]),
            Op.Or => And([.. node.Children.Select(IsFalse)]),
            Op.If when node.Children is [{ MayBeUnknown: false } condition, var then, var otherwise] =>
                Or(And(condition, Is(then, truth)), And(Not(condition), Is(otherwise, truth))),
            Op.Lift when node.Payload is Hop { IsCertain: true } hop => Lift(hop, Is(node.Children[0], truth)),
            _ => Make(truth ? Op.IsTrue : Op.IsFalse, NodeType.Bool, null, [node], false),
        };
    }

    /// <summary>Unknown exactly where an operand is.</summary>
    private static bool IsStrict(Op op) => op is Op.Not or Op.Less or Op.LessOrEqual or Op.Equal or Op.TextEqual
        or Op.InSet or Op.HasItem or Op.AnyIn or Op.AllIn or Op.Add or Op.Subtract or Op.Multiply or Op.Minimum
        or Op.Maximum or Op.Rescale or Op.Divide or Op.Days or Op.WholeMonths or Op.AddDays or Op.AddMonths or Op.Concat
        or Op.Substring or Op.NumberText;

    public Node TextEqual(Node a, Node b)
    {
        if (a.Op == Op.Constant && b.Op == Op.Constant) return Bool((string)a.Constant == (string)b.Constant);
        if (a.Op == Op.Unknown || b.Op == Op.Unknown) return Unknown(NodeType.Bool);
        if (b.Op == Op.Constant) return InSet(a, [(string)b.Constant]);
        if (a.Op == Op.Constant) return InSet(b, [(string)a.Constant]);
        return Make(Op.TextEqual, NodeType.Bool, null, [a, b], a.MayBeUnknown || b.MayBeUnknown);
    }

    public Node InSet(Node text, IEnumerable<string> values) => OfText(Op.InSet, text,
        values.Distinct().Order(StringComparer.Ordinal).ToArray(), (t, set) => ((string[])set).Contains(t));

    /// <param name="text">A division or an industry.</param>
    /// <param name="prefix">Of a division or an industry.</param>
    /// <param name="evaluate">属于, for a constant; null: it fails.</param>
    public Node Within(Node text, string prefix, Func<string, string, bool?> evaluate)
    {
        if (text.Op == Op.Constant)
            return evaluate((string)text.Constant, prefix) is { } known ? Bool(known) : Unknown(NodeType.Bool);
        return text.Op == Op.Unknown ? Unknown(NodeType.Bool)
            : Make(Op.Within, NodeType.Bool, prefix, [text], text.MayBeUnknown);
    }

    public Node HasItem(Node list, string item) => OfText(Op.HasItem, list, item,
        (t, i) => Items(t).Contains((string)i));

    public Node AnyIn(Node list, IEnumerable<string> values) => OfText(Op.AnyIn, list,
        values.Distinct().Order(StringComparer.Ordinal).ToArray(), (t, set) => Items(t).Any(((string[])set).Contains));

    public Node AllIn(Node list, IEnumerable<string> values) => OfText(Op.AllIn, list,
        values.Distinct().Order(StringComparer.Ordinal).ToArray(), (t, set) => Items(t).All(((string[])set).Contains));

    /// <summary>The items of a list that is written as one text.</summary>
    public static string[] Items(string list) => list.Length == 0 ? [] : list.Split(Tables.TableLayout.Separator);

    private Node OfText(Op op, Node text, object payload, Func<string, object, bool> evaluate) => text.Op switch
    {
        Op.Constant => Bool(evaluate((string)text.Constant, payload)),
        Op.Unknown => Unknown(NodeType.Bool),
        _ => Make(op, NodeType.Bool, payload, [text], text.MayBeUnknown),
    };

    public Node Concat(Node a, Node b)
    {
        if (a.Op == Op.Constant && b.Op == Op.Constant) return Text((string)a.Constant + (string)b.Constant);
        if (a.Op == Op.Unknown || b.Op == Op.Unknown) return Unknown(NodeType.Text);
        if (a is { Op: Op.Constant, Payload: "" }) return b;
        if (b is { Op: Op.Constant, Payload: "" }) return a;
        Node[] parts = [.. a.Op == Op.Concat ? a.Children : [a], .. b.Op == Op.Concat ? b.Children : [b]];
        return Make(Op.Concat, NodeType.Text, null, parts, a.MayBeUnknown || b.MayBeUnknown);
    }

    public Node Substring(Node text, int start, int length) => text.Op is Op.Unknown ? text
        : Make(Op.Substring, NodeType.Text, (start, length), [text], text.MayBeUnknown);

    public Node NumberText(Node number) => number.Op is Op.Unknown ? Unknown(NodeType.Text)
        : Make(Op.NumberText, NodeType.Text, null, [number], number.MayBeUnknown);
}
