using System.IO.Compression;
using System.Text;
using MiniExcelLibs;
using SkiaSharp;

namespace Zhida.Tests.Casework.Attachments;

/// <summary>Small files of each type, good and bad.</summary>
internal static class SampleFiles
{
    /// <summary>The test string of EICAR, in two halves so that no scanner takes this file for it.</summary>
    public static string Eicar => @"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    public static byte[] Pdf(string content = "") => Encoding.Latin1.GetBytes(
        $"%PDF-1.4\n1 0 obj\n<</Length {content.Length}>> stream\n{content}\nendstream\nendobj\n" +
        "trailer\n<<>>\n%%EOF\n");

    public static byte[] Picture(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(20, 10);
        bitmap.Erase(SKColors.White);
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    public static byte[] Xlsx()
    {
        var stream = new MemoryStream();
        stream.SaveAs(new[] { new { 名称 = "示范", 金额 = 1 } });
        return stream.ToArray();
    }

    public static byte[] Docx(
        string main = "wordprocessingml.document.main+xml", string part = "word/document.xml") => OfficeOf(
        "application/vnd.openxmlformats-officedocument." + main, part);

    /// <summary>A package of Office whose main part has a type.</summary>
    public static byte[] OfficeOf(string type, string part) => Zip(
        ("[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">" +
            $"<Override PartName=\"/{part}\" ContentType=\"{type}\"/></Types>"),
        ("word/document.xml", "<w/>"));

    public static byte[] Ofd(string name = "http://www.ofdspec.org/2016") =>
        Zip(("OFD.xml", $"<ofd:OFD xmlns:ofd=\"{name}\" Version=\"1.1\"/>"), ("Doc_0/Document.xml", "<a/>"));

    public static byte[] Zip(params (string Name, string Content)[] entries)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in entries)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Optimal).Open());
                writer.Write(content);
            }
        return stream.ToArray();
    }

    /// <summary>A zip whose headers say that the entries are encrypted (APPNOTE 4.4.4, bit 0).</summary>
    public static byte[] Encrypted(byte[] zip)
    {
        var changed = zip.ToArray();
        for (var i = 0; i + 10 < zip.Length; i++)
        {
            if (zip.AsSpan(i).StartsWith("PK\x03\x04"u8)) changed[i + 6] |= 1;
            if (zip.AsSpan(i).StartsWith("PK\x01\x02"u8)) changed[i + 8] |= 1;
        }
        return changed;
    }

    /// <summary>A PNG whose head claims a width and height.</summary>
    public static byte[] PngOf(int width, int height)
    {
        var png = Picture(SKEncodedImageFormat.Png);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        var crc = Crc(png.AsSpan(12, 17));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), crc);
        return png;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }
        return ~crc;
    }
}
