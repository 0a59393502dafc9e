using System.Globalization;
using System.Text;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Sql;

/// <summary>
/// The views through which the items read the tables: numbers as integers, lists as one text, references as the rules
/// of facts complete them, derived facts computed once. A view holds what is used, so it is written last.
/// </summary>
internal sealed class FactViews(Dictionary dictionary, SqlSource source, SqlDialect dialect, ReferenceTables reference)
{
    public const string Lpr = "利率表", Grants = "事实_已得", City = "城市";

    private static readonly string[] GrantColumns = ["主体", "事项", "范围", "对象", "期"];

    private readonly Dictionary<ObjectType, List<string>> _used = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ObjectType, List<Fact>> _years = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Node, string> _derived = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ObjectType, HashSet<string>> _withDerived = new(ReferenceEqualityComparer.Instance);
    private bool _lpr, _grants;

    public ObjectType Subject => dictionary.Subject;

    public static string UnknownFlag(ObjectType type) => "未知_" + type.Name;

    /// <summary>Whether the database has objects of a type at all.</summary>
    public bool Has(ObjectType type) => source.Has(type.Name);

    public bool HasGrants => source.Has(TableLayout.Grants);

    /// <summary>The view of an object's own columns.</summary>
    public static string BaseName(ObjectType type) => SqlNames.Quote("事实_" + type.Name);

    /// <summary>The view of an object with its derived facts, where it has some.</summary>
    public string Name(ObjectType type) =>
        _withDerived.ContainsKey(type) ? SqlNames.Quote("推导_" + type.Name) : BaseName(type);

    /// <summary>The column that holds a derived fact, or null.</summary>
    public string? Derived(Node node) => _derived.GetValueOrDefault(node);

    public void AddDerived(ObjectType type, IEnumerable<(Node Node, string Column)> columns)
    {
        _withDerived[type] = new HashSet<string>(type == Subject ? [City] : [], StringComparer.Ordinal);
        foreach (var (node, column) in columns)
        {
            _derived[node] = column;
            _withDerived[type].Add(column);
        }
    }

    /// <summary>Has a column stand in the view; false: the database doesn't have it.</summary>
    public bool Use(ObjectType type, string column)
    {
        var isDerived = _withDerived.TryGetValue(type, out var derived) && derived.Contains(column);
        var isFlag = type == Subject && column.StartsWith("未知_", StringComparison.Ordinal);
        if (!isDerived && !isFlag && !source.Has(type.Name, column)) return false;
        if (!_used.TryGetValue(type, out var used)) _used[type] = used = [];
        if (!isDerived && !used.Contains(column)) used.Add(column);
        return true;
    }

    /// <summary>Has a year's fact stand in the view of years.</summary>
    public bool UseYear(ObjectType type, Fact fact)
    {
        if (!source.Has(YearTable(type), fact.Name)) return false;
        if (!_years.TryGetValue(type, out var used)) _years[type] = used = [];
        if (!used.Contains(fact)) used.Add(fact);
        return true;
    }

    public static string YearName(ObjectType type) => SqlNames.Quote($"事实_{YearTable(type)}");

    private static string YearTable(ObjectType type) => $"{type.Name}_{TableLayout.Year}";

    public void UseLpr() => _lpr = true;

    public void UseGrants() => _grants = true;

    /// <summary>The views of tables; not those of derived facts.</summary>
    public IEnumerable<(string Name, string Query, string Comment)> Views()
    {
        if (_lpr) yield return (Lpr, LprRows(), "贷款市场报价利率（LPR），百万分之一；只有核实过的日期");
        foreach (var type in dictionary.Objects.Values.OrderBy(t => t != Subject))
            if (Has(type) && _used.TryGetValue(type, out var columns))
                yield return (BaseName(type), Facts(type, columns), type.Description);
        foreach (var (type, facts) in _years)
            yield return (YearName(type), YearFacts(type, facts), $"{type.Name}每年一行的数据");
        if (!_grants) yield break;
        var has = source.Tables[TableLayout.Grants];
        var columnsOf = GrantColumns
            .Select(c => has.Columns.Contains(c) ? c : $"NULL::TEXT AS {c}");
        yield return (Grants, $"SELECT {string.Join(", ", columnsOf)}, CAST(金额 * 100 AS BIGINT) AS 金额\nFROM {has.From}",
            "以前已得的，金额以分计");
    }

    private string Facts(ObjectType type, List<string> used)
    {
        var columns = new List<string> { $"原.{TableLayout.Id}" };
        if (type != Subject) columns.Add($"原.{TableLayout.Subject}");
        var joins = new StringBuilder();
        foreach (var name in used)
        {
            if (name is TableLayout.Id or TableLayout.Subject) continue;
            if (type.Facts.Find(f => f.Name == name) is { } fact) columns.Add(FactColumn(fact));
            else if (type.References.Find(r => r.Target.Name == name) is { } to) columns.Add(ReferenceColumn(to,
                joins));
            else columns.Add(UnknownColumn(name));
        }
        return $"SELECT {string.Join(",\n  ", columns)}\nFROM {source.Tables[type.Name].From} AS 原{joins}";
    }

    /// <summary>A number as an integer of its scale; an empty list as an empty text.</summary>
    private static string FactColumn(Fact fact)
    {
        var name = SqlNames.Quote(fact.Name);
        if (fact.Kind is FactKind.Choices or FactKind.Names)
            return $"CASE WHEN 原.{name} = '{TableLayout.EmptyList}' THEN '' ELSE 原.{name} END AS {name}";
        if (PlanBuilder.TypeOf(fact) != NodeType.Number) return $"原.{name}";
        var scale = TableLayout.ScaleOf(fact.Kind);
        return scale == 0 ? $"CAST(原.{name} AS BIGINT) AS {name}"
            : $"CAST(原.{name} * 1{new string('0', scale)} AS BIGINT) AS {name}";
    }

    /// <summary>A reference that must lead somewhere, where none is given: to the only object there is.</summary>
    private string ReferenceColumn(Program.Reference to, StringBuilder joins)
    {
        var name = SqlNames.Quote(to.Target.Name);
        if (to.Optional || source.IsLinked || !Has(to.Target)) return $"原.{name}";
        joins.Append(CultureInfo.InvariantCulture, $"\n  LEFT JOIN (SELECT 主体, min(编号) AS 编号 FROM ")
            .Append(source.Tables[to.Target.Name].From)
            .Append(CultureInfo.InvariantCulture, $" GROUP BY 主体 HAVING count(*) = 1) AS 唯一_{to.Target.Name}")
            .Append(CultureInfo.InvariantCulture, $" ON 唯一_{to.Target.Name}.主体 = 原.主体");
        return $"coalesce(原.{name}, 唯一_{to.Target.Name}.编号) AS {name}";
    }

    private string UnknownColumn(string flag)
    {
        var list = source.Has(Subject.Name, TableLayout.UnknownObjects)
            ? dialect.HasItem(new SqlText($"原.{TableLayout.UnknownObjects}", SqlText.Atom), flag["未知_".Length..]).Text
                : null;
        return list is null ? $"FALSE AS {flag}" : $"coalesce({list}, FALSE) AS {flag}";
    }

    private string YearFacts(ObjectType type, List<Fact> facts)
    {
        var keys = type == Subject ? "原.主体" : $"原.主体, 原.{SqlNames.Quote(type.Name)}";
        return $"SELECT {keys}, CAST(原.年度 AS BIGINT) AS 年度,\n  {string.Join(",\n  ", facts.Select(FactColumn))}\n" +
            $"FROM {source.Tables[YearTable(type)].From} AS 原";
    }

    /// <summary>The days on which each rate holds: what the tables of the run answer, day by day.</summary>
    private string LprRows()
    {
        var rows = new List<(long First, long Last, LprFixing Fixing)>();
        var days = reference.Lpr.Ranges.SelectMany(r => Enumerable.Range(0, (int)(r.Last - r.First + 1))
            .Select(i => r.First + i)).Distinct().Order();
        foreach (var day in days)
        {
            var fixing = reference.Lpr.On(day)!;
            if (rows.Count > 0 && rows[^1] is var last && last.Last == day - 1 && last.Fixing == fixing)
                rows[^1] = (last.First, day, fixing);
            else rows.Add((day, day, fixing));
        }
        static string Scaled(decimal rate) => ((long)(rate * 1_000_000m)).ToString(CultureInfo.InvariantCulture);
        var values = rows.Select(r =>
            $"({SqlText.Date(r.First)}, {SqlText.Date(r.Last)}, {Scaled(r.Fixing.OneYear)}, " +
            $"{Scaled(r.Fixing.FiveYears)})");
        return rows.Count == 0
            ? "SELECT NULL::DATE AS 首日, NULL::DATE AS 末日, NULL::BIGINT AS 一年期, NULL::BIGINT AS 五年期以上 WHERE FALSE"
            : "SELECT 首日, 末日, CAST(一年期 AS BIGINT) AS 一年期, CAST(五年期以上 AS BIGINT) AS 五年期以上\n" +
              $"FROM (VALUES\n  {string.Join(",\n  ", values)}) AS 各期(首日, 末日, 一年期, 五年期以上)";
    }
}
