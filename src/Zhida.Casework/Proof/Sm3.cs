using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace Zhida.Casework.Proof;

/// <summary>The hash SM3 (GB/T 32905-2016): 32 bytes, lower-case hex as text.</summary>
internal static class Sm3
{
    /// <summary>In bytes.</summary>
    public const int Size = 32;

    public static byte[] Hash(params ReadOnlySpan<byte[]> parts)
    {
        var digest = new SM3Digest();
        foreach (var part in parts) digest.BlockUpdate(part);
        var hash = new byte[Size];
        digest.DoFinal(hash, 0);
        return hash;
    }

    public static byte[] Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    public static string Hex(string text) => Convert.ToHexStringLower(Hash(text));

    /// <summary>Of a file of any size.</summary>
    public static string HexOfFile(string path)
    {
        var digest = new SM3Digest();
        using var stream = File.OpenRead(path);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = stream.Read(buffer)) > 0) digest.BlockUpdate(buffer, 0, read);
        var hash = new byte[Size];
        digest.DoFinal(hash, 0);
        return Convert.ToHexStringLower(hash);
    }
}
