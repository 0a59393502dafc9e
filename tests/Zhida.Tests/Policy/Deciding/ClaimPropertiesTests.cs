using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Xunit;
using Zhida.Policy.Deciding;
using Zhida.Policy.Desk;
using Zhida.Policy.Facts;
using Zhida.Tests.Policy.Loading;

namespace Zhida.Tests.Policy.Deciding;

/// <summary>Cases one after another, each with the balances that those before it left, get what their lines get
/// together (SEMANTICS 6), where the order alone says who comes first.</summary>
public sealed class ClaimPropertiesTests
{
    private const int Tries = 100, FewestLines = 3;

    private static readonly DateOnly On = new(2026, 6, 30);
    private static readonly Lazy<DecisionMaker> Nested =
        new(() => CaseBook.Open(TestTree.Accept("nested-caps").Files, "nested-caps"));

    private static readonly Lazy<DecisionMaker> Demo =
        new(() => CaseBook.Open(TestTree.Whole(), "liaoning-2026", "liaoning-2026-demo"));

    private static readonly Gen<JsonObject> AnyLoan = Gen.Select(
        Gen.Long[0, 10_000_000_000], Gen.Int[1, 3], Gen.Int[0, 6], Gen.Int[1, 3], (fen, project, filed, years) =>
        {
            var json = new JsonObject
            {
                ["项目"] = $"P{project}", ["本金"] = (fen / 100m).ToString(CultureInfo.InvariantCulture) + "元",
                ["发放日"] = "2026-03-01", ["用途"] = fen % 7 == 0 ? "其他" : "项目",
                ["计息起日"] = "2026-03-01", ["计息止日"] = $"{2025 + years}-11-30",
            };
            if (filed > 0) json["申报时间"] = $"2026-04-0{filed}";
            return json;
        });

    public static TheoryData<string> Samples =>
        [.. Directory.GetFiles(Repository.PathOf("samples"), "*.json").Select(p => Path.GetFileName(p)!)
            .Order(StringComparer.Ordinal)];

    [Fact]
    public void On_random_facts() => Gen.Select(
        AnyLoan.List[1, 6], Gen.Long[0, 200_000_000], Gen.Long[0, 1_100_000_000]).Sample((loans, subject, pool) =>
    {
        foreach (var (loan, i) in loans.Select((l, i) => (l, i))) loan["编号"] = $"L{i}";
        var facts = new JsonObject
        {
            ["主体"] = new JsonObject { ["编号"] = "甲/乙~" },
            ["项目"] = new JsonArray([.. Enumerable.Range(1, 3).Select(i => new JsonObject { ["编号"] = $"P{i}" })]),
            ["贷款"] = new JsonArray([.. loans.Select(l => l.DeepClone())]),
            ["已得"] = new JsonArray(Grant("主体", subject), Grant("事项", pool)),
        };
        Assert.Equal(loans.Count, Compare(Nested.Value, CaseBook.Json(facts.ToJsonString())));
    }, iter: Tries, threads: 1);

    [Theory]
    [MemberData(nameof(Samples))]
    public void On_the_samples(string sample) =>
        Assert.True(Compare(Demo.Value,
            CaseBook.Json(File.ReadAllText(Repository.PathOf("samples/" + sample)))) >= FewestLines);

    private static JsonObject Grant(string scope, long fen) => new()
    {
        ["事项"] = "1.1", ["范围"] = scope, ["金额"] = (fen / 100m).ToString(CultureInfo.InvariantCulture) + "元",
    };

    /// <summary>The number of lines compared.</summary>
    private static int Compare(DecisionMaker maker, JsonElement json)
    {
        var (facts, findings) = maker.ReadFacts(JsonSerializer.SerializeToUtf8Bytes(json), "facts");
        Assert.Empty(findings);
        var lines = CaseBook.InOrder(maker.Decide(facts!, On).Items.Where(i => CaseBook.IsInOrder(i.Item)))
            .Where(l => l.Object.Id.Length > 0).ToList();
        var (book, compared) = (new CaseBook(maker, On, json), 0);
        foreach (var line in lines)
        {
            // Lines whose account or limit is not known are no cases yet.
            if (line.Caps.Any(c => c.Account is null)) continue;
            compared++;
            var alone = book.Take(CaseBook.ClaimOf(line));
            Assert.Equal(
                (line.Item.Id, line.Object.Id, line.Period, line.Outcome, line.AmountState, line.Amount, line.Bound),
                (alone.Item.Id, alone.Object.Id, alone.Period, alone.Outcome, alone.AmountState, alone.Amount,
                    alone.Bound));
            Assert.Equal(line.Caps.Select(c => (c.Account, c.Limit, c.Used, c.Left, c.Bites)),
                alone.Caps.Select(c => (c.Account, c.Limit, c.Used, c.Left, c.Bites)));
        }
        return compared;
    }
}
