using System.Text.Json;
using System.Text.RegularExpressions;

namespace Zhida.Tests.Cli;

/// <summary>As much of JSON Schema as the project's own schemas use: type, enum, pattern, required, properties,
/// additionalProperties, items, anyOf, minimum, maximum, minItems, $ref to #/$defs.</summary>
internal static class MiniSchema
{
    /// <summary>Fails the test with the path at which the value breaks the schema.</summary>
    public static void Check(JsonElement value, JsonElement schema)
    {
        var problem = Problem(value, schema, schema, "$");
        Assert.True(problem is null, problem);
    }

    public static string? Problem(JsonElement value, JsonElement schema) => Problem(value, schema, schema, "$");

    private static string? Problem(JsonElement value, JsonElement schema, JsonElement root, string path)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Problem(value, root.GetProperty("$defs").GetProperty(reference.GetString()![8..]), root, path);
        if (schema.TryGetProperty("anyOf", out var any) &&
            any.EnumerateArray().Select(s => Problem(value, s, root, path)).All(p => p is not null))
            return $"{path}: none of the alternatives";
        if (schema.TryGetProperty("enum", out var words) &&
            !words.EnumerateArray().Any(w => w.GetRawText() == value.GetRawText() ||
                w.ValueKind == JsonValueKind.String && value.ValueKind == JsonValueKind.String &&
                w.GetString() == value.GetString()))
            return $"{path}: {value.GetRawText()} is not one of the words";
        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(t => Is(value, t)))
            return $"{path}: not {type.GetRawText()}";
        return value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(value, schema, root, path),
            JsonValueKind.Array => OfArray(value, schema, root, path),
            JsonValueKind.String => schema.TryGetProperty("pattern", out var pattern) &&
                !Regex.IsMatch(value.GetString()!, pattern.GetString()!) ? $"{path}: {value} breaks {pattern}" : null,
            JsonValueKind.Number => schema.TryGetProperty("minimum", out var least) &&
                value.GetDecimal() < least.GetDecimal() || schema.TryGetProperty("maximum", out var most) &&
                value.GetDecimal() > most.GetDecimal() ? $"{path}: {value} is out of range" : null,
            _ => null,
        };
    }

    private static string? OfObject(JsonElement value, JsonElement schema, JsonElement root, string path)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray())
                if (!value.TryGetProperty(name.GetString()!, out _)) return $"{path}: lacks {name}";
        var hasMembers = schema.TryGetProperty("properties", out var members);
        var hasOthers = schema.TryGetProperty("additionalProperties", out var others);
        foreach (var property in value.EnumerateObject())
        {
            var here = $"{path}.{property.Name}";
            if (hasMembers && members.TryGetProperty(property.Name, out var member))
            {
                if (Problem(property.Value, member, root, here) is { } problem) return problem;
            }
            else if (hasOthers && others.ValueKind == JsonValueKind.False) return $"{here}: not in the schema";
            else if (hasOthers && others.ValueKind == JsonValueKind.Object &&
                     Problem(property.Value, others, root, here) is { } problem) return problem;
        }
        return null;
    }

    private static string? OfArray(JsonElement value, JsonElement schema, JsonElement root, string path)
    {
        if (schema.TryGetProperty("minItems", out var least) && value.GetArrayLength() < least.GetInt32())
            return $"{path}: too short";
        if (!schema.TryGetProperty("items", out var items)) return null;
        return value.EnumerateArray().Select((v, i) => Problem(v, items, root, $"{path}[{i}]"))
            .FirstOrDefault(p => p is not null);
    }

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool Is(JsonElement value, string type) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or
            ("number", JsonValueKind.Number) or ("null", JsonValueKind.Null) or
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
        _ => false,
    };
}
