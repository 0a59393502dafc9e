using System.Text;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace Zhida.Casework.Notices;

/// <summary>How a receiver knows that a webhook comes from here, and when: HMAC-SM3 over id, timestamp and body. Who
/// receives compares in constant time and drops what is older than some minutes.</summary>
public static class WebhookSignature
{
    /// <summary>The key of an address, in hex: told to whoever runs it. One receiver can't speak for us to another.
    /// </summary>
    public static string KeyFor(string secret, string address) =>
        Mac(Encoding.UTF8.GetBytes(secret), "zhida-webhook/1\n" + address);

    /// <summary>hmac-sm3= and hex, over <c>id.timestamp.body</c>.</summary>
    /// <param name="key">Of <see cref="KeyFor"/>.</param>
    public static string Of(string key, Guid id, string timestamp, string body) =>
        "hmac-sm3=" + Mac(Convert.FromHexString(key), $"{id}.{timestamp}.{body}");

    private static string Mac(byte[] key, string text)
    {
        var mac = new HMac(new SM3Digest());
        mac.Init(new KeyParameter(key));
        var bytes = Encoding.UTF8.GetBytes(text);
        mac.BlockUpdate(bytes, 0, bytes.Length);
        var result = new byte[mac.GetMacSize()];
        mac.DoFinal(result, 0);
        return Convert.ToHexStringLower(result);
    }
}
