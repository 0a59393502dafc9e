using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Zhida.Casework.Proof;

/// <summary>PEM files of keys.</summary>
internal static class Pem
{
    public static T? Read<T>(string pem, string label, Func<byte[], T> create) where T : class
    {
        try
        {
            return PemEncoding.TryFind(pem, out var fields) && pem[fields.Label] == label
                ? create(Convert.FromBase64String(pem[fields.Base64Data])) : null;
        }
        // What the library throws for bytes that are not a key.
        catch (Exception e) when (e is ArgumentException or IOException or SecurityUtilityException
            or InvalidOperationException or FormatException or InvalidCastException)
        {
            return null;
        }
    }

    public static bool IsSm2(ECKeyParameters key) =>
        key.Parameters.Curve.Equals(GMNamedCurves.GetByOid(GMObjectIdentifiers.sm2p256v1).Curve);
}
