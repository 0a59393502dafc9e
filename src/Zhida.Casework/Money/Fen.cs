namespace Zhida.Casework.Money;

/// <summary>元 in rules, 分 in the ledger.</summary>
internal static class Fen
{
    /// <summary>Exact: amounts of decisions are whole 分.</summary>
    /// <exception cref="ArgumentException">A part of a 分.</exception>
    public static long Of(decimal yuan) => yuan * 100 is var fen && decimal.Truncate(fen) == fen
        ? (long)fen : throw new ArgumentException($"{yuan} is not whole 分");

    /// <summary>A limit: what is below a 分 can't be granted (SEMANTICS 5).</summary>
    public static long Down(decimal yuan) => (long)decimal.Floor(yuan * 100);

    public static decimal ToYuan(long fen) => fen / 100m;

    /// <summary>1,234.50元.</summary>
    public static string Text(long fen) =>
        ToYuan(fen).ToString("#,##0.00", System.Globalization.CultureInfo.InvariantCulture) + "元";
}
