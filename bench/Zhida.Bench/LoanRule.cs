using RulesEngine.Models;

namespace Zhida.Bench;

/// <summary>The facts of the loan rule as the peers take them; amounts in 元.</summary>
public sealed class Loan
{
    public string Industry { get; init; } = "";

    public string Division { get; init; } = "";

    public bool BadCredit { get; init; }

    public DateOnly GrantedOn { get; init; }

    public decimal Principal { get; init; }

    public int Days { get; init; }

    public decimal InterestPaid { get; init; }

    public decimal Granted { get; init; }
}

/// <summary>One loan-subsidy rule, the same for all peers: six industries, a division prefix, no bad credit, a date
/// window; the least of 1.5 % interest, interest paid and what a cap of 100 万元 has left after earlier grants.</summary>
internal static class LoanRule
{
    private static readonly HashSet<string> Industries = ["C26", "C27", "C34", "C35", "C36", "C37"];
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly DateOnly Last = new(2026, 12, 31);

    /// <summary>By hand, in decimals: 元 to the 分, or null where not due.</summary>
    public static decimal? ByHand(Loan loan)
    {
        if (!Industries.Contains(loan.Industry)) return null;
        if (!loan.Division.StartsWith("21", StringComparison.Ordinal) || loan.BadCredit) return null;
        if (loan.GrantedOn < First || loan.GrantedOn > Last) return null;
        var interest = loan.Principal * 0.015m * loan.Days / 365m;
        var asked = decimal.Round(Math.Min(interest, loan.InterestPaid), 2, MidpointRounding.AwayFromZero);
        return Math.Min(asked, Math.Max(0, 1_000_000m - loan.Granted));
    }

    /// <summary>The same for Microsoft RulesEngine: one rule whose success carries the amount.</summary>
    public static RulesEngine.RulesEngine ForRulesEngine() => new([new Workflow
    {
        WorkflowName = "loan",
        Rules =
        [
            new Rule
            {
                RuleName = "subsidy",
                RuleExpressionType = RuleExpressionType.LambdaExpression,
                Expression =
                    "new[]{\"C26\",\"C27\",\"C34\",\"C35\",\"C36\",\"C37\"}.Contains(loan.Industry) && " +
                    "loan.Division.StartsWith(\"21\") && !loan.BadCredit && " +
                    "loan.GrantedOn >= DateOnly(2026,1,1) && loan.GrantedOn <= DateOnly(2026,12,31)",
                Actions = new RuleActions
                {
                    OnSuccess = new ActionInfo
                    {
                        Name = "OutputExpression",
                        Context = new Dictionary<string, object>
                        {
                            ["expression"] =
                                "Math.Min(Math.Round(Math.Min(loan.Principal * 0.015m * loan.Days / 365m, " +
                                "loan.InterestPaid), 2, MidpointRounding.AwayFromZero), " +
                                "Math.Max(0m, 1000000m - loan.Granted))",
                        },
                    },
                },
            },
        ],
    }], new ReSettings { CustomTypes = [typeof(DateOnly), typeof(MidpointRounding)] });
}
