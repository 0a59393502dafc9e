using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Zhida.Policy.Deciding;

namespace Zhida.Policy.Bundles;

/// <summary>
/// A version (SEMANTICS 7): official text, measure files, ordered layers, settings, reference tables, engine version,
/// named by the hash of all of it. Immutable; what a decision names so that it can be made again.
/// </summary>
public sealed class Bundle
{
    /// <summary>Changes whenever the same files could decide differently.</summary>
    public const string EngineVersion = "2";

    private const string ManifestName = "manifest.json";

    private Bundle(
        string id, string engine, IReadOnlyList<string> policies, IReadOnlyList<string> layers,
        IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, byte[]> files, byte[] manifest)
    {
        (Id, Engine, Policies, Layers) = (id, engine, policies, layers);
        (Settings, Files, Manifest) = (settings, files, manifest);
    }

    /// <summary>SHA-256 of the canonical manifest, lower-case hex.</summary>
    public string Id { get; }

    public string Engine { get; }

    public IReadOnlyList<string> Policies { get; }

    public IReadOnlyList<string> Layers { get; }

    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Content by path relative to the root, with forward slashes.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    private byte[] Manifest { get; }

    public static Bundle Create(
        IReadOnlyList<string> policies, IReadOnlyList<string> layers, IReadOnlyDictionary<string, string> settings,
        IReadOnlyDictionary<string, byte[]> files)
    {
        var manifest = WriteManifest(policies, layers, settings, files);
        using var document = JsonDocument.Parse(manifest);
        return new Bundle(Canonical.Hash(document.RootElement), EngineVersion, policies, layers, settings, files,
            manifest);
    }

    /// <summary>Stores the bundle as a zip named by its id; does nothing where it is stored already.</summary>
    public void Save(string directory)
    {
        var path = Path.Combine(directory, Id + ".zip");
        if (File.Exists(path)) return;
        Directory.CreateDirectory(directory);
        // Written beside and moved: whoever finds the name finds all of it.
        var temporary = $"{path}.{Guid.NewGuid():N}";
        using (var zip = ZipFile.Open(temporary, ZipArchiveMode.Create))
        {
            Add(zip, ManifestName, Manifest);
            foreach (var (name, content) in Files.OrderBy(f => f.Key, StringComparer.Ordinal)) Add(zip, name, content);
        }
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads a stored bundle and proves that it is the one its name says; null and a reason
    /// otherwise.</summary>
    public static (Bundle? Bundle, string? Problem) Load(string directory, string id)
    {
        var path = Path.Combine(directory, id + ".zip");
        if (id.Length != 64 || !id.All(char.IsAsciiHexDigitLower) || !File.Exists(path))
            return (null, $"没有存档的版本 {id}");
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var files = zip.Entries.ToDictionary(e => e.FullName, Read);
            if (!files.Remove(ManifestName, out var manifest)) return (null, $"版本 {id} 的存档不完整");
            using var document = JsonDocument.Parse(manifest);
            var root = document.RootElement;
            var bundle = Create(Strings(root, "policies"), Strings(root, "layers"),
                root.GetProperty("settings").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!),
                files);
            var engine = root.GetProperty("engine").GetString()!;
            if (engine != EngineVersion) return (null, $"版本 {id} 由引擎 {engine} 判定，本机为 {EngineVersion}");
            return bundle.Id == id ? (bundle, null) : (null, $"版本 {id} 的存档被改动过");
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or IOException)
        {
            return (null, $"版本 {id} 的存档已损坏");
        }
    }

    private static byte[] WriteManifest(
        IReadOnlyList<string> policies, IReadOnlyList<string> layers, IReadOnlyDictionary<string, string> settings,
        IReadOnlyDictionary<string, byte[]> files)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("engine", EngineVersion);
            json.WriteStartArray("policies");
            foreach (var policy in policies) json.WriteStringValue(policy);
            json.WriteEndArray();
            json.WriteStartArray("layers");
            foreach (var layer in layers) json.WriteStringValue(layer);
            json.WriteEndArray();
            json.WriteStartObject("settings");
            foreach (var (name, value) in settings.OrderBy(s => s.Key, StringComparer.Ordinal))
                json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteStartObject("files");
            foreach (var (name, content) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
                json.WriteString(name, Convert.ToHexStringLower(SHA256.HashData(content)));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static List<string> Strings(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var stream = entry.Open();
        stream.Write(content);
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
