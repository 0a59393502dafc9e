namespace Zhida.Policy.Batch;

/// <summary>Between 元 and whole 分. Limits and what was used may be too much for 64 bits and stand still there: no line
/// can ask for as much.</summary>
internal static class Fen
{
    /// <summary>An amount that is whole 分 already.</summary>
    public static long Of(decimal yuan) => (long)(yuan * 100);

    /// <summary>A limit, in whole 分; not below zero.</summary>
    public static long Down(decimal yuan) => yuan >= long.MaxValue / 100 ? long.MaxValue : Whole(yuan * 100);

    /// <summary>What was used, in whole 分.</summary>
    public static long Up(decimal yuan) =>
        yuan >= long.MaxValue / 100 ? long.MaxValue : Whole(decimal.Ceiling(yuan * 100));

    /// <summary>A number of lines; not below zero.</summary>
    public static long Whole(decimal number) =>
        number <= 0 ? 0 : number >= long.MaxValue ? long.MaxValue : (long)decimal.Floor(number);

    public static long Sum(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;

    public static decimal ToYuan(long fen) => fen / 100m;
}
