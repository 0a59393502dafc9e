namespace Zhida.Casework.Attachments;

/// <summary>Whether a file was looked at for malware: 已扫描, 未扫描 (no scanner is set up), 待扫描 (the scanner was down; to
/// be scanned later).</summary>
public enum ScanState { Scanned, Unscanned, Pending }

/// <summary>A file of the store: SM3 of its content in lower-case hex (its key), its size in bytes, its type by
/// content.</summary>
public sealed record StoredFile(string Hash, long Size, FileType Type, ScanState Scan)
{
    /// <summary>For the Content-Type of an answer; never what a browser would run.</summary>
    public string MediaType => Type switch
    {
        FileType.Pdf => "application/pdf",
        FileType.Jpeg => "image/jpeg",
        FileType.Png => "image/png",
        FileType.Ofd => "application/ofd",
        FileType.Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
}
