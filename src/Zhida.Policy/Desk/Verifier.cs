using System.Globalization;
using System.Text.Json;
using Zhida.Policy.Bundles;
using Zhida.Policy.Deciding;

namespace Zhida.Policy.Desk;

/// <summary>What came of making a decision again. <paramref name="Problem"/>: why it could not be made again;
/// <paramref name="Difference"/>: the first place at which the two differ; both null: the same.</summary>
public sealed record Verification(string? Bundle, string? Problem, string? Difference)
{
    public bool Same => Problem is null && Difference is null;
}

/// <summary>Makes a stored decision again, from its own facts and the version that it names, and compares canonical
/// JSON without the prose (SEMANTICS 7).</summary>
public static class Verifier
{
    private const int MaxDepth = 64;

    /// <param name="decision">The JSON of a decision.</param>
    /// <param name="bundles">The folder of stored versions.</param>
    public static Verification Verify(ReadOnlyMemory<byte> decision, string bundles)
    {
        try
        {
            using var document = JsonDocument.Parse(decision, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Verify(document.RootElement, bundles);
        }
        catch (JsonException)
        {
            return new Verification(null, "不是可读的JSON（或嵌套过深）", null);
        }
    }

    private static Verification Verify(JsonElement stored, string bundles)
    {
        if (Read(stored) is not var (id, on, facts, items))
            return new Verification(null, "不是判定：缺少 bundle、on、facts 或 items，或者写法不对", null);
        var (bundle, problem) = Bundle.Load(bundles, id);
        if (bundle is null) return new Verification(id, problem, null);
        var (maker, findings) = DecisionMaker.Open(bundle.Files, bundle.Policies, bundle.Layers, bundle.Settings);
        if (maker is null) return new Verification(id, $"版本 {id} 装载不了：{findings[0].Message}", null);
        var (read, problems) = maker.ReadFacts(JsonSerializer.SerializeToUtf8Bytes(facts), "facts");
        if (read is null) return new Verification(id, $"其中的事实读不了：{problems[0].Message}", null);
        using var again = JsonDocument.Parse(DecisionJson.Write(maker.Decide(read, on, items)));
        return Canonical.Write(stored, withoutProse: true) == Canonical.Write(again.RootElement, withoutProse: true)
            ? new Verification(id, null, null)
            : new Verification(id, null, FirstDifference(stored, again.RootElement, "$") ?? "$");
    }

    private static (string Bundle, DateOnly On, JsonElement Facts, HashSet<string> Items)? Read(JsonElement stored)
    {
        if (stored.ValueKind != JsonValueKind.Object || Text(stored, "bundle") is not { } bundle ||
            !DateOnly.TryParseExact(Text(stored, "on"), "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var on) ||
            !stored.TryGetProperty("facts", out var facts) ||
            !stored.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array) return null;
        var ids = items.EnumerateArray().Select(i => Text(i, "item")).ToList();
        return ids.Contains(null) ? null : (bundle, on, facts, [.. ids.OfType<string>()]);
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) &&
        member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    /// <summary>The path of the first value that differs, with both.</summary>
    private static string? FirstDifference(JsonElement stored, JsonElement again, string path)
    {
        string Differ() => $"{path}：原为 {Short(stored)}，现为 {Short(again)}";
        if (stored.ValueKind != again.ValueKind) return Differ();
        switch (stored.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in stored.EnumerateObject())
                    if (!again.TryGetProperty(member.Name, out var other)) return $"{path}.{member.Name}：多出来的";
                    else if (FirstDifference(member.Value, other, $"{path}.{member.Name}") is { } inside) return inside;
                foreach (var member in again.EnumerateObject())
                    if (!stored.TryGetProperty(member.Name, out _)) return $"{path}.{member.Name}：缺少";
                return null;
            case JsonValueKind.Array:
                if (stored.GetArrayLength() != again.GetArrayLength()) return Differ();
                return stored.EnumerateArray().Zip(again.EnumerateArray())
                    .Select((pair, i) => FirstDifference(pair.First, pair.Second, $"{path}[{i}]"))
                    .FirstOrDefault(d => d is not null);
            default:
                return Canonical.Write(stored) == Canonical.Write(again) ? null : Differ();
        }
    }

    private static string Short(JsonElement json)
    {
        var text = json.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "…";
    }
}
