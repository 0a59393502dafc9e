using System.Security.Cryptography;
using System.Text;

namespace Zhida.Ledger;

/// <summary>Ids that follow from a name, so that whoever names the same thing means the same row: the first 128 bits of
/// SHA-256, as UUID version 8 (RFC 9562).</summary>
public static class NamedId
{
    public static Guid Of(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
