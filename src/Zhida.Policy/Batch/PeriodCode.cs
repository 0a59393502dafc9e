using System.Globalization;

namespace Zhida.Policy.Batch;

/// <summary>The period of a line as one number: a calendar year is itself, the others are below.</summary>
public static class PeriodCode
{
    public const int Once = 0, Policy = -1, BatchOnly = -2, Unknown = -3;

    /// <summary>第1年 is <c>FirstYear + 1</c>; 印发前第1年 is <c>FirstYear - 1</c>.</summary>
    public const int FirstYear = 100_000;

    /// <summary>The name of a period as decisions have it: 2026, 第1年, 一次, 政策期, 本批次, 未知.</summary>
    public static string Name(int code) => code switch
    {
        Once => "一次",
        Policy => "政策期",
        BatchOnly => "本批次",
        Unknown => "未知",
        > FirstYear => $"第{code - FirstYear}年",
        > FirstYear - 1000 => $"印发前第{FirstYear - code}年",
        _ => code.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The code of a name that <see cref="Name"/> has given.</summary>
    public static int Of(string name) => name switch
    {
        "一次" => Once,
        "政策期" => Policy,
        "本批次" => BatchOnly,
        "未知" => Unknown,
        ['第', .. var number, '年'] => FirstYear + int.Parse(number, CultureInfo.InvariantCulture),
        ['印', '发', '前', '第', .. var number, '年'] => FirstYear - int.Parse(number, CultureInfo.InvariantCulture),
        _ => int.Parse(name, CultureInfo.InvariantCulture),
    };
}
