using System.Globalization;
using System.Text;
using Zhida.Policy.Program;

namespace Zhida.Policy.Sql;

/// <summary>What a view of a script is for.</summary>
public enum SqlViewKind
{
    /// <summary>Facts as they are read from a table.</summary>
    Facts,

    /// <summary>Facts of an object with those derived from them.</summary>
    Derived,

    /// <summary>A step of an item.</summary>
    Item,

    /// <summary>The result table.</summary>
    Result,
}

/// <summary>A view: its name as it stands in SQL, its query, and words for people.</summary>
public sealed record SqlView(string Name, string Query, string Comment, SqlViewKind Kind);

/// <summary>What can't be written in SQL, and why: the item is decided in another way.</summary>
public sealed record SqlRefusal(Item Item, string Reason);

/// <summary>How to ask for the results of one item, once the views are there.</summary>
/// <param name="Due">The view of the lines that are not 不符合: the columns of a result table, 城市, and
/// 申报时间 where lines may draw.</param>
/// <param name="Conditions">The view of all lines: 主体, 对象, 期, 城市, and 首个不符_序, the number of the first condition that
/// failed, from 1.</param>
public sealed record SqlItem(Item Item, string Due, string Conditions);

/// <summary>A script that decides items within a database. The views build on those before them.</summary>
public sealed record SqlScript(
    SqlDialect Dialect, IReadOnlyList<SqlView> Views, IReadOnlyList<SqlItem> Items, IReadOnlyList<SqlRefusal> Refusals)
{
    /// <summary>The names of the views with all lines, with those that are not 不符合, and with the counts of those that
    /// are.</summary>
    public const string All = "判定", Due = "判定_非不符合", Counts = "判定_不符合数";

    /// <summary>The script as people read and run it.</summary>
    /// <param name="heading">Lines that say what it decides.</param>
    public string Text(IEnumerable<string> heading)
    {
        var text = new StringBuilder();
        foreach (var line in heading) text.Append(CultureInfo.InvariantCulture, $"-- {ItemSql.Comment(line)}\n");
        foreach (var refusal in Refusals)
            text.Append(CultureInfo.InvariantCulture,
                $"-- 不在本脚本之内：{refusal.Item.Id} {refusal.Item.Title}：{ItemSql.Comment(refusal.Reason)}\n");
        SqlViewKind? kind = null;
        foreach (var view in Views)
        {
            if (view.Kind != kind) text.Append('\n').Append(Section(view.Kind));
            kind = view.Kind;
            text.Append(CultureInfo.InvariantCulture, $"\n-- {ItemSql.Comment(view.Comment)}\n");
            text.Append(Dialect.CreateView(view.Name, view.Query, asTable: false)).Append(";\n");
        }
        return text.ToString();
    }

    private static string Section(SqlViewKind kind) => kind switch
    {
        SqlViewKind.Facts => "-- ── 一、数据：金额以分计，占比、比率、利率以亿分之一计，其他数以万分之一计，整数照旧；空值为不知道 ──\n",
        SqlViewKind.Derived => "-- ── 二、推导事实 ──\n",
        SqlViewKind.Item => "-- ── 三、事项：每个事项先逐条判断条件，再算金额和上限 ──\n",
        _ => "-- ── 四、结果 ──\n",
    };
}
