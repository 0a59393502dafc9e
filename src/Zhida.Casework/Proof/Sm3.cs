using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace Zhida.Casework.Proof;

/// <summary>The hash SM3 (GB/T 32905-2016): 32 bytes, lower-case hex as text.</summary>
internal static class Sm3
{
    public static byte[] Hash(params ReadOnlySpan<byte[]> parts)
    {
        var digest = new SM3Digest();
        foreach (var part in parts) digest.BlockUpdate(part);
        var hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return hash;
    }

    public static string Hex(string text) => Convert.ToHexStringLower(Hash(Encoding.UTF8.GetBytes(text)));

    /// <summary>Of a file of any size.</summary>
    public static string HexOfFile(string path)
    {
        var digest = new SM3Digest();
        using var stream = File.OpenRead(path);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = stream.Read(buffer)) > 0) digest.BlockUpdate(buffer, 0, read);
        var hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return Convert.ToHexStringLower(hash);
    }
}
