using System.Security.Cryptography;
using System.Text;

namespace Zhida.Policy.Batch;

/// <summary>The names of accounts that join subjects, as 128 bits of their SHA-256: a run may have millions.</summary>
internal static class AccountHash
{
    // No text in UTF-8 has these bytes.
    private const byte End = 0xFF, Within = 0xFE;

    /// <param name="family">The cap, or the shared name.</param>
    /// <param name="subject">The subject whose account it is alone; null: everybody's.</param>
    /// <param name="key">What the cap counts by.</param>
    /// <param name="period">Null: whatever the period.</param>
    public static UInt128 Of(string family, string? subject, string key, string? period)
    {
        var length = Encoding.UTF8.GetMaxByteCount(family.Length + (subject?.Length ?? 0) + key.Length +
            (period?.Length ?? 0)) + 8;
        Span<byte> bytes = length <= 1024 ? stackalloc byte[length] : new byte[length];
        var used = Put(bytes, 0, family);
        if (subject is not null)
        {
            bytes[used - 1] = Within;
            used = Put(bytes, used, subject);
        }
        used = Put(bytes, used, key);
        if (period is not null) used = Put(bytes, used, period);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..used], hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>The number of a cap among all accounts' grants: those of an account are kept by cap, for caps that
    /// share one may count different grants.</summary>
    public static UInt128 OfCap(string item, string cap) => Of(item, null, cap, null);

    private static int Put(Span<byte> bytes, int at, string text)
    {
        at += Encoding.UTF8.GetBytes(text, bytes[at..]);
        bytes[at] = End;
        return at + 1;
    }
}
