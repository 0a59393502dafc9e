using Zhida.Feel.Nodes;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Checking;

/// <summary>What can be proved of a loaded program without deciding anything: that the rules carry the text, that
/// tables are whole, that conditions can go both ways, that nothing is unused; and what is still open.</summary>
public static class Checker
{
    /// <summary>The code of a fact that no rule of the program reads.</summary>
    internal const string UnusedFact = "fact.unused";

    private const int MaxExclusive = 8;

    /// <summary>Facts that name an object for people and documents, whether or not a rule reads them.</summary>
    private static readonly string[] Identification = ["编号", "申报时间", "名称", "统一社会信用代码"];

    /// <summary>All findings, in the order of files and lines.</summary>
    public static IReadOnlyList<Finding> Check(PolicyProgram program)
    {
        var findings = new List<Finding>();
        foreach (var policy in program.Policies)
        {
            findings.AddRange(Coverage.Check(policy));
            foreach (var item in policy.Items)
            {
                findings.AddRange(Tiers.Check(policy, item));
                findings.AddRange(ReadingCheck.Check(item));
                findings.AddRange(OfItem(item));
            }
            findings.AddRange(OfExclusions(policy));
        }
        findings.AddRange(OfUnusedFacts(program));
        return [.. findings.OrderBy(f => f.Location.File, StringComparer.Ordinal).ThenBy(f => f.Location.Line)
            .ThenBy(f => f.Location.Column)];
    }

    private static IEnumerable<Finding> OfItem(Item item)
    {
        foreach (var condition in item.Conditions)
            if (condition.Expression is Literal { Value: var value })
                yield return Finding.Error("condition.constant", condition.Location,
                    $"条件“{condition.Label}”永远{(value.IsTrue ? "成立" : "不成立")}", "条件要依据事实");
        if (item.Examples.Count == 0)
            yield return Finding.Error("item.examples", item.Location, $"{item.Number} 没有示例", "至少写一个符合、一个不符合的例子");
        foreach (var open in item.OpenPlaces)
            yield return Finding.Note("open", open.Location, $"{item.Number} 待细则：{open.Name}");
        foreach (var reading in item.Readings)
            if (!reading.IsConfirmed && reading.Unlisted is null)
                yield return Finding.Note("reading.unconfirmed", reading.Location,
                    (reading.Location.File == item.Location.File ? item.Number + " " : "") +
                    $"口径待确认：{reading.Question}（现行：{reading.Current}）");
    }

    private static IEnumerable<Finding> OfExclusions(PolicyDocument policy) =>
        from item in policy.Items
        from name in item.ExclusionGroups
        group item by name into members
        where members.Count() > MaxExclusive
        select Finding.Error("exclusion.size", members.Last().Location,
            $"互斥组“{members.Key}”有{members.Count()}个事项，最多{MaxExclusive}个", "拆成几个组");

    private static IEnumerable<Finding> OfUnusedFacts(PolicyProgram program)
    {
        var used = new HashSet<Cause>(ReferenceEqualityComparer.Instance);
        var seen = new HashSet<Expr>(ReferenceEqualityComparer.Instance);
        // A derived fact may serve what is no item: who administers a subject.
        foreach (var member in program.Dictionary.Objects.Values.SelectMany(o => o.Record.Members))
            if (member.Derivation is { } derivation) Collect(derivation, used, seen);
        foreach (var policy in program.Policies)
        foreach (var item in policy.Items)
        {
            foreach (var root in item.Roots()) Collect(root, used, seen);
            foreach (var fact in item.Materials.SelectMany(m => m.Proves)) used.Add(CauseOf(fact));
        }
        return
            from type in program.Dictionary.Objects.Values
            from fact in type.Facts.Concat(type.YearFacts)
            where !Identification.Contains(fact.Name) && !used.Contains(CauseOf(fact))
            select Finding.Error(UnusedFact, fact.Location, $"没有规则用到“{fact.Path}”", "删去，或在规则里使用");
    }

    private static Cause CauseOf(Fact fact) => fact.Yearly
        ? fact.Object.LineRecord.Members[fact.Object.LineRecord.SlotOf(fact.Name)].Missing
        : fact.Object.Record.Members[fact.Slot].Missing;

    private static void Collect(Expr node, HashSet<Cause> used, HashSet<Expr> seen)
    {
        if (!seen.Add(node)) return;
        if (node is Member { Declared: { } member })
        {
            used.Add(member.Missing);
            if (member.Derivation is { } derivation) Collect(derivation, used, seen);
        }
        if (node is Variable { Symbol.Definition: { } definition }) Collect(definition, used, seen);
        foreach (var child in node.Children) Collect(child, used, seen);
    }
}
