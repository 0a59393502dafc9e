using CsCheck;
using Zhida.Feel.Types;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Evaluation.Reading;

/// <summary>Facts in which nothing is wrong, made from a run of decisions: the shorter the run, the smaller they are.
/// </summary>
internal sealed class RandomFacts(byte[] decisions)
{
    private static readonly string[] Ids = ["甲", "a", "Z", "乙1", "乙", "10", "9", "ﬀ", "𠀀", "é"];

    private int _next;

    public static Gen<FactTables> Gen { get; } = CsCheck.Gen.Byte.Array[0, 400].Select(d => new RandomFacts(d).Make());

    private int Pick(int of) => _next < decisions.Length ? decisions[_next++] % of : 0;

    public FactTables Make()
    {
        var tables = new FactTables { Rows = { ["主体"] = [] } };
        foreach (var layout in TableLayout.Of(SmallFacts.Dictionary).Skip(1))
            if (Pick(8) != 7 && (!layout.Yearly || tables.Rows.ContainsKey(layout.Object.Name)))
                tables.Rows[layout.Name] = [];
        if (Pick(2) == 1) tables.Rows[TableLayout.Grants] = [];
        for (var (s, count) = (0, Pick(Ids.Length + 1)); s < count; s++) AddSubject(tables, Ids[s]);
        return tables;
    }

    private void AddSubject(FactTables tables, string id)
    {
        var subject = Facts("主体", new Dictionary<string, object?> { ["编号"] = id });
        if (Pick(3) == 2) subject["未知对象"] = Pick(2) == 0 ? "贷款" : "项目；担保";
        tables.Rows["主体"].Add(subject);
        Years(tables, "主体_年度", new() { ["主体"] = id });
        List<string> Children(string table, Action<Dictionary<string, object?>>? more = null)
        {
            var ids = new List<string>();
            if (!tables.Rows.TryGetValue(table, out var rows)) return ids;
            for (var (i, count) = (0, Pick(4)); i < count; i++)
            {
                ids.Add($"{table}{(i * 7 + 3) % 4}");
                var row = new Dictionary<string, object?> { ["编号"] = ids[^1], ["主体"] = id };
                more?.Invoke(row);
                rows.Add(Facts(table, row));
            }
            return ids;
        }
        var projects = Children("项目");
        var loans = Children("贷款", r => r["项目"] = projects.Count > 0 && Pick(2) == 1
            ? projects[Pick(projects.Count)] : null);
        foreach (var loan in loans) Years(tables, "贷款_年度", new() { ["主体"] = id, ["贷款"] = loan });
        Children("担保", r => r["贷款"] = loans.Count > 0 && Pick(2) == 1 ? loans[Pick(loans.Count)] : null);
        if (tables.Rows.ContainsKey(TableLayout.Grants) && Pick(3) == 2)
            tables.Add(TableLayout.Grants, "主体", id, "事项", "4.1", "范围", Pick(2) == 0 ? null : "主体", "对象", null,
                "期", Pick(2) == 0 ? null : "2026", "金额", Pick(200) * 1000.01m);
    }

    private void Years(FactTables tables, string table, Dictionary<string, object?> owner)
    {
        if (!tables.Rows.TryGetValue(table, out var rows)) return;
        for (var (year, count) = (2026L, Pick(3)); count > 0; count--, year--)
            rows.Add(Facts(table, new Dictionary<string, object?>(owner) { ["年度"] = year }));
    }

    private Dictionary<string, object?> Facts(string table, Dictionary<string, object?> row)
    {
        var layout = TableLayout.Of(SmallFacts.Dictionary).First(l => l.Name == table);
        foreach (var column in layout.Columns)
            if (column.Fact is { } fact) row[fact.Name] = Pick(4) == 0 ? null : Value(fact);
        return row;
    }

    private object Value(Fact fact) => fact.Kind switch
    {
        FactKind.Text => Pick(2) == 0 ? "沈阳, \"某\"\n公司" : $"名{Pick(9)}",
        FactKind.CreditCode => CreditCodeOf(Pick(100)),
        FactKind.Enumeration => ((StringType)fact.Type).Allowed[Pick(((StringType)fact.Type).Allowed.Length)],
        FactKind.Choices => new[] { "研发", "生产；销售", "无", "销售；研发" }[Pick(4)],
        FactKind.Names => new[] { "旧一", "旧一；旧二", "无" }[Pick(3)],
        FactKind.Boolean => Pick(2) == 1,
        FactKind.Date => new DateOnly(1990 + Pick(100), 1 + Pick(12), 1 + Pick(28)),
        FactKind.Money => Pick(100) * 123_456_789.01m,
        FactKind.Integer => 1L + Pick(255),
        FactKind.Number => Pick(100) + Pick(100) / 10_000m,
        FactKind.Share => decimal.Round(Pick(100) / 99m, 8),
        FactKind.Ratio => Pick(255) / 1000m - 0.1m,
        FactKind.Rate => Pick(255) / 10_000m,
        FactKind.Division => Pick(2) == 0 ? "210102" : "110101",
        FactKind.Industry => Pick(2) == 0 ? "3525" : "C3525",
        _ => throw new InvalidOperationException($"{fact.Kind}"),
    };

    public static string CreditCodeOf(int number)
    {
        var body = $"91210100MA0{number:000000}";
        return body + "0123456789ABCDEFGHJKLMNPQRTUWXY".First(c =>
            CreditCode.Check(body + c).Kind == CreditCodeKind.Valid);
    }
}
