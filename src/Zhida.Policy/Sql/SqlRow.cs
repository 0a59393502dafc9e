using Zhida.Policy.Plans;
using Zhida.Policy.Program;

namespace Zhida.Policy.Sql;

/// <summary>The rows of a query as expressions see them: how a column of the row, or of one that it leads to, is
/// called. </summary>
internal abstract class SqlRow
{
    /// <summary>A column of the object at the end of a way; a typed NULL where the database has none.</summary>
    public abstract SqlText Column(RowPath path, string column, NodeType type);

    /// <summary>A column of the line itself: 年度, 行起, 行止, or a year's fact.</summary>
    public abstract SqlText LineColumn(string column);

    public abstract SqlText YearFact(LineDomain lines, Fact fact);

    /// <summary>The column that holds a value computed before, or null.</summary>
    public virtual SqlText? Computed(Node node, RowPath path) => null;

    /// <summary>The column that holds what the first branch that holds gives (see <see cref="IfChain"/>), or null.
    /// </summary>
    public virtual SqlText? FirstHit(Node node, RowPath path) => null;
}

/// <summary>If … else if … else: a decision table as nodes. Inner nodes of a chain have no column of their own.
/// </summary>
/// <param name="Branches">Condition and result.</param>
/// <param name="Otherwise">Where none holds.</param>
internal sealed record IfChain(IReadOnlyList<(Node When, Node Then)> Branches, Node Otherwise)
{
    /// <summary>Whether the branch that holds may not be the result, because one before it may hold too: not where all
    /// conditions hang on one thing, and nothing comes of it where that is not known.</summary>
    public bool MayBeUnknown { get; } = Branches.Any(b => b.When.MayBeUnknown) &&
        (Otherwise.Op != Op.Unknown || Branches.Select(b => Sole(b.When)).Distinct().ToList() is not [{ } _]);

    /// <summary>The one thing a value hangs on: it is unknown where, and only where, that is; else null.</summary>
    private static Node? Sole(Node node)
    {
        if (!node.MayBeUnknown) return null;
        if (node.Op is not (Op.And or Op.Or or Op.Not or Op.Less or Op.LessOrEqual or Op.Equal or Op.TextEqual
            or Op.InSet or Op.Rescale)) return node;
        // A child that is always known may decide a conjunction alone.
        if (node.Op is Op.And or Op.Or && node.Children.Any(c => !c.MayBeUnknown)) return node;
        var things = node.Children.Where(c => c.MayBeUnknown).Select(Sole).Distinct().ToList();
        return things.Count == 1 ? things[0] : node;
    }

    /// <summary>The chain that begins at a node; null where it has but one condition.</summary>
    public static IfChain? Of(Node node, IReadOnlyDictionary<Node, string> names)
    {
        if (!Continues(node) || !Continues(node.Children[2])) return null;
        var branches = new List<(Node, Node)> { (node.Children[0], node.Children[1]) };
        var rest = node.Children[2];
        for (; Continues(rest) && !names.ContainsKey(rest); rest = rest.Children[2])
            branches.Add((rest.Children[0], rest.Children[1]));
        return branches.Count < 2 ? null : new IfChain(branches, rest);
    }

    private static bool Continues(Node node) => node is { Op: Op.If, Children.Count: 3 };
}
