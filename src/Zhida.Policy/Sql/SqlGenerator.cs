using System.Globalization;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Policy.Sql;

/// <summary>Writes the plans of a run as a script that decides them within a database.</summary>
public sealed class SqlGenerator
{
    private readonly RunContext _run;
    private readonly RunPlan _plan;
    private readonly SqlDialect _dialect;
    private readonly FactViews _facts;
    private readonly List<SqlView> _derived = [], _items = [];
    private readonly List<SqlRefusal> _refusals = [];
    private readonly List<SqlItem> _results = [];

    private SqlGenerator(RunContext run, RunPlan plan, SqlDialect dialect, SqlSource source)
    {
        (_run, _plan, _dialect) = (run, plan, dialect);
        _facts = new FactViews(run.Program.Dictionary, source, dialect, run.Reference);
    }

    /// <param name="run">What is decided.</param>
    /// <param name="plan">The same as plans.</param>
    /// <param name="dialect">For which database.</param>
    /// <param name="source">What it has.</param>
    public static SqlScript Generate(RunContext run, RunPlan plan, SqlDialect dialect, SqlSource source) =>
        new SqlGenerator(run, plan, dialect, source).Generate();

    private SqlScript Generate()
    {
        var plans = Accepted();
        foreach (var type in _run.Program.Dictionary.Objects.Values.OrderBy(t => t != _facts.Subject))
            if (_facts.Has(type)) Derive(type, [.. plans.Select(p => p.Plan)]);
        foreach (var (plan, nested) in plans) Write(plan, nested);
        var views = new List<SqlView>();
        // The views of facts hold what the others have asked for.
        foreach (var (name, query, comment) in _facts.Views()) views.Add(new SqlView(name, query, comment,
            SqlViewKind.Facts));
        views.AddRange(_derived);
        views.AddRange(_items);
        if (_results.Count > 0) views.AddRange(Results());
        return new SqlScript(_dialect, views, _results, _refusals);
    }

    private List<(ItemPlan Plan, IReadOnlyList<CapPlan> Nested)> Accepted()
    {
        var plans = new List<(ItemPlan, IReadOnlyList<CapPlan>)>();
        for (var i = 0; i < _run.Items.Count; i++)
        {
            var item = _run.Items[i];
            if (_plan.Items[i] is not { } plan)
            {
                _refusals.Add(new SqlRefusal(item,
                    _plan.Refusals.FirstOrDefault(r => r.Item == item)?.Reason ?? "没有列式写法"));
                continue;
            }
            var (nested, refusal) = plan.Asked is null ? ([], null) : CapOrder.Of(plan, _facts.Subject);
            if ((refusal ?? SqlLimits.Refusal(plan, _dialect)) is { } reason) _refusals.Add(new SqlRefusal(item,
                reason));
            else plans.Add((plan, nested));
        }
        return plans;
    }

    /// <summary>The view of what hangs on an object alone, where items use some; and the subject's place.</summary>
    private void Derive(ObjectType type, IReadOnlyList<ItemPlan> plans)
    {
        var place = type == _facts.Subject ? _plan.Jurisdiction : null;
        var view = new DerivedView(type, plans, place,
            names => new NodeWriter(_dialect, _run.Reference, _facts, names));
        if (view.Columns.Count == 0 && place is null) return;
        string[] city = view.Place is { } code ? [$"{SqlText.Indent(City(code), 2)} AS {FactViews.City}"] : [];
        string[] title = [.. view.Title, .. city.Length > 0 ? new[] { FactViews.City } : []];
        _facts.AddDerived(type, view.Columns);
        _derived.Add(new SqlView(_facts.Name(type), view.Query(city),
            $"{type.Name}的推导事实{(title.Length > 0 ? "：" : "")}{string.Join("、", title)}", SqlViewKind.Derived));
    }

    /// <summary>The name of the city by which a run counts.</summary>
    private string City(string code)
    {
        var cities = _run.Cities;
        var places = _run.Reference.Divisions.All.Where(d => d.Level == "city")
            .OrderBy(d => d.Code, StringComparer.Ordinal).Select(d => $"WHEN {SqlText.Quote(d.Code[..4])} THEN " +
                $"{SqlText.Quote(cities.Names[cities.IndexOf(d.Code)])}");
        var zone = cities.Names[cities.IndexOf(Divisions.Zone)];
        return $"CASE WHEN coalesce({code}, '') = '' THEN {SqlText.Quote(cities.Names[cities.Unknown])}\n" +
            $"  WHEN {code} = {SqlText.Quote(Divisions.Zone)} THEN {SqlText.Quote(zone)}\n" +
            $"  ELSE CASE substr({code}, 1, 4) {string.Join("\n    ", places)}\n    ELSE " +
            $"{SqlText.Quote(cities.Names[cities.Unknown - 1])} END\nEND";
    }

    private void Write(ItemPlan plan, IReadOnlyList<CapPlan> nested)
    {
        var item = plan.Item;
        var single = _run.Items.Count(i => i.Number == item.Number) == 1;
        var sql = new ItemSql(plan, new NodeWriter(_dialect, _run.Reference, _facts, plan.Names), nested,
            "事项_" + (single ? item.Number : item.Id));
        var views = sql.Views();
        _items.Add(new SqlView(views[0].Name, views[0].Query, $"{item.Id} {item.Title}：条件", SqlViewKind.Item));
        _items.Add(new SqlView(views[1].Name, views[1].Query, $"{item.Id} {item.Title}：金额", SqlViewKind.Item));
        _results.Add(new SqlItem(item, sql.DueView, sql.ConditionsView));
    }

    private const string Conditions = "条件表", Failed = "首个不符_序";

    /// <summary>The conditions by their places in the queries.</summary>
    private string ConditionRows()
    {
        var rows = _results.SelectMany(r => r.Item.Conditions.Select((c, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"({SqlText.Quote(r.Item.Id)}, {i + 1}, {c.Number}, {SqlText.Quote(c.Label)})"))).ToList();
        return rows.Count == 0
            ? $"SELECT NULL::TEXT AS 事项, NULL::INTEGER AS {Failed}, NULL::INTEGER AS 条件序号, NULL::TEXT AS 条件 WHERE FALSE"
            : $"SELECT * FROM (VALUES\n  {string.Join(",\n  ", rows)}\n) AS 各(事项, {Failed}, 条件序号, 条件)";
    }

    private string OfFailed(string columns, string rest) => string.Join("\n  UNION ALL\n  ", _results.Select(r =>
        $"SELECT {SqlText.Quote(r.Item.Id)} AS 事项, {columns} FROM {r.Conditions} WHERE {Failed} IS NOT NULL{rest}"));

    private static string WithConditions(string columns, string rows) => $"SELECT {columns}\nFROM (\n  {rows}\n) " +
        $"AS 行 JOIN {Conditions} AS 条 ON 条.事项 = 行.事项 AND 条.{Failed} = 行.{Failed}";

    private IEnumerable<SqlView> Results()
    {
        yield return new SqlView(SqlScript.Due, string.Join("\nUNION ALL\n", _results.Select(r =>
            $"SELECT 主体, 对象, 事项, 期, 结果, 金额状态, 金额_分, 首个不符, 缺, 上限作用 FROM {r.Due}")),
            "符合和待补充的行", SqlViewKind.Result);
        yield return new SqlView(Conditions, ConditionRows(), "各事项的条件，按判断的先后", SqlViewKind.Result);
        yield return new SqlView(SqlScript.All, $"SELECT * FROM {SqlScript.Due}\nUNION ALL\n" + WithConditions(
            $"行.主体, 行.对象, 行.事项, 行.期, '{Words.Of(Outcome.NotDue)}', '{Words.Of(AmountState.None)}', NULL, " +
            "条.条件, NULL, NULL", OfFailed($"主体, 对象, 期, {Failed}", "")), "全部的行，包括不符合的", SqlViewKind.Result);
        yield return new SqlView(SqlScript.Counts, WithConditions("行.事项, 行.城市, 条.条件序号, 条.条件, 行.行数",
            OfFailed($"城市, {Failed}, count(*) AS 行数", $" GROUP BY 城市, {Failed}")),
            "不符合的行数，按事项、城市和首个不符的条件", SqlViewKind.Result);
    }
}
