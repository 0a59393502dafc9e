using System.Globalization;
using System.Text;
using Zhida.Policy.Deciding;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Sql;

/// <summary>
/// The two views of an item: all lines with the first condition that fails, and what the lines that fail none get. Each
/// is a row of queries (WITH) that a person can read from top to bottom.
/// </summary>
internal sealed class ItemSql
{
    private readonly ItemPlan _plan;
    private readonly NodeWriter _writer;
    private readonly IReadOnlyList<CapPlan> _nested;
    private readonly SqlNames _columns = new(), _queries = new();
    private readonly LineRow _row;
    private readonly List<(string Name, string Query)> _with = [];
    private readonly string _name;
    private readonly RowPath _object, _subject;

    /// <param name="name">What the item's views begin with.</param>
    public ItemSql(ItemPlan plan, NodeWriter writer, IReadOnlyList<CapPlan> nested, string name)
    {
        (_plan, _writer, _nested, _name) = (plan, writer, nested, name);
        _row = new LineRow(writer.Views, _columns);
        _object = RowPath.Here.Then(HopKind.Object, plan.Item.Object);
        _subject = plan.Item.Object == writer.Views.Subject ? _object
            : _object.Then(HopKind.Subject, writer.Views.Subject);
    }

    private Item Item => _plan.Item;

    private LineDomain Lines => _plan.Lines;

    private SqlDialect Dialect => _writer.Dialect;

    public string ConditionsView => SqlNames.Quote(_name + "_条件");

    public string DueView => SqlNames.Quote(_name + "_判定");

    /// <summary>The names of the two views with their queries.</summary>
    public IReadOnlyList<(string Name, string Query)> Views()
    {
        var (path, steps) = (RowPath.Here, new SqlSteps(_writer, _row));
        Start();
        Cut();
        foreach (var condition in _plan.Conditions) steps.Add(condition.Holds, path);
        AddSteps(steps, "步");
        var conditions = Conditions();
        var early = _with.ToList();
        _with.Clear();
        _with.Add(("过", $"SELECT * FROM {ConditionsView}\n  WHERE 首个不符_序 IS NULL"));
        var due = Due();
        var late = _with.ToList();
        // What is taken from the tables, and which years' facts, is known only now.
        early.InsertRange(0, First());
        return [(ConditionsView, With(early, conditions)), (DueView, With(late, due))];
    }

    private static string With(List<(string Name, string Query)> with, string last) =>
        with.Count == 0 ? last
            : $"WITH {string.Join(",\n", with.Select(w => $"{w.Name} AS (\n  {w.Query}\n)"))}\n{last}";

    /// <summary>A query over the one before it, which adds columns.</summary>
    private void Add(string name, IReadOnlyList<string> columns, string? from = null)
    {
        name = SqlNames.Quote(_queries.Take(name));
        _with.Add((name, $"SELECT {PairRow.Outside}.*,\n    " +
            $"{string.Join(",\n    ", columns.Select(c => SqlText.Indent(c, 4)))}\n" +
            $"  FROM {from ?? $"{Last} AS {PairRow.Outside}"}" +
            Dialect.Once));
    }

    private string Last => _with.Count > 0 ? _with[^1].Name : "取数";

    private void AddSteps(SqlSteps steps, string name)
    {
        foreach (var columns in steps.Columns())
            if (columns.Count > 0) Add(name, columns);
    }

    /// <summary>Names that every line has.</summary>
    private void Start()
    {
        foreach (var name in new[] { "取数", "分期", "行", "过" }) _queries.Take(name);
        foreach (var name in new[]
        {
            "主体", "对象", FactViews.City, "期", "首个不符_序", LineColumns.Year, LineColumns.First, LineColumns.Last, "首日",
            "末日", "结果", "金额状态", "金额_分", "缺", "上限作用", "求额", "事项", "首个不符",
            "申报时间", "一年期", "五年期以上",
        }) _columns.Take(name);
        _row.Bind(_subject, _writer.Views.Subject.Name);
        if (Item.Object != _writer.Views.Subject)
            _row.Bind(_object, _writer.Views.Has(Item.Object) ? Item.Object.Name : null);
        _row.Has(_subject, TableLayout.Id, "主体");
        _row.Has(_object, TableLayout.Id, "对象");
        _row.Has(_object, TableLayout.Subject, "主体");
    }

    /// <summary>The queries that take the facts and cut what happened into lines.</summary>
    private List<(string, string)> First()
    {
        var (views, subject) = (_writer.Views, _writer.Views.Subject.Name);
        var (select, from, where) = (new List<string>(), new StringBuilder(), "");
        select.Add($"{subject}.编号 AS 主体");
        from.Append(CultureInfo.InvariantCulture, $"{views.Name(views.Subject)} AS {subject}");
        if (Item.Object == views.Subject) select.Add($"{subject}.编号 AS 对象");
        else if (!views.Has(Item.Object)) select.Add("NULL::TEXT AS 对象");
        else
        {
            var flag = FactViews.UnknownFlag(Item.Object);
            views.Use(views.Subject, flag);
            views.Use(Item.Object, TableLayout.Id);
            var alias = SqlNames.Quote(Item.Object.Name);
            select.Add($"{alias}.编号 AS 对象");
            // Where nobody said whether there is such an object, a line says what could be.
            from.Append(CultureInfo.InvariantCulture,
                $"\n  LEFT JOIN {views.Name(Item.Object)} AS {alias} ON {alias}.主体 = {subject}.编号");
            where = $"\n  WHERE {alias}.编号 IS NOT NULL OR {subject}.{flag}";
        }
        select.Add(views.Use(views.Subject, FactViews.City) ? $"{subject}.{FactViews.City}"
            : $"'未知' AS {FactViews.City}");
        var joins = string.Concat(_row.Joins.Select(j => $"\n  {j}"));
        var result = new List<(string, string)>
        {
            ("取数", $"SELECT {string.Join(",\n    ", select.Concat(_row.Select))}\n  FROM {from}{joins}{where}"),
        };
        return result;
    }

    private void Cut()
    {
        var days = new[] { (Day: Lines.First, Name: "首日"), (Day: Lines.Last, Name: "末日") }
            .Select(d => $"{_writer.Write(d.Day, _object, _row).Text} AS {d.Name}").ToArray();
        if (Lines.Cuts)
        {
            Add("期间", days, $"取数 AS {PairRow.Outside}");
            var period = new PeriodSql(Dialect, Lines);
            _with.Add(("分期", $"SELECT {PairRow.Outside}.*,\n    {period.Column}\n" +
                $"  FROM 期间 AS {PairRow.Outside}{period.From}"));
            Add("各期", [period.Name + " AS 期", period.FirstDay + $" AS {LineColumns.First}",
                period.LastDay + $" AS {LineColumns.Last}"], null);
        }
        else
        {
            var name = Lines.Kind switch
            {
                PeriodKind.Once => "一次",
                PeriodKind.Policy => "政策期",
                PeriodKind.Batch => "本批次",
                _ => "未知",
            };
            var years = ReadsYears();
            Add("各期", [$"'{name}' AS 期", .. years ? days : []], $"取数 AS {PairRow.Outside}");
            if (years)
                Add("起止", [$"首日 AS {LineColumns.First}", $"末日 AS {LineColumns.Last}"], null);
        }
        AddYears();
    }

    private bool ReadsYears() => YearFacts().Any();

    /// <summary>The facts of years that the plan reads.</summary>
    private IEnumerable<Fact> YearFacts()
    {
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        return PlanRoots.Of(_plan).SelectMany(root => PlanRoots.Below(root, seen))
            .Where(n => n.Op == Op.Fact).Select(n => (Fact)n.Payload!).Where(f => f.Yearly).Distinct();
    }

    private void AddYears()
    {
        foreach (var fact in YearFacts()) _row.YearFact(Lines, fact);
        if (_row.Years.Count == 0) return;
        var owner = Item.Object == _writer.Views.Subject ? "" : $" AND 年.{SqlNames.Quote(Item.Object.Name)} = 行.对象";
        var table = FactViews.YearName(Item.Object);
        if (Lines.Kind == PeriodKind.CalendarYear)
        {
            Add("年度数据", [.. _row.Years.Select(y => $"年.{SqlNames.Quote(y.Fact.Name)} AS {y.Column}")],
                $"{Last} AS {PairRow.Outside}\n  LEFT JOIN {table} AS 年 ON 年.主体 = 行.主体{owner} AND " +
                $"年.年度 = 行.{LineColumns.Year}");
            return;
        }
        Add("年度数据", [.. _row.Years.Select(y => $"{SumOfYears(y.Fact, table, owner)} AS {y.Column}")], null);
    }

    /// <summary>What a period that holds whole years of the accrual has together; one that cuts a year has none.
    /// </summary>
    private string SumOfYears(Fact fact, string table, string owner)
    {
        var (first, last) = (new SqlText($"行.{LineColumns.First}", SqlText.Atom), new SqlText($"行.{LineColumns.Last}",
            SqlText.Atom));
        var (from, to, name) = (Dialect.Year(first), Dialect.Year(last), SqlNames.Quote(fact.Name));
        var whole = !Lines.Cuts ? "" :
            $"\n      AND (行.首日 = {first.Text} OR {first.Text} = make_date(CAST({from} AS INTEGER), 1, 1))" +
            $"\n      AND (行.末日 = {last.Text} OR {last.Text} = make_date(CAST({to} AS INTEGER), 12, 31))";
        return $"(SELECT CASE WHEN {first.Text} IS NOT NULL AND {last.Text} IS NOT NULL{whole}\n" +
            $"      AND count(年.{name}) = greatest(0, {to} - {from} + 1) " +
            $"THEN CAST(coalesce(sum(年.{name}), 0) AS BIGINT) END\n" +
            $"    FROM {table} AS 年 WHERE 年.主体 = 行.主体{owner} AND 年.年度 BETWEEN {from} AND {to})";
    }

    private string Conditions()
    {
        var columns = new List<string>();
        for (var i = 0; i < _plan.Conditions.Count; i++)
        {
            var (condition, holds) = _plan.Conditions[i];
            var basis = condition.Basis is { } words ? $"　依据“{words.Quote}”" : "";
            columns.Add($"-- {Comment($"{condition.Number}. {condition.Label}{basis}")}\n" +
                $"{_writer.Write(holds, RowPath.Here, _row).Text} AS 条件{i + 1}");
        }
        if (columns.Count > 0) Add("条件", columns);
        var first = columns.Count == 0 ? "NULL::INTEGER" : SqlText.Case([.. columns.Select((_, i) =>
            (new SqlText($"NOT 条件{i + 1}", SqlText.Not), new SqlText(Number(i + 1), SqlText.Atom)))]).Text;
        return $"SELECT 行.*,\n  {SqlText.Indent(first, 2)} AS 首个不符_序\nFROM {Last} AS 行";
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>On one line, whatever the words hold.</summary>
    public static string Comment(string words) => words.ReplaceLineEndings(" ");

    /// <summary>Result, state, missing facts and amount of the lines that fail no condition.</summary>
    private string Due()
    {
        var (path, steps) = (RowPath.Here, new SqlSteps(_writer, _row));
        foreach (var root in PlanRoots.OfAmount(_plan)) steps.Add(root, path);
        AddSteps(steps, "算");
        string Write(Node node) => _writer.Condition(node, path, _row).Text;
        var conditions = _plan.Conditions.Select((_, i) => new SqlText($"条件{i + 1}", SqlText.Atom)).ToList();
        Add("结论",
        [
            (conditions.Count == 0 ? SqlText.Quote(Words.Of(Outcome.Due)) : SqlText.Case(
                [(SqlText.Join(true, conditions), new SqlText(SqlText.Quote(Words.Of(Outcome.Due)), SqlText.Atom))],
                new SqlText(SqlText.Quote(Words.Of(Outcome.Undecided)), SqlText.Atom)).Text) + " AS 结果",
            $"{State(Write)} AS 金额状态",
            $"{Missing(Write)} AS 缺",
        ]);
        var drawn = "NULL::BIGINT";
        if (_plan.Asked is { } asked)
            drawn = SqlText.Case([(new SqlText("结果 = '符合' AND 金额状态 = '定额'", SqlText.And),
                _writer.Write(asked, path, _row))]).Text;
        var caps = new CapSql(_plan, _nested, _writer, _row);
        Add("求额", [$"{drawn} AS 求额", .. _plan.Asked is null ? [] : caps.Columns()]);
        if (_plan.Asked is not null)
            foreach (var (name, columns) in caps.Queries()) Add(name, columns);
        return $"SELECT 主体, 对象, {SqlText.Quote(Item.Id)} AS 事项, 期, 结果, 金额状态, {caps.Amount} AS 金额_分,\n" +
            $"  NULL::TEXT AS 首个不符, 缺, {SqlText.Indent(caps.Bit, 2)} AS 上限作用, 城市,\n" +
            $"  {caps.Filed} AS 申报时间\nFROM {Last} AS {PairRow.Outside}";
    }

    private string State(Func<Node, string> write)
    {
        static string Quoted(AmountState state) => SqlText.Quote(Words.Of(state));
        return Item.Amount.Kind switch
        {
            AmountKind.None => Quoted(AmountState.None),
            AmountKind.AtMost => Quoted(AmountState.Bound),
            AmountKind.Open => Quoted(AmountState.Open),
            _ => SqlText.Case(
            [
                (new SqlText(write(_plan.Fixed), SqlText.Atom), new SqlText(Quoted(AmountState.Fixed), SqlText.Atom)),
                (new SqlText(write(_plan.Open), SqlText.Atom), new SqlText(Quoted(AmountState.Open), SqlText.Atom)),
            ], new SqlText(Quoted(AmountState.Missing), SqlText.Atom)).Text,
        };
    }

    private string Missing(Func<Node, string> write)
    {
        var texts = _plan.Missing.Select(m => (m.Path, Where: write(m.Where))).Where(m => m.Where != "FALSE")
            .Select(m => $"CASE WHEN {SqlText.Indent(m.Where, 4)} THEN {SqlText.Quote(m.Path)} END").ToList();
        return texts.Count == 0 ? "NULL::TEXT"
            : $"nullif(concat_ws('；',\n  {string.Join(",\n  ", texts)}), '')";
    }
}
