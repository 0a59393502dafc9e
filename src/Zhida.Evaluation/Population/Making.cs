namespace Zhida.Evaluation.Population;

/// <summary>What is known of the subject that is being made: sources of values read it. One for each thread.</summary>
internal sealed class Making
{
    public Draws Draws;

    /// <summary>Index of the subject in the population.</summary>
    public long Number { get; set; }

    /// <summary>Index of its county in <see cref="Places.Counties"/>; −1: outside the province.</summary>
    public int County { get; set; }

    /// <summary>注册地.</summary>
    public Cell Home { get; set; }

    public Cell CreditCode { get; set; }

    /// <summary>The credit code of the head of its group of enterprises, perhaps itself.</summary>
    public Cell GroupCode { get; set; }

    /// <summary>The row of 主体.</summary>
    public required Cell[] Subject { get; init; }

    /// <summary>The row that is being filled.</summary>
    public Cell[] Row { get; set; } = [];

    /// <summary>For a year's facts, the row of their object.</summary>
    public Cell[] Owner { get; set; } = [];

    /// <summary>For a year's facts, the days of the year that count.</summary>
    public long Days { get; set; }

    /// <summary>Texts that live as long as the row group.</summary>
    public TextStore Texts { get; } = new();

    public Cell Text(scoped ReadOnlySpan<byte> bytes) => Texts.Add(bytes);
}

/// <summary>Which row a source reads.</summary>
internal enum RowOf { Self, Owner, Subject }

/// <summary>A column that a source reads, and how many decimal places its numbers have.</summary>
internal readonly record struct ColumnRef(RowOf Row, int Index, int Scale)
{
    public Cell Read(Making m) => (Row switch
    {
        RowOf.Self => m.Row,
        RowOf.Owner => m.Owner,
        _ => m.Subject,
    })[Index];
}
