using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace Zhida.Casework.Proof;

/// <summary>Signs checkpoints with SM2: the curve sm2p256v1, SM3, the user id 1234567812345678. Kept in a PEM file
/// (PKCS#8, not encrypted) outside the database.</summary>
public sealed class AuditKey
{
    private const string Label = "PRIVATE KEY";
    private readonly ECPrivateKeyParameters _key;

    private AuditKey(ECPrivateKeyParameters key)
    {
        _key = key;
        Public = new AuditPublicKey(new ECPublicKeyParameters("EC", key.Parameters.G.Multiply(key.D).Normalize(),
            GMObjectIdentifiers.sm2p256v1));
    }

    public AuditPublicKey Public { get; }

    public static AuditKey Create()
    {
        var generator = new ECKeyPairGenerator("EC");
        generator.Init(new ECKeyGenerationParameters(GMObjectIdentifiers.sm2p256v1, new SecureRandom()));
        return new AuditKey((ECPrivateKeyParameters)generator.GenerateKeyPair().Private);
    }

    /// <summary>Null: not such a key.</summary>
    public static AuditKey? OfPem(string pem) => Pem.Read(pem, Label, PrivateKeyFactory.CreateKey) is
        ECPrivateKeyParameters key && Pem.IsSm2(key) ? new AuditKey(key) : null;

    public string ToPem() =>
        PemEncoding.WriteString(Label, PrivateKeyInfoFactory.CreatePrivateKeyInfo(_key).GetDerEncoded()) + "\n";

    internal Checkpoint Sign(AuditHead head, long at)
    {
        var checkpoint = new Checkpoint
        {
            Database = head.Database, Position = head.Position, Hash = AuditSeal.Hex(head.Hash), At = at,
            Key = Public.Fingerprint, Signature = "",
        };
        var signer = new SM2Signer();
        signer.Init(true, new ParametersWithRandom(_key, new SecureRandom()));
        var message = checkpoint.Message;
        signer.BlockUpdate(message, 0, message.Length);
        return checkpoint with { Signature = Convert.ToHexStringLower(signer.GenerateSignature()) };
    }
}
