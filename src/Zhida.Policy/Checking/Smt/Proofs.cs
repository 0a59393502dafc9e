using Zhida.Feel.Nodes;
using Zhida.Policy.Program;

namespace Zhida.Policy.Checking.Smt;

/// <summary>
/// What a solver proves of each item over the declared ranges of its facts: the conditions can hold together, none
/// holds or fails always, nothing is divided by zero, the amount is never negative and fits the ledger's 分. What it
/// can't prove is a note.
/// </summary>
public static class Proofs
{
    /// <summary>The most a ledger account holds: 2⁶³ − 1 分.</summary>
    private const decimal MostYuan = 92233720368547758.07m;

    /// <summary>Findings of all items; a single note where z3 is not installed.</summary>
    public static IReadOnlyList<Finding> Check(PolicyProgram program)
    {
        using var solver = Solver.Start();
        if (solver is null)
            return [Finding.Note("proof.solver", default, "没有安装 z3，未作证明", "apt-get install z3")];
        return [.. program.Policies.SelectMany(p => p.Items).SelectMany(i => OfItem(i, solver))];
    }

    private static List<Finding> OfItem(Item item, Solver solver)
    {
        var findings = new List<Finding>();
        var translator = new Translator(item);
        var conditions = item.Conditions.Select(c => (Condition: c, Term: translator.Term(c.Expression))).ToList();
        var amount = item.Amount.Expression is { } expression ? translator.Term(expression) : null;
        solver.Reset(translator.Declarations);
        foreach (var (condition, term) in conditions) OfCondition(condition, term, solver, findings);
        var together = conditions.Select(c => c.Term).ToList();
        Report(solver.Check(together), Satisfiability.Sat, Satisfiability.Unsat, findings, item.Location,
            "proof.conditions", $"{item.Number} 的条件不能同时成立", $"{item.Number} 的条件能否同时成立");
        foreach (var divisor in translator.Divisors)
            Report(solver.Check([.. together, $"(= {divisor} 0.0)"]), Satisfiability.Unsat,
                translator.IsExact ? Satisfiability.Sat : null, findings, item.Amount.Location, "proof.division",
                $"{item.Number} 会除以零", $"{item.Number} 不会除以零");
        if (amount is null) return findings;
        Report(solver.Check([.. together, $"(< {amount} 0.0)"]), Satisfiability.Unsat,
            translator.IsExact ? Satisfiability.Sat : null, findings, item.Amount.Location, "proof.negative",
            $"{item.Number} 的金额会是负数", $"{item.Number} 的金额不会是负数");
        Report(solver.Check([.. together, $"(> {amount} {MostYuan})"]), Satisfiability.Unsat, null, findings,
            item.Amount.Location, "proof.overflow", "", $"{item.Number} 的金额不超出账本的范围");
        return findings;
    }

    private static void OfCondition(Condition condition, string term, Solver solver, List<Finding> findings)
    {
        if (solver.Check([term]) == Satisfiability.Unsat)
            findings.Add(
                Finding.Error("condition.never", condition.Location, $"条件“{condition.Label}”永远不成立", "检查比较的方向和取值范围"));
        if (solver.Check([$"(not {term})"]) == Satisfiability.Unsat)
            findings.Add(
                Finding.Error("condition.always", condition.Location, $"条件“{condition.Label}”永远成立", "检查比较的方向和取值范围"));
    }

    /// <summary>Nothing where the answer is the wanted one, an error where it is the refuted one, else a
    /// note.</summary>
    private static void Report(
        Satisfiability answer, Satisfiability wanted, Satisfiability? refuted, List<Finding> findings, Location at,
        string code, string error, string claim)
    {
        if (answer == wanted) return;
        findings.Add(answer == refuted ? Finding.Error(code, at, error, "检查公式，或在数据字典里写明取值范围")
            : Finding.Note(code, at, $"未证明：{claim}"));
    }
}
