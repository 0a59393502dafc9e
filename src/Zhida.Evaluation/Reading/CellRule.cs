using System.Globalization;
using Zhida.Feel.Types;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Reading;

/// <summary>What is wrong with a cell, and the mend.</summary>
internal sealed record Problem(string Reason, string? Mend = null);

/// <summary>How the values of a column are held while they are read.</summary>
internal enum CellShape
{
    /// <summary>A scaled number, days, a year, or 0 and 1.</summary>
    Number,

    Date,
    Flag,

    /// <summary>Texts of a pool that all chunks share.</summary>
    Shared,

    /// <summary>Texts of which each chunk has its own pool.</summary>
    Own,
}

/// <summary>Which values a column may hold, as facts in JSON: the same words say what is wrong.</summary>
internal sealed class CellRule
{
    private readonly ReferenceTables _tables;
    private readonly NumberType? _number;
    private readonly decimal _factor;

    public CellRule(FactKind kind, FeelType type, ReferenceTables tables, Pool? pool = null)
    {
        (Kind, _tables, Scale) = (kind, tables, TableLayout.ScaleOf(kind));
        _number = type as NumberType;
        _factor = Power(Scale);
        Allowed = (type is ListType list ? list.Item : type) is StringType { IsEnumeration: true } text
            ? [.. text.Allowed] : [];
        Pool = pool ?? new Pool(kind == FactKind.Enumeration ? Allowed : []);
        (Minimum, Maximum) = Bounds();
    }

    public FactKind Kind { get; }

    public int Scale { get; }

    /// <summary>Least and most of a number at its scale, of a date in days.</summary>
    public long Minimum { get; }

    public long Maximum { get; }

    public IReadOnlyList<string> Allowed { get; }

    /// <summary>For <see cref="CellShape.Shared"/>; may be that of other columns too.</summary>
    public Pool Pool { get; }

    public NumberType? Number => _number;

    public bool IsList => Kind is FactKind.Choices or FactKind.Names;

    public CellShape Shape => Kind switch
    {
        FactKind.Date => CellShape.Date,
        FactKind.Boolean => CellShape.Flag,
        FactKind.Text or FactKind.CreditCode or FactKind.Names => CellShape.Own,
        FactKind.Enumeration or FactKind.Choices or FactKind.Division or FactKind.Industry => CellShape.Shared,
        _ => CellShape.Number,
    };

    /// <summary>10 to the power of a scale.</summary>
    public static long Power(int scale)
    {
        var power = 1L;
        while (scale-- > 0) power *= 10;
        return power;
    }

    /// <summary>The value as a decimal, from the way it is held.</summary>
    public string Show(long value) => Kind switch
    {
        FactKind.Date => value is > -100_000 and < 1_000_000
            ? DateOnly.FromDayNumber((int)value + Epoch).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value.ToString(CultureInfo.InvariantCulture),
        _ => (value / (decimal)_factor).ToString("0.########", CultureInfo.InvariantCulture),
    };

    public const int Epoch = 719_162;

    /// <summary>A number to the way it is held, or what is wrong.</summary>
    public (long Value, Problem? Problem) Scaled(decimal number)
    {
        if (Outside(number) is { } problem) return (0, problem);
        var scaled = number * _factor;
        if (decimal.Truncate(scaled) == scaled) return ((long)scaled, null);
        return (0, Kind == FactKind.Integer ? new Problem("应为整数")
            : new Problem($"小数多于{Scale}位", $"最多写到小数点后{Scale}位"));
    }

    /// <summary>What is wrong with a number beyond the bounds at this scale.</summary>
    public Problem? Outside(decimal number)
    {
        if (Kind == FactKind.Money && _number!.Maximum is null && number > FactsReader.MostMoney)
            return new Problem("超过10万亿元", "检查单位是元还是万元");
        if (number < _number!.Minimum || number > _number.Maximum)
            return new Problem($"超出范围 {Bound(_number.Minimum)} 至 {Bound(_number.Maximum)}");
        return Math.Abs(number) > long.MaxValue / (_factor + 1) ? new Problem("数字太大", "检查单位") : null;
    }

    /// <summary>What is wrong with a value held as a long that is below or above the bounds.</summary>
    public Problem Outside(long value) => Kind == FactKind.Date
        ? new Problem("年份不在1900至2199之间", "检查年份")
        : Outside(value / _factor) ?? new Problem("数字太大", "检查单位");

    private static string Bound(decimal? bound) => bound?.ToString(CultureInfo.InvariantCulture) ?? "不限";

    /// <summary>The text as the pool keeps it, or what is wrong with it.</summary>
    public (string Text, Problem? Problem) Text(string text)
    {
        if (IsList)
        {
            if (text == TableLayout.EmptyList) return ("", null);
            if (Kind == FactKind.Choices)
                foreach (var item in text.Split(TableLayout.Separator))
                    if (!Allowed.Contains(item)) return ("", NotAllowed(item));
            return (text, null);
        }
        var problem = Kind switch
        {
            FactKind.Enumeration when !Allowed.Contains(text) => NotAllowed(text),
            FactKind.Division when _tables.Divisions.Problem(text) is { } reason => new Problem(reason),
            FactKind.Industry when _tables.Industries.Problem(text) is { } reason => new Problem(reason),
            FactKind.CreditCode when CreditCode.Problem(text, acceptEarlyPilot: false) is { } reason =>
                new Problem(reason),
            _ => null,
        };
        return (text, problem);
    }

    private Problem NotAllowed(string text) =>
        new($"“{text}”不在可选值之中", $"可选：{string.Join("、", Allowed)}");

    private (long, long) Bounds()
    {
        if (Kind == FactKind.Date)
            return (FactsReader.FirstDate.DayNumber - Epoch, FactsReader.LastDate.DayNumber - Epoch);
        if (Shape == CellShape.Flag) return (0, 1);
        if (_number is null) return (long.MinValue, long.MaxValue);
        var most = decimal.Floor(long.MaxValue / (_factor + 1));
        var maximum = _number.Maximum ?? (Kind == FactKind.Money ? FactsReader.MostMoney : most);
        var minimum = Math.Max(_number.Minimum ?? -most, -most);
        return ((long)decimal.Ceiling(minimum * _factor), (long)decimal.Floor(Math.Min(maximum, most) * _factor));
    }
}
