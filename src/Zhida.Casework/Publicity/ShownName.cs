using System.Text.Json;
using Zhida.Casework.Cases;

namespace Zhida.Casework.Publicity;

/// <summary>How a subject is named in public.</summary>
internal static class ShownName
{
    /// <summary>主体类型 that is a natural person.</summary>
    private const string PersonKind = "小微企业主";

    /// <summary>A person's name has no more characters; no registered name of a firm is that short. A trader without a
    /// name of the business is registered under the own one.</summary>
    private const int LongestPersonName = 4;

    /// <summary>Between the parts of names of some peoples (阿依古丽·买买提), never in the name of a firm.</summary>
    private const char Dot = '·';

    /// <summary>The name; of a person only the first character (王**).</summary>
    public static string Of(Case file)
    {
        var name = file.SubjectName.Trim();
        return name.Length <= LongestPersonName || name.Contains(Dot) || KindOf(file.Facts) == PersonKind
            ? name[..Math.Min(1, name.Length)] + new string('*', Math.Max(1, name.Length - 1)) : name;
    }

    private static string? KindOf(string facts)
    {
        try
        {
            using var json = JsonDocument.Parse(facts);
            return json.RootElement.ValueKind == JsonValueKind.Object &&
                json.RootElement.TryGetProperty("主体", out var subject) && subject.ValueKind == JsonValueKind.Object &&
                subject.TryGetProperty("主体类型", out var kind) && kind.ValueKind == JsonValueKind.String
                ? kind.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
