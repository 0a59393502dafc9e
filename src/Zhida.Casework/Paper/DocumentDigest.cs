using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Zhida.Casework.Proof;
using Zhida.Policy.Deciding;

namespace Zhida.Casework.Paper;

/// <summary>The content of a paper as canonical JSON (RFC 8785), and its SM3 digest (GB/T 32905). Members without a
/// value are left out, so that a member that a later version adds leaves the digests of old papers as they
/// are.</summary>
public static class DocumentDigest
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // Canonical members are sorted: the kind is not the first.
        AllowOutOfOrderMetadataProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>20 hex digits: the first 80 bits of SM3 over the canonical content. It stands in the QR code: who
    /// changes a paper needs other content with the same digest.</summary>
    public static string Of(OfficialDocument document) =>
        Sm3.Hex(Write(document))[..20];

    /// <summary>The canonical content, to be stored with the case.</summary>
    public static string Write(OfficialDocument document) =>
        Canonical.Write(JsonSerializer.SerializeToElement(document, Options));

    /// <summary>The document of a stored content. Throws <see cref="JsonException"/> where it is none.</summary>
    public static OfficialDocument Read(string content) =>
        JsonSerializer.Deserialize<OfficialDocument>(content, Options) ??
        throw new JsonException("null is no document");
}
