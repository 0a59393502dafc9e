namespace Zhida.Casework.Attachments;

/// <summary>What may be handed in, told by content: never by the name of a file.</summary>
public enum FileType { Pdf, Jpeg, Png, Ofd, Docx, Xlsx }

/// <summary>How large an attachment may be and of which types. Sizes in bytes.</summary>
public sealed record AttachmentLimits
{
    public long MostBytes { get; init; } = 20 << 20;

    /// <summary>What the entries of a zip (OFD, DOCX, XLSX) may expand to together.</summary>
    public long MostExpanded { get; init; } = 200 << 20;

    public int MostEntries { get; init; } = 2000;

    /// <summary>Width × height of a picture.</summary>
    public long MostPixels { get; init; } = 100_000_000;

    public IReadOnlySet<FileType> Allowed { get; init; } = new HashSet<FileType>(Enum.GetValues<FileType>());
}
