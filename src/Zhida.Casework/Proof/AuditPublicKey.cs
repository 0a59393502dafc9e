using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Zhida.Casework.Proof;

/// <summary>The half of an <see cref="AuditKey"/> that verifies; a PEM file with a SubjectPublicKeyInfo.</summary>
public sealed class AuditPublicKey
{
    private const string Label = "PUBLIC KEY";
    private readonly ECPublicKeyParameters _key;
    private readonly byte[] _der;

    internal AuditPublicKey(ECPublicKeyParameters key)
    {
        _key = key;
        _der = SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(key).GetDerEncoded();
        Fingerprint = Convert.ToHexStringLower(Sm3.Hash(_der));
    }

    /// <summary>SM3 of the DER, in hex.</summary>
    public string Fingerprint { get; }

    /// <summary>Null: not such a key.</summary>
    public static AuditPublicKey? OfPem(string pem) => Pem.Read(pem, Label, PublicKeyFactory.CreateKey) is
        ECPublicKeyParameters key && Pem.IsSm2(key) ? new AuditPublicKey(key) : null;

    public string ToPem() => PemEncoding.WriteString(Label, _der) + "\n";

    internal bool Verifies(Checkpoint checkpoint)
    {
        var signer = new SM2Signer();
        signer.Init(false, _key);
        var message = checkpoint.Message;
        signer.BlockUpdate(message, 0, message.Length);
        try
        {
            return signer.VerifySignature(Convert.FromHexString(checkpoint.Signature));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
