using System.Globalization;

namespace Zhida.Policy.Reference;

/// <summary>One publication of the loan prime rate. Rates are fractions per 年 (0.031 is 3.1 %/年).</summary>
/// <param name="Day">Publication day, counted from 1970-01-01. The new rates hold from this very day.</param>
/// <param name="OneYear">1年期.</param>
/// <param name="FiveYears">5年期以上.</param>
/// <param name="Standing">核实, 未核实 or 示范.</param>
public sealed record LprFixing(long Day, decimal OneYear, decimal FiveYears, string Standing);

/// <summary>
/// 贷款市场报价利率 (LPR) by day and tenor. A fixing holds from its publication day (口径: 公布当日用新值) until the day
/// before the next. The table answers only within the ranges its files declare reliable (范围); a fixing outside them
/// is kept in the file and never used. Immutable.
/// </summary>
public sealed class LprTable
{
    public const string OneYear = "1年期";
    public const string FiveYears = "5年期以上";

    internal const string Columns = "publish_date,lpr_1y_pct,lpr_5y_plus_pct,standing";

    private readonly (DayRange Range, LprFixing[] Fixings)[] _segments;

    private LprTable((DayRange, LprFixing[])[] segments) => _segments = segments;

    public static LprTable Empty { get; } = new([]);

    /// <summary>The days the table answers for.</summary>
    public IEnumerable<DayRange> Ranges => _segments.Select(s => s.Range);

    /// <summary>The fixing in force on a day; null where nothing reliable is published.</summary>
    public LprFixing? On(long day)
    {
        foreach (var (range, fixings) in _segments)
        {
            if (!range.Contains(day)) continue;
            var (low, high) = (0, fixings.Length - 1);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (fixings[middle].Day <= day) low = middle;
                else high = middle - 1;
            }
            return fixings[low];
        }
        return null;
    }

    /// <summary>The rate per 年 on a day for “1年期” or “5年期以上”; null where nothing reliable is published or the
    /// tenor is neither.</summary>
    public decimal? Rate(long day, string tenor) => tenor switch
    {
        OneYear => On(day)?.OneYear,
        FiveYears => On(day)?.FiveYears,
        _ => null,
    };

    /// <summary>This table, and where it says nothing the other one: a layer never changes a rate that is
    /// known.</summary>
    internal LprTable With(LprTable other) => new([.. _segments, .. other._segments]);

    internal static LprTable Read(Csv csv)
    {
        var fixings = new List<LprFixing>();
        foreach (var row in csv.Rows)
        {
            if (!csv.TryDate(row, 0, out var day)) continue;
            if (!TryRate(row.Cells[1], out var one) || !TryRate(row.Cells[2], out var five))
                csv.Error(row.Line, "利率应为0到100之间的数，单位是 % 每年", "写成 3.10");
            else if (fixings.Count > 0 && fixings[^1].Day >= day)
                csv.Error(row.Line, "各行要按公布日从早到晚，一天一行", "调整顺序或删去重复的行");
            else fixings.Add(new LprFixing(day, one, five, row.Cells[3]));
        }
        var segments = new List<(DayRange, LprFixing[])>();
        foreach (var range in csv.Ranges)
        {
            // A range starts on a fixing or after one: otherwise its first days would have no rate.
            var within = fixings.Where(f => f.Day <= range.Last).ToArray();
            if (within.Length == 0 || within[0].Day > range.First)
                csv.Error(1, "范围的首日早于第一个公布日", "把范围改为从第一个公布日开始");
            else segments.Add((range, within));
        }
        return new LprTable([.. segments]);
    }

    private static bool TryRate(string percent, out decimal rate)
    {
        var read = decimal.TryParse(percent, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out rate);
        rate /= 100;
        return read && rate <= 1;
    }
}
