using SkiaSharp;
using Zhida.Casework.Cases;

namespace Zhida.Casework.Attachments;

/// <summary>What a file is, told by its content; nothing that could be two things at once.</summary>
internal static class ContentType
{
    private const int Head = 1024;

    /// <summary>The type, or why it is refused. Reads the file at any places; leaves it open.</summary>
    public static (FileType? Type, Problem? Problem) Of(FileStream file, AttachmentLimits limits)
    {
        var head = Read(file, 0, Head);
        if (head.StartsWith("PK\x03\x04"u8)) return ZipType.Of(file, limits);
        if (HasZipAtEnd(file)) return (null, Refusal.HiddenZip);
        if (head.StartsWith("%PDF-"u8))
            return Read(file, Math.Max(0, file.Length - Head), Head).IndexOf("%%EOF"u8) >= 0
                ? (FileType.Pdf, null) : (null, Refusal.Broken("PDF "));
        if (head.IndexOf("%PDF-"u8) > 0) return (null, Refusal.LeadingBytes);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return Picture(file, SKEncodedImageFormat.Jpeg, FileType.Jpeg, limits);
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return Picture(file, SKEncodedImageFormat.Png, FileType.Png, limits);
        return (null, LooksLikeMarkup(head) ? Refusal.WebPage : Refusal.Unknown);
    }

    private static (FileType?, Problem?) Picture(
        FileStream file, SKEncodedImageFormat format, FileType type, AttachmentLimits limits)
    {
        file.Position = 0;
        // The codec reads the head alone: nothing is expanded yet.
        using var data = SKData.Create(file);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat != format) return (null, Refusal.Broken("图片"));
        return (long)codec.Info.Width * codec.Info.Height > limits.MostPixels
            ? (null, Refusal.PictureTooLarge) : (type, null);
    }

    /// <summary>The record that ends a zip (APPNOTE 4.3.16), reaching exactly to the end of the file: readers of zips
    /// look there, whatever the file begins with.</summary>
    private static bool HasZipAtEnd(FileStream file)
    {
        const int record = 22;
        var from = Math.Max(0, file.Length - record - ushort.MaxValue);
        var tail = Read(file, from, (int)(file.Length - from));
        for (var at = tail.LastIndexOf("PK\x05\x06"u8); at >= 0; at = tail[..at].LastIndexOf("PK\x05\x06"u8))
            if (at + record <= tail.Length && at + record + tail[at + 20] + (tail[at + 21] << 8) == tail.Length)
                return true;
        return false;
    }

    private static bool LooksLikeMarkup(ReadOnlySpan<byte> head)
    {
        var text = head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head;
        return text.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
    }

    private static ReadOnlySpan<byte> Read(FileStream file, long from, int count)
    {
        var buffer = new byte[count];
        file.Position = from;
        return buffer.AsSpan(0, file.ReadAtLeast(buffer, count, throwOnEndOfStream: false));
    }
}
