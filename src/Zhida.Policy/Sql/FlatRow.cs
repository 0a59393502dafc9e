using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Sql;

/// <summary>
/// Rows whose first query takes all facts that any expression reads, under names of their own (贷款_本金); the queries
/// after it add columns to these. What is joined and taken is known when all expressions are written.
/// </summary>
internal class FlatRow(FactViews views, SqlNames columns) : SqlRow
{
    private readonly Dictionary<string, string?> _aliases = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Path, string Column), SqlText> _taken = [];
    private readonly SqlNames _aliasNames = new();
    private readonly List<string> _joins = [], _select = [];

    protected FactViews Views { get; } = views;

    /// <summary>Names of the columns of the row.</summary>
    public SqlNames Names { get; } = columns;

    /// <summary>Columns computed so far, by node and way.</summary>
    public Dictionary<(Node, string), SqlText> Known { get; } = [];

    public Dictionary<(Node, string), SqlText> Hits { get; } = [];

    public IReadOnlyList<string> Joins => _joins;

    public IReadOnlyList<string> Select => _select;

    public override SqlText? Computed(Node node, RowPath path) =>
        Known.TryGetValue((node, path.Key), out var column) ? column : null;

    public override SqlText? FirstHit(Node node, RowPath path) =>
        Hits.TryGetValue((node, path.Key), out var column) ? column : null;

    /// <summary>Says that a way is an alias of the FROM clause; null: the database has no such rows.</summary>
    public void Bind(RowPath path, string? alias) =>
        _aliases[path.Key] = alias is null ? null : SqlNames.Quote(_aliasNames.Take(alias));

    /// <summary>Says what a column of the object at the end of a way is called that every row has.</summary>
    public void Has(RowPath path, string column, string name) =>
        _taken[(path.Key, column)] = new SqlText(SqlNames.Quote(name), SqlText.Atom);

    public override SqlText Column(RowPath path, string column, NodeType type)
    {
        if (column == TableLayout.Subject && path.Target == Views.Subject) column = TableLayout.Id;
        if (_taken.TryGetValue((path.Key, column), out var taken)) return taken;
        if (AliasOf(path) is not { } alias || !Views.Use(path.Target!, column)) return SqlText.Null(type);
        // The rows of an object have all its columns.
        if (path.Before is null) return new SqlText(SqlNames.Quote(column), SqlText.Atom);
        var name = SqlNames.Quote(Names.Take($"{path.Target!.Name}_{column}"));
        _select.Add($"{alias}.{SqlNames.Quote(column)} AS {name}");
        return _taken[(path.Key, column)] = new SqlText(name, SqlText.Atom);
    }

    private string? AliasOf(RowPath path)
    {
        if (_aliases.TryGetValue(path.Key, out var alias)) return alias;
        var target = path.Target!;
        var before = AliasOf(path.Before!);
        if (before is null || !Views.Has(target)) return _aliases[path.Key] = null;
        alias = SqlNames.Quote(_aliasNames.Take(target.Name));
        if (path.Kind == HopKind.Reference) Views.Use(path.Before!.Target!, target.Name);
        _joins.Add($"LEFT JOIN {Views.Name(target)} AS {alias} ON " + On(path, before, alias));
        return _aliases[path.Key] = alias;
    }

    public static string On(RowPath path, string before, string alias) => path.Kind == HopKind.Subject
        ? $"{alias}.编号 = {before}.主体"
        : $"{alias}.主体 = {before}.主体 AND {alias}.编号 = {before}.{SqlNames.Quote(path.Target!.Name)}";

    public override SqlText LineColumn(string column) => throw new InvalidOperationException($"{column} of an object");

    public override SqlText YearFact(LineDomain lines, Fact fact) =>
        throw new InvalidOperationException($"{fact.Path} of an object");
}

/// <summary>The lines of an item.</summary>
internal sealed class LineRow(FactViews views, SqlNames columns) : FlatRow(views, columns)
{
    private readonly List<(Fact Fact, string Column)> _years = [];

    /// <summary>The facts of years that expressions read, and what they are called.</summary>
    public IReadOnlyList<(Fact Fact, string Column)> Years => _years;

    public override SqlText LineColumn(string column) => new(column, SqlText.Atom);

    public override SqlText YearFact(LineDomain lines, Fact fact)
    {
        var type = PlanBuilder.TypeOf(fact);
        // Only of numbers is there a sum over the years of a longer period.
        if (lines.Kind != PeriodKind.CalendarYear && type != NodeType.Number || !Views.UseYear(lines.Object, fact))
            return SqlText.Null(type);
        if (!_years.Exists(y => y.Fact == fact)) _years.Add((fact, SqlNames.Quote(Names.Take("行_" + fact.Name))));
        var column = _years.Find(y => y.Fact == fact).Column;
        return new SqlText(column, SqlText.Atom);
    }
}

/// <summary>The pairs of an outer row and its children, in a query within an expression.</summary>
internal sealed class PairRow : SqlRow
{
    /// <summary>What queries over rows call these, so that an inner query can name their columns.</summary>
    public const string Outside = "行";

    private readonly NodeWriter _writer;
    private readonly SqlRow _outer;
    private readonly RowPath _path;
    private readonly Dictionary<string, string?> _aliases = new(StringComparer.Ordinal);
    private readonly SqlNames _names = new();
    private readonly List<string> _joins = [];
    private readonly string _start, _where;

    public PairRow(NodeWriter writer, SqlRow outer, RowPath path, PairDomain pairs)
    {
        (_writer, _outer, _path) = (writer, outer, path);
        for (var r = outer; r is PairRow inner; r = inner._outer)
            foreach (var alias in inner._aliases.Values.OfType<string>()) _names.Take(alias);
        var (views, children) = (writer.Views, pairs.Children.Object);
        var child = SqlNames.Quote(_names.Take(children.Name));
        _aliases[RowPath.Here.Then(HopKind.Child, children).Key] = child;
        _start = $"{views.Name(children)} AS {child}";
        views.Use(children, TableLayout.Id);
        var owner = path.Then(pairs.Path);
        if (owner.Target is null) owner = path.Then(HopKind.Object, pairs.Outer.Object);
        _where = $"{child}.主体 = {Outer(owner, TableLayout.Subject).Text}";
        if (pairs.Reference < 0) return;
        var reference = children.References[pairs.Reference];
        views.Use(children, reference.Target.Name);
        _where += $" AND {child}.{SqlNames.Quote(reference.Target.Name)} = {Outer(owner, TableLayout.Id).Text}";
        // Where one child doesn't say to whom it belongs, nobody's children are known.
        if (!reference.Optional)
            _where += $"\n  AND NOT EXISTS (SELECT 1 FROM {views.Name(children)} AS 各 WHERE 各.主体 = {child}.主体 AND " +
                $"各.{SqlNames.Quote(reference.Target.Name)} IS NULL)";
    }

    /// <summary>FROM and WHERE; complete when the expression is written.</summary>
    public string From => $"{_start}{string.Concat(_joins.Select(j => "\n" + j))}\nWHERE {_where}";

    private SqlText Outer(RowPath path, string column) => Qualified(_outer.Column(path, column, NodeType.Text));

    private SqlText Qualified(SqlText column) => Within(_outer, column);

    /// <summary>A row's column as an inner query must call it, whose own tables may have one of that name.</summary>
    public static SqlText Within(SqlRow row, SqlText column) => column.IsNull || row is PairRow ? column
        : column with { Text = $"{Outside}.{column.Text}" };

    private RowPath? OuterPath(RowPath path) =>
        path.Steps is [{ Kind: HopKind.Outer }, ..] ? path.From(_path) : null;

    public override SqlText? Computed(Node node, RowPath path) =>
        OuterPath(path) is { } outer && _outer.Computed(node, outer) is { } column ? Qualified(column) : null;

    public override SqlText? FirstHit(Node node, RowPath path) =>
        OuterPath(path) is { } outer && _outer.FirstHit(node, outer) is { } column ? Qualified(column) : null;

    public override SqlText Column(RowPath path, string column, NodeType type)
    {
        if (OuterPath(path) is { } outer) return Qualified(_outer.Column(outer, column, type));
        var views = _writer.Views;
        if (column == TableLayout.Subject && path.Target == views.Subject) column = TableLayout.Id;
        return AliasOf(path) is { } alias && views.Use(path.Target!, column)
            ? new SqlText($"{alias}.{SqlNames.Quote(column)}", SqlText.Atom) : SqlText.Null(type);
    }

    private string? AliasOf(RowPath path)
    {
        if (_aliases.TryGetValue(path.Key, out var alias)) return alias;
        var (views, target) = (_writer.Views, path.Target!);
        var before = AliasOf(path.Before!);
        if (before is null || !views.Has(target)) return _aliases[path.Key] = null;
        alias = SqlNames.Quote(_names.Take(target.Name));
        if (path.Kind == HopKind.Reference) views.Use(path.Before!.Target!, target.Name);
        _joins.Add($"LEFT JOIN {views.Name(target)} AS {alias} ON " + FlatRow.On(path, before, alias));
        return _aliases[path.Key] = alias;
    }

    public override SqlText LineColumn(string column) => Qualified(_outer.LineColumn(column));

    public override SqlText YearFact(LineDomain lines, Fact fact) => Qualified(_outer.YearFact(lines, fact));
}
