namespace Zhida.Casework.Paper;

/// <summary>A piece of a paper as its kind says it; how it lies on pages is the typesetter's. The layout knows no
/// kinds.</summary>
public abstract record Block
{
    private protected Block()
    {
    }
}

/// <summary>发文机关标志: the issuer in red above a red line.</summary>
public sealed record Letterhead(string Department) : Block;

/// <summary>The name of the paper, centred.</summary>
public sealed record Title(string Text) : Block;

/// <summary>A centred line below the title: the number of the paper.</summary>
public sealed record Subtitle(string Text) : Block;

/// <summary>A heading inside the body; it stays with what follows.</summary>
public sealed record Heading(string Text) : Block;

/// <summary>A paragraph of the body: its first line is indented by two characters unless <paramref name="Flush"/> (a
/// salutation).</summary>
public sealed record Paragraph(string Text, bool Flush = false) : Block;

/// <summary>Small print: how to check the paper, what a mark means.</summary>
public sealed record Note(string Text) : Block;

/// <summary>How the cells of a column lie.</summary>
public enum Alignment { Left, Centre, Right }

/// <summary>A column: its head, its part of the width, how its cells lie.</summary>
public sealed record Column(string Head, int Share, Alignment Alignment = Alignment.Left);

/// <summary>A table with a head that is repeated on every page; without heads (all empty) there is none. A row has as
/// many cells as there are columns; a cell may have line ends.</summary>
public sealed record Table(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Block
{
    /// <summary>Two columns without a head: a name and its value.</summary>
    public static Table OfFields(params IEnumerable<(string Name, string? Value)> fields) => new(
        [new Column("", 26), new Column("", 74)],
        [.. fields.Where(f => f.Value is not null).Select(f => (string[])[f.Name, f.Value!])]);
}

/// <summary>What follows begins a new page.</summary>
public sealed record PageBreak : Block;

/// <summary>The issuer and the day, at the right end of the body; never broken over pages.</summary>
public sealed record Signature(string Department, DateOnly Date) : Block;
