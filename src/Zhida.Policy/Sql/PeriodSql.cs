using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Feel.Values;

namespace Zhida.Policy.Sql;

/// <summary>How what happened from 首日 to 末日 is cut into lines, as <see cref="Deciding.LineCutter"/> does it: one for
/// every calendar year, or year since the issue date, that these days touch; one without a period where they are not
/// known.</summary>
internal sealed class PeriodSql
{
    private const int MostPeriods = 100;
    private const string Year = LineColumns.Year;

    public PeriodSql(SqlDialect dialect, LineDomain lines)
    {
        var (first, last) = (new SqlText("行.首日", SqlText.Atom), new SqlText("行.末日", SqlText.Atom));
        var (from, to) = lines.Kind == PeriodKind.CalendarYear ? (dialect.Year(first), dialect.Year(last))
            : (YearOf(dialect, first, lines.Issued!.Value), YearOf(dialect, last, lines.Issued!.Value));
        if (lines.Kind != PeriodKind.CalendarYear) from = $"greatest(-{MostPeriods}, least({MostPeriods}, {from}))";
        // Days that end before they begin are one line. LEAST and GREATEST would pass an unknown last day over.
        var end = $"CASE WHEN 行.末日 >= 行.首日 THEN least({to}, {from} + {MostPeriods}) WHEN 行.末日 < 行.首日 THEN {from} END";
        (Column, From) = dialect.Series(from, end, Year);
        if (lines.Kind == PeriodKind.CalendarYear)
        {
            Name = $"coalesce(CAST({Year} AS TEXT), '未知')";
            const string year = $"CAST({Year} AS INTEGER)";
            FirstDay = $"CASE WHEN {Year} IS NULL THEN 首日 ELSE greatest(首日, make_date({year}, 1, 1)) END";
            LastDay = $"CASE WHEN {Year} IS NULL THEN 末日 ELSE least(末日, make_date({year}, 12, 31)) END";
            return;
        }
        var issued = SqlText.Date(lines.Issued!.Value);
        Name = $"CASE WHEN {Year} < 0 THEN '印发前第' || -{Year} || '年' WHEN {Year} >= 0 THEN '第' || ({Year} + 1) || '年' " +
            "ELSE '未知' END";
        FirstDay = $"CASE WHEN {Year} IS NULL THEN 首日 ELSE greatest(首日, {dialect.AddYears(issued, Year).Text}) END";
        LastDay = $"CASE WHEN {Year} IS NULL THEN 末日 " +
            $"ELSE least(末日, {dialect.AddYears(issued, $"{Year} + 1").In(SqlText.Sum)} - 1) END";
    }

    /// <summary>For the list of columns of the query that cuts, and what its FROM joins.</summary>
    public string Column { get; }

    public string From { get; }

    /// <summary>期, 行.起 and 行.止 of a line.</summary>
    public string Name { get; }

    public string FirstDay { get; }

    public string LastDay { get; }

    /// <summary>How many whole years after the issue date a day is; negative before it.</summary>
    private static string YearOf(SqlDialect dialect, SqlText day, long issued)
    {
        var years = $"({dialect.Year(day)} - {FeelDate.ToDateOnly(issued).Year})";
        var anniversary = dialect.AddYears(SqlText.Date(issued), years).Text;
        return $"{years} - CASE WHEN {day.Text} < {anniversary} THEN 1 ELSE 0 END";
    }
}
