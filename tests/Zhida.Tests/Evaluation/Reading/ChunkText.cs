using System.Globalization;
using System.Text;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Evaluation.Reading;

/// <summary>What is in chunks, as text: a line for each row, under its subject. Chunks of other sizes give the same.
/// </summary>
internal static class ChunkText
{
    public static string Of(IEnumerable<Chunk> chunks)
    {
        var text = new StringBuilder();
        foreach (var chunk in chunks)
            for (var s = 0; s < chunk.Subjects.Count; s++)
            {
                Append(text, chunk, chunk.Subjects, s);
                foreach (var type in SmallFacts.Dictionary.Objects.Values)
                    if (type != SmallFacts.Dictionary.Subject && chunk.Tables.TryGetValue(type, out var table))
                        for (var row = table.First[s]; row < table.First[s + 1]; row++)
                        {
                            Assert.Equal(s, table.Subject[row]);
                            Append(text, chunk, table, row);
                        }
                if (chunk.Grants is not { } grants) continue;
                for (var g = grants.First[s]; g < grants.First[s + 1]; g++) text.Append(Line(grants.Grants[g]));
            }
        return text.ToString();
    }

    public static string Line(Grant grant) =>
        $"已得 {grant.Item}|{grant.Scope}|{grant.Key}|{grant.Period}|{FactTables.Text(grant.Amount)}\n";

    private static void Append(StringBuilder text, Chunk chunk, ObjectTable table, int row)
    {
        text.Append($"{table.Type.Name} {table.Ids.Pool[table.Ids[row]]}");
        if (Bits.Get(table.Virtual, row)) text.Append(" 不知道");
        for (var r = 0; r < table.Type.References.Count && table.Type != SmallFacts.Dictionary.Subject; r++)
        {
            var target = table.Type.References[r].Target;
            if (target != SmallFacts.Dictionary.Subject && table.References[r][row] is >= 0 and var to)
                text.Append($" {target.Name}→{chunk.Tables[target].Ids.Pool[chunk.Tables[target].Ids[to]]}");
        }
        foreach (var fact in table.Type.Facts)
            if (fact.Name != "编号" && table.Facts.TryGetValue(fact, out var column)) Append(text, fact, column, row);
        text.Append('\n');
        if (table.Years is not { } years) return;
        for (var y = years.First[row]; y < years.First[row + 1]; y++)
        {
            Assert.Equal(row, years.Owner[y]);
            text.Append($"{table.Type.Name}_年度 {years.Year[y]}");
            foreach (var (fact, column) in years.Facts) Append(text, fact, column, y);
            text.Append('\n');
        }
    }

    private static void Append(StringBuilder text, Fact fact, FactColumn column, int row)
    {
        if (!Bits.Get(column.Known, row))
        {
            Assert.Equal(0L, column switch
            {
                NumberColumn numbers => numbers.Values[row],
                DateColumn dates => dates.Days[row],
                TextColumn texts => texts[row],
                _ => 0,
            });
            return;
        }
        var shown = column switch
        {
            NumberColumn numbers => FactTables.Text(
                numbers.Values[row] / (decimal)Math.Pow(10, TableLayout.ScaleOf(fact.Kind))),
            DateColumn dates => DateOnly.FromDayNumber(dates.Days[row] + 719_162).ToString("yyyy-MM-dd",
                CultureInfo.InvariantCulture),
            FlagColumn flags => Bits.Get(flags.Bits, row) ? "是" : "否",
            TextColumn texts => texts.Pool[texts[row]],
            _ => throw new InvalidOperationException(),
        };
        text.Append($" {fact.Name}={shown}");
    }

    /// <summary>The same from the rows themselves, for tables in which nothing is wrong.</summary>
    public static string Expected(FactTables tables)
    {
        var text = new StringBuilder();
        foreach (var subject in tables.Sorted().Rows["主体"])
        {
            Append(text, "主体", subject, "");
            Years(text, tables, "主体_年度", r => r["主体"]!.Equals(subject["编号"]));
            foreach (var type in SmallFacts.Dictionary.Objects.Values.Where(t => t.Name != "主体"))
                Append(text, tables, type, subject);
            foreach (var grant in tables.Rows.GetValueOrDefault("已得") ?? [])
                if (grant["主体"]!.Equals(subject["编号"]))
                    text.Append(Line(new Grant((string)grant["事项"]!, (string?)grant["范围"], (string?)grant["对象"],
                        (string?)grant["期"], (decimal)grant["金额"]!)));
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, FactTables tables, ObjectType type,
        Dictionary<string, object?> subject)
    {
        List<Dictionary<string, object?>> Of(string table) => (tables.Rows.GetValueOrDefault(table) ?? [])
            .FindAll(r => r["主体"]!.Equals(subject["编号"]));
        var rows = Of(type.Name);
        var unsaid = ((string?)subject.GetValueOrDefault("未知对象") ?? "").Split('；').Contains(type.Name);
        if (!tables.Rows.ContainsKey(type.Name) || rows.Count == 0 && unsaid) text.Append($"{type.Name}  不知道\n");
        foreach (var row in rows)
        {
            var links = "";
            foreach (var reference in type.References.Where(r => r.Target.Name != "主体"))
                if (row.GetValueOrDefault(reference.Target.Name) is string named)
                    links += $" {reference.Target.Name}→{named}";
                else if (!reference.Optional && Of(reference.Target.Name) is [var only])
                    links += $" {reference.Target.Name}→{only["编号"]}";
            Append(text, type.Name, row, links);
            Years(text, tables, type.Name + "_年度",
                r => r["主体"]!.Equals(subject["编号"]) && r[type.Name]!.Equals(row["编号"]));
        }
    }

    private static void Append(StringBuilder text, string name, Dictionary<string, object?> row, string links)
    {
        text.Append($"{name} {row["编号"]}{links}");
        foreach (var fact in SmallFacts.Type(name).Facts)
            if (fact.Name != "编号" && row.GetValueOrDefault(fact.Name) is { } cell)
                text.Append($" {fact.Name}=").Append(
                    fact.Type is Zhida.Feel.Types.ListType && cell is "无" ? "" : FactTables.Text(cell));
        text.Append('\n');
    }

    private static void Years(StringBuilder text, FactTables tables, string name,
        Predicate<Dictionary<string, object?>> owned)
    {
        foreach (var row in (tables.Rows.GetValueOrDefault(name) ?? []).FindAll(owned).OrderBy(r => (long)r["年度"]!))
        {
            text.Append($"{name} {row["年度"]}");
            foreach (var (column, cell) in row)
                if (column is not ("主体" or "贷款" or "年度") && cell is not null)
                    text.Append($" {column}={FactTables.Text(cell)}");
            text.Append('\n');
        }
    }
}
