using Zhida.Policy.Checking;
using Zhida.Policy.Checking.Smt;

namespace Zhida.Policy.Desk;

/// <summary>What <c>check</c> found, and over how many policies and items.</summary>
public sealed record CheckReport(IReadOnlyList<Finding> Findings, int Policies, int Items)
{
    public int Errors => Findings.Count(f => f.Severity == Severity.Error);

    public int Notes => Findings.Count - Errors;
}

/// <summary>Checks policies and layers: every policy alone, then under each of its layers. What is open or unproved is
/// said of the official text; a layer adds its errors. A fact is unused where neither the text nor any layer reads it.
/// </summary>
public static class TreeCheck
{
    /// <param name="tree">The files. All policies are loaded together: a fact that only one uses is used.</param>
    /// <param name="ids">Policies and layers to report on; empty: all.</param>
    /// <param name="prove">Whether to ask the solver too.</param>
    public static CheckReport Run(PolicyTree tree, IReadOnlyList<string> ids, bool prove)
    {
        var findings = new List<Finding>();
        HashSet<Finding>? unused = null;
        var (policies, items) = (0, 0);
        foreach (var (layer, load) in tree.LoadEach())
        {
            var program = tree.Narrow(load.Bound, ids);
            var ofRules = Checker.Check(load.Bound).ToLookup(f => f.Code == Checker.UnusedFact);
            unused = unused is null ? [.. ofRules[true]] : [.. unused.Intersect(ofRules[true])];
            var found = load.Findings.Concat(ofRules[false]);
            if (prove && load.Program is not null) found = found.Concat(Proofs.Check(program));
            if (layer is null && load.Program is not null) found = found.Concat(PlanCheck.Check(program, load.Tables));
            if (layer is null) (policies, items) = (program.Policies.Count, program.Policies.Sum(p => p.Items.Count));
            else found = found.Where(f => f.Severity == Severity.Error && !IsOfText(f) || IsOf(layer, f));
            findings.AddRange(found);
        }
        return new CheckReport(
            [.. findings.Concat(unused ?? []).Distinct()
                .Where(f => f.Location.File is null || tree.Covers(ids, f.Location.File))
                .OrderBy(f => f.Location.File, StringComparer.Ordinal).ThenBy(f => f.Location.Line)],
            policies, items);
    }

    /// <summary>What the text's coverage lacks is said of the text alone: a layer's value stands in place of the
    /// official one, and takes its basis with it.</summary>
    private static bool IsOfText(Finding finding) => finding.Code is "clause.uncarried" or "figure.unclaimed";

    private static bool IsOf(PolicyEntry layer, Finding finding) =>
        finding.Location.File?.StartsWith(layer.Folder + "/", StringComparison.Ordinal) == true;
}
