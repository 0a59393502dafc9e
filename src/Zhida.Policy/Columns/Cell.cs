namespace Zhida.Policy.Columns;

/// <summary>One value of a node: a truth, a number or a date as an integer, a text; default: unknown.</summary>
internal readonly record struct Cell(bool IsKnown, Int128 Number, string? Text)
{
    public static readonly Cell Unknown;

    public static readonly Cell True = new(true, 1, null), False = new(true, 0, null);

    public static Cell Of(bool value) => value ? True : False;

    public static Cell Of(Int128 number) => new(true, number, null);

    public static Cell Of(string text) => new(true, 0, text);

    public bool IsTrue => IsKnown && Text is null && Number != 0;

    public bool IsFalse => IsKnown && Text is null && Number == 0;
}
