using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Zhida.Policy.Deciding;

/// <summary>Canonical JSON after RFC 8785 (members sorted by UTF-16 units, no white space, minimal escapes). Numbers
/// keep their exact decimal value in the shortest plain form instead of going through binary doubles: facts are
/// decimals, and two that differ must not hash alike.</summary>
public static class Canonical
{
    /// <summary>Member names that carry prose (messages for people), left out of comparisons by
    /// <c>verify</c>.</summary>
    private static readonly HashSet<string> Prose =
        ["text", "reason", "reasons", "gap", "substituted", "givenUp", "layerNotes"];

    /// <summary>Hash of the canonical form: SHA-256 in lower-case hex.</summary>
    public static string Hash(JsonElement json) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Write(json))));

    /// <summary>The canonical text; <paramref name="withoutProse"/> leaves out what is written for people.</summary>
    public static string Write(JsonElement json, bool withoutProse = false)
    {
        var text = new StringBuilder();
        Append(text, json, withoutProse);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement json, bool withoutProse)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(text, json, withoutProse);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var first = true;
                foreach (var element in json.EnumerateArray())
                {
                    if (!first) text.Append(',');
                    first = false;
                    Append(text, element, withoutProse);
                }
                text.Append(']');
                break;
            case JsonValueKind.String:
                AppendString(text, json.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(json.TryGetDecimal(out var number)
                    ? number.ToString("0.############################", CultureInfo.InvariantCulture)
                    : json.GetRawText());
                break;
            default:
                text.Append(json.GetRawText());
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonElement json, bool withoutProse)
    {
        text.Append('{');
        var first = true;
        foreach (var property in json.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            if (withoutProse && Prose.Contains(property.Name)) continue;
            if (!first) text.Append(',');
            first = false;
            AppendString(text, property.Name);
            text.Append(':');
            // Facts are the caller's own words: nothing of theirs is prose.
            Append(text, property.Value, withoutProse && property.Name != "facts");
        }
        text.Append('}');
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        text.Append('"');
    }
}
