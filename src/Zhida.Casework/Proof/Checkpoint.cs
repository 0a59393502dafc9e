using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zhida.Casework.Proof;

/// <summary>The end of the chain at a moment, signed (SM2 with SM3, GB/T 32918): whoever keeps it can prove later that
/// the chain up to there was neither cut nor made anew. Stored, and exported as a line of JSON.</summary>
public sealed record Checkpoint
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Of <see cref="AuditHead"/>.</summary>
    public required Guid Database { get; init; }

    public required long Position { get; init; }

    /// <summary>The hash at that position, in hex.</summary>
    public required string Hash { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long At { get; init; }

    /// <summary>SM3 of the public key's DER, in hex.</summary>
    public required string Key { get; init; }

    /// <summary>DER, in hex.</summary>
    public required string Signature { get; init; }

    /// <summary>What is signed.</summary>
    internal byte[] Message => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"zhida-checkpoint/1\n{Database}\n{Position}\n{Hash}\n{At}\n"));

    internal string ToLine() => JsonSerializer.Serialize(this, Form);

    /// <summary>Null: not a checkpoint.</summary>
    internal static Checkpoint? OfLine(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Checkpoint>(line, Form);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
