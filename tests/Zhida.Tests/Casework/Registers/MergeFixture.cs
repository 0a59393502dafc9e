using System.Text.Json;
using System.Text.Json.Nodes;
using Zhida.Casework.Registers;
using Zhida.Policy.Facts;
using Zhida.Policy.Loading;
using Zhida.Policy.Program;

namespace Zhida.Tests.Casework.Registers;

/// <summary>The real dictionary, and documents as tests write them.</summary>
internal static class MergeFixture
{
    public static readonly DateTimeOffset Filed = new(2026, 7, 1, 1, 30, 0, TimeSpan.Zero);

    private static readonly Lazy<LoadResult> Loaded = new(() => PolicyLoader.Load(
        PolicyLoader.ReadFiles(Repository.Root), ["liaoning-2026"], [], new Dictionary<string, string>()));

    public static LoadResult Load => Loaded.Value;

    public static Dictionary Dictionary => Load.Program!.Dictionary;

    public static IEnumerable<Fact> Facts => Dictionary.Objects.Values.SelectMany(o => o.Facts.Concat(o.YearFacts));

    /// <summary>With the table of the program.</summary>
    public static FactsMerge Merge => new(Dictionary, Load.Tables, RegisterTable.Load());

    /// <summary>With a bank that answers for loans too.</summary>
    public static FactsMerge WithBank => new(Dictionary, Load.Tables, RegisterTable.Parse("""
        register,service,proof
        经营主体登记,登记,接口
        借款合同,银行,接口
        付息凭证,银行,接口
        """));

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public static JsonElement Json(JsonNode node) => JsonSerializer.SerializeToElement(node);

    public static RegisterFound Found(string register, string facts) => new(register, "2026-06-01", Json(facts));

    /// <summary>File; the draft must be well formed.</summary>
    public static MergedFacts File(this FactsMerge merge, string draft, params RegisterAnswer[] answers)
    {
        var (merged, problem) = merge.File(Json(draft), answers, Filed);
        return merged ?? throw new InvalidOperationException(problem!.Message);
    }

    public static SubjectFacts Read(MergedFacts merged)
    {
        var (facts, findings) = new FactsReader(Dictionary, Load.Tables).Read(Json(merged.Facts), "facts");
        return facts ?? throw new InvalidOperationException(string.Join('\n', findings));
    }
}
