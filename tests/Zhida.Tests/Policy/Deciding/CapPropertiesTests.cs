using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Xunit;
using Zhida.Policy.Deciding;

namespace Zhida.Tests.Policy.Deciding;

/// <summary>What holds of money whatever the facts: caps, order, pro rata, payers (cases of conformance/accept).
/// </summary>
public sealed class CapPropertiesTests
{
    private const int Tries = 300;

    private static readonly AcceptCase Nested = new("nested-caps");
    private static readonly AcceptCase ProRata = new("pro-rata");
    private static readonly AcceptCase Payers = new("payers-split");

    /// <summary>元 with 分, up to a hundred million.</summary>
    private static readonly Gen<decimal> Money = Gen.Long[0, 10_000_000_000].Select(fen => fen / 100m);

    private static readonly Gen<Loan> AnyLoan = Gen.Select(
        Money, Gen.Int[1, 3], Gen.Int[0, 6], Gen.Bool, (amount, project, filed, isFor) =>
            new Loan(amount, $"P{project}", filed == 0 ? null : new DateOnly(2026, 4, filed), isFor));

    private sealed record Loan(decimal Principal, string Project, DateOnly? Filed, bool ForProject);

    private static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture) + "元";

    private static JsonObject FactsOf(IReadOnlyList<Loan> loans, decimal subject, decimal pool) => new()
    {
        ["项目"] = new JsonArray([.. Enumerable.Range(1, 3).Select(i => new JsonObject { ["编号"] = $"P{i}" })]),
        ["贷款"] = new JsonArray([.. loans.Select((loan, i) =>
        {
            var json = new JsonObject
            {
                ["编号"] = $"L{i}", ["项目"] = loan.Project, ["本金"] = Text(loan.Principal), ["发放日"] = "2026-03-01",
                ["用途"] = loan.ForProject ? "项目" : "其他",
            };
            if (loan.Filed is { } day) json["申报时间"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return json;
        })]),
        ["已得"] = new JsonArray(Grant("主体", subject), Grant("事项", pool)),
    };

    private static JsonObject Grant(string scope, decimal amount) => new()
        { ["事项"] = "nested-caps:1.1", ["范围"] = scope, ["金额"] = Text(amount) };

    /// <summary>The rule once more, in the plainest words: in order, each the least of all that is left.</summary>
    private static decimal[] Expected(IReadOnlyList<Loan> loans, decimal subjectGranted, decimal poolGranted)
    {
        var (subject, pool) = (Math.Max(0, 1_500_000 - subjectGranted), Math.Max(0, 10_000_000 - poolGranted));
        var projects = new Dictionary<string, decimal> { ["P1"] = 1_000_000, ["P2"] = 1_000_000, ["P3"] = 1_000_000 };
        var amounts = new decimal[loans.Count];
        var order = Enumerable.Range(0, loans.Count).OrderBy(i => loans[i].Filed ?? DateOnly.MaxValue).ThenBy(i => i);
        foreach (var i in order.Where(i => loans[i].ForProject))
        {
            var asked = decimal.Round(loans[i].Principal * 0.02m, 2, MidpointRounding.AwayFromZero);
            var project = loans[i].Project;
            amounts[i] = new[] { asked, 800_000, projects[project], subject, pool }.Min();
            projects[project] -= amounts[i];
            subject -= amounts[i];
            pool -= amounts[i];
        }
        return amounts;
    }

    [Fact]
    public void Lines_take_in_order_the_least_of_what_every_cap_has_left() =>
        Gen.Select(AnyLoan.List[1, 8], Gen.OneOf(Gen.Const(0m), Money), Gen.OneOf(Gen.Const(0m), Money)).Sample(
            (loans, subject, pool) =>
            {
                var lines = Nested.Lines(FactsOf(loans, subject, pool));
                var expected = Expected(loans, subject, pool);
                Assert.Equal(loans.Count, lines.Count);
                foreach (var (line, i) in lines.Select((l, i) => (l, i)))
                {
                    Assert.Equal(loans[i].ForProject ? Outcome.Due : Outcome.NotDue, line.Outcome);
                    Assert.Equal(expected[i], line.Amount ?? 0);
                    Assert.True((line.Amount ?? 0) <= (line.Asked ?? 0));
                }
                var due = lines.Zip(loans).ToList();
                Assert.All(due.GroupBy(l => l.Second.Project), g =>
                    Assert.True(g.Sum(l => l.First.Amount ?? 0) <= 1_000_000));
                var sum = due.Sum(l => l.First.Amount ?? 0);
                Assert.True(sum <= Math.Max(0, 1_500_000 - subject) && sum <= Math.Max(0, 10_000_000 - pool));
            }, iter: Tries, threads: 1);

    [Fact]
    public void Parts_pro_rata_add_up_to_the_pool_exactly() =>
        Gen.Select(Money.List[1, 8], Gen.OneOf(Gen.Const(0m), Gen.Long[0, 120_000_000].Select(fen => fen / 100m)))
            .Sample((investments, granted) =>
            {
                var facts = new JsonObject
                {
                    ["项目"] = new JsonArray([.. investments.Select((money, i) => new JsonObject
                    {
                        ["编号"] = $"P{i}", ["评审通过"] = true, ["评审日"] = "2026-03-01", ["总投资"] = Text(money),
                    })]),
                    ["已得"] = new JsonArray(new JsonObject { ["事项"] = "1.1", ["范围"] = "事项", ["金额"] = Text(granted) }),
                };
                var lines = ProRata.Lines(facts);
                var asked = lines.Sum(l => l.Asked!.Value);
                Assert.Equal(Math.Min(asked, Math.Max(0, 1_000_000 - granted)), lines.Sum(l => l.Amount!.Value));
                Assert.All(lines, l => Assert.InRange(l.Amount!.Value, 0, l.Asked!.Value));
            }, iter: Tries, threads: 1);

    [Fact]
    public void Payers_parts_add_up_to_the_amount_exactly() => Money.Sample(investment =>
    {
        var line = Assert.Single(Payers.Lines(new JsonObject
        {
            ["项目"] = new JsonArray(new JsonObject
                { ["立项日"] = "2026-03-01", ["设备更新"] = true, ["设备投资额"] = Text(investment) }),
        }));
        Assert.Equal(2, line.Payers.Count);
        Assert.Equal(line.Amount, line.Payers.Sum(p => p.Amount));
        Assert.All(line.Payers, p => Assert.Equal(p.Amount, decimal.Round(p.Amount, 2)));
    }, iter: Tries, threads: 1);
}
