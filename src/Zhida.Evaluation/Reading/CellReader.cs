using System.Collections;
using System.Globalization;
using Zhida.Feel.Types;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Reading;

/// <summary>A cell as it was understood: unknown, or a number (scaled, days, 0 and 1) or a text; or what is wrong.
/// </summary>
internal readonly record struct Cell(bool IsKnown, long Number, string? Text, Problem? Problem)
{
    public static Cell Of(long number) => new(true, number, null, null);

    public static Cell Of(string text) => new(true, 0, text, null);

    public static Cell Bad(string reason, string? mend = null) => new(false, 0, null, new Problem(reason, mend));
}

/// <summary>Reads cells of text files, spreadsheets and databases, whatever type they come in.</summary>
internal static class CellReader
{
    public static Cell Read(CellRule rule, object? cell)
    {
        if (cell is null or DBNull or "") return default;
        return rule.Shape switch
        {
            CellShape.Flag => Flag(cell),
            CellShape.Date => Date(rule, cell),
            CellShape.Number => Number(rule, cell),
            _ => Text(rule, cell),
        };
    }

    /// <summary>The cell as people see it in the file.</summary>
    public static string Show(object? cell) => cell switch
    {
        null or DBNull => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IEnumerable items => string.Join(TableLayout.Separator, items.Cast<object?>().Select(Show)),
        _ when AsDecimal(cell) is { } number => number.ToString("0.############################",
            CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };

    private static Cell Flag(object cell) => cell switch
    {
        bool flag => Cell.Of(flag ? 1L : 0),
        string text when text is "是" or "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase) => Cell.Of(1L),
        string text when text is "否" or "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase) => Cell.Of(0L),
        not string when AsDecimal(cell) is 0 or 1 => Cell.Of((long)AsDecimal(cell)!.Value),
        _ => Cell.Bad("应为是否", "写 是 或 否"),
    };

    private static Cell Date(CellRule rule, object cell)
    {
        DateOnly day;
        switch (cell)
        {
            case DateOnly date: day = date; break;
            case DateTime { TimeOfDay.Ticks: 0 } time: day = DateOnly.FromDateTime(time); break;
            case DateTime: return Cell.Bad("应为日期，不带时刻", "只写日期，如 2026-03-01");
            case string text when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var read): day = read; break;
            default: return Cell.Bad("应为日期", "写成 2026-03-01 这样真实存在的日期");
        }
        long days = day.DayNumber - CellRule.Epoch;
        return days >= rule.Minimum && days <= rule.Maximum ? Cell.Of(days)
            : new Cell(false, 0, null, rule.Outside(days));
    }

    private static Cell Number(CellRule rule, object cell)
    {
        var unit = rule.Number!.Unit;
        decimal number;
        if (cell is string text)
        {
            if (!Quantity.TryParse(text, out number, out var given, out _)) return NotANumber(unit);
            if (!given.IsNone && !given.Equals(unit))
                return Cell.Bad($"单位应为{unit}，实为{given}", $"以{unit}为单位填写");
        }
        else if (cell is not (bool or DateTime or DateOnly) && AsDecimal(cell) is { } plain) number = plain;
        else return NotANumber(unit);
        var (value, problem) = rule.Scaled(number);
        return problem is null ? Cell.Of(value) : new Cell(false, 0, null, problem);
    }

    private static Cell NotANumber(Unit? unit) =>
        Cell.Bad("应为数字", $"写数字（单位{unit}）或带单位的文字，如 8000万元");

    private static Cell Text(CellRule rule, object cell)
    {
        if (rule.IsList && cell is IEnumerable and not string && !((IEnumerable)cell).Cast<object?>().Any())
            return Cell.Of(TableLayout.EmptyList);
        var text = Show(cell);
        if (text.Length == 0) return default;
        var (_, problem) = rule.Text(text);
        return problem is null ? Cell.Of(text) : new Cell(false, 0, null, problem);
    }

    /// <summary>A number of any type as a decimal; null where it is none or too large.</summary>
    private static decimal? AsDecimal(object cell)
    {
        if (cell is decimal number) return number;
        if (cell is not IConvertible convertible || cell is string or bool or DateTime or char) return null;
        try
        {
            return convertible.ToDecimal(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException)
        {
            return null;
        }
    }
}
