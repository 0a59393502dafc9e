using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using Zhida.Casework.Cases;

namespace Zhida.Casework.Attachments;

/// <summary>Types that are zips: OFD (GB/T 33190), DOCX and XLSX (ECMA-376). The list of entries is read, and of the
/// entries only the one that says the type, up to a bound whatever it declares.</summary>
internal static class ZipType
{
    private const int MostOfEntry = 1 << 20;
    private const string Package = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string Ofd = "http://www.ofdspec.org/2016";
    private const string Office = "application/vnd.openxmlformats-officedocument.";

    public static (FileType? Type, Problem? Problem) Of(FileStream file, AttachmentLimits limits)
    {
        try
        {
            file.Position = 0;
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > limits.MostEntries) return (null, Refusal.Bomb);
            if (zip.Entries.Any(e => e.IsEncrypted)) return (null, Refusal.Encrypted);
            // Declared lengths are claims, but who lies about them is not expanded here either.
            if (zip.Entries.Any(e => e.Length > limits.MostExpanded) ||
                zip.Entries.Sum(e => e.Length) > limits.MostExpanded)
                return (null, Refusal.Bomb);
            // Two entries of one name are two files to two readers.
            if (zip.Entries.DistinctBy(e => e.FullName.ToUpperInvariant()).Count() < zip.Entries.Count)
                return (null, Refusal.Broken("压缩包"));
            if (zip.GetEntry("OFD.xml") is { } ofd)
                return Root(ofd) is { } document
                    ? document.Name == XName.Get("OFD", Ofd) ? (FileType.Ofd, null) : (null, Refusal.Unknown)
                    : (null, Refusal.Bomb);
            if (zip.GetEntry("[Content_Types].xml") is { } types)
                return Root(types) is { } list ? OfOffice(list, zip) : (null, Refusal.Bomb);
            return (null, Refusal.Unknown);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or IOException or ArgumentException)
        {
            return (null, Refusal.Broken("压缩格式的文件"));
        }
    }

    private static (FileType?, Problem?) OfOffice(XElement list, ZipArchive zip)
    {
        var types = list.Elements(XName.Get("Override", Package))
            .Select(e => (Part: (string?)e.Attribute("PartName"), Type: (string?)e.Attribute("ContentType"))).ToList();
        if (types.Any(t => t.Type?.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) == true) ||
            zip.Entries.Any(e => e.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            return (null, Refusal.Macros);
        bool Has(string main) => types.Any(t =>
            t.Type == Office + main && zip.GetEntry(t.Part?.TrimStart('/') ?? "") is not null);
        return Has("wordprocessingml.document.main+xml") ? (FileType.Docx, null)
            : Has("spreadsheetml.sheet.main+xml") ? (FileType.Xlsx, null) : (null, Refusal.Unknown);
    }

    /// <summary>The root of a small XML entry; null where it expands above the bound.</summary>
    private static XElement? Root(ZipArchiveEntry entry)
    {
        var content = new byte[MostOfEntry + 1];
        using var stream = entry.Open();
        var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (length > MostOfEntry) return null;
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var reader = XmlReader.Create(new MemoryStream(content, 0, length), settings);
        return XElement.Load(reader);
    }
}
