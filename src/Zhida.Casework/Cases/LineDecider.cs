using System.Text.Json;
using System.Text.Json.Nodes;
using Zhida.Policy.Deciding;
using Zhida.Policy.Desk;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;

namespace Zhida.Casework.Cases;

/// <summary>The line of a case, decided; with the whole decision, to be kept.</summary>
/// <param name="Place">Who administers the subject; null: not known.</param>
internal sealed record DecidedLine(Line Line, Decision Decision, string? Place);

/// <summary>Decides the one line that a case is about, under the version at hand.</summary>
internal sealed class LineDecider(DecisionMaker maker)
{
    public DecisionMaker Maker => maker;

    /// <summary>Decides with the balances of the ledger, or without: then only to learn which accounts it meets.
    /// </summary>
    /// <param name="on">判定日.</param>
    /// <param name="used">What was used before of each account; none: not known yet.</param>
    public Result<DecidedLine> Decide(Case file, DateOnly on, IReadOnlyCollection<Balance> used)
    {
        var (facts, problems) = Read(file, used);
        if (facts is null) return new Result<DecidedLine>(null, problems);
        var (suited, again, findings) = maker.For(facts);
        if (suited is null || again is null) return new Result<DecidedLine>(null, [.. findings.Select(ProblemOf)]);
        var decision = suited.Decide(again, on, [file.Item]);
        return decision.Items is [{ Lines: [var line] }] ? new DecidedLine(line, decision, Jurisdiction.PlaceOf(again))
            : new Problem("decision", $"{file.Item} 没有对象 {file.Object} 在 {file.Period} 的这一行",
                "检查对象编号和期间", file.Object);
    }

    /// <summary>The facts of a case with what it claims, read; or all that is wrong with them.</summary>
    private (SubjectFacts? Facts, IReadOnlyList<Problem> Problems) Read(
        Case file, IReadOnlyCollection<Balance> used)
    {
        JsonNode? root = null;
        try
        {
            root = JsonNode.Parse(file.Checked ?? file.Facts);
        }
        catch (JsonException)
        {
            // Told below.
        }
        if (root is not JsonObject facts)
            return (null, [new Problem("facts", "填报的内容不是可读的JSON对象", "写成 {\"主体\": {…}, …}")]);
        // Accounts go by this number: nobody chooses their own.
        if (facts["主体"] is JsonObject subject) subject["编号"] = file.Subject;
        else facts["主体"] = new JsonObject { ["编号"] = file.Subject };
        using var document = JsonSerializer.SerializeToDocument(facts);
        var claim = new LineClaim(file.Item, file.Object, file.Period);
        var (read, findings) = maker.ReadFacts(CaseFacts.With(document.RootElement, claim, used), "填报");
        return (read, [.. findings.Select(ProblemOf)]);
    }

    private static Problem ProblemOf(Policy.Finding finding) =>
        new("facts", finding.Message, finding.Mend ?? "",
            finding.Location.File == "填报" ? null : finding.Location.ToString());
}
