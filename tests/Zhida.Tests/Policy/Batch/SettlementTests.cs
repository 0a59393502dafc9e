using System.Text.Json.Nodes;
using Xunit;
using Zhida.Policy.Batch;
using Zhida.Policy.Facts;

namespace Zhida.Tests.Policy.Batch;

/// <summary>Accounts that join subjects: joint.md has a cap by project (several borrowers of one) and a pool.</summary>
public sealed class SettlementTests
{
    private static readonly MadeUp Joint = new("joint.md");

    private static SubjectFacts Borrower(int number, string project, string principal, params JsonObject[] grants) =>
        Joint.Facts(new JsonObject
        {
            ["主体"] = new JsonObject { ["编号"] = $"S{number:D4}" },
            ["项目"] = new JsonArray(new JsonObject { ["编号"] = project }),
            ["贷款"] = new JsonArray(new JsonObject
            {
                ["编号"] = $"L{number:D4}", ["项目"] = project, ["本金"] = principal, ["用途"] = "项目",
                ["发放日"] = "2026-03-01", ["申报时间"] = number % 2 == 0 ? "2026-05-01" : "2026-04-01",
            }),
            ["已得"] = new JsonArray([.. grants]),
        });

    private static JsonObject Grant(string scope, string amount, string? key = null)
    {
        var grant = new JsonObject { ["事项"] = "1.1", ["范围"] = scope, ["金额"] = amount };
        if (key is not null) grant["对象"] = key;
        return grant;
    }

    private static Dictionary<string, ResultLine> Run(params SubjectFacts[] subjects) =>
        new SmallRun(Joint.Context).Of(subjects, chunkSize: 1).ToDictionary(l => l.Subject);

    [Fact]
    public void A_pool_is_used_exactly_up_to_its_limit_by_who_filed_first()
    {
        // Each asks 2000元: projects of ten borrowers never reach theirs; 1250 of 3000 get something from 250万元.
        var subjects = Enumerable.Range(0, 3000).Select(i => Borrower(i, $"P{i / 10}", "10万元")).ToList();
        var lines = new SmallRun(Joint.Context).Of(subjects, chunkSize: 250);
        Assert.Equal(3000, lines.Count);
        Assert.Equal(2_500_000_00, lines.Sum(l => l.Amount));
        foreach (var line in lines)
        {
            var number = int.Parse(line.Subject[1..]);
            // Odd ones filed in April, in the order of their loans: the first 1250 of 1500.
            var gets = number % 2 == 1 && number / 2 < 1250;
            Assert.Equal((gets ? 2000_00 : 0, gets ? null : "事项·政策期"), (line.Amount!.Value, line.Bit));
        }
    }

    [Fact]
    public void Joint_borrowers_share_their_project()
    {
        var lines = Run(Borrower(1, "P", "4000万元"), Borrower(3, "P", "4000万元"), Borrower(5, "Q", "1000万元"));
        Assert.Equal((800_000_00, null), (lines["S0001"].Amount!.Value, lines["S0001"].Bit));
        Assert.Equal((200_000_00, "项目·年度"), (lines["S0003"].Amount!.Value, lines["S0003"].Bit));
        Assert.Equal((200_000_00, null), (lines["S0005"].Amount!.Value, lines["S0005"].Bit));
    }

    [Fact]
    public void A_grant_without_a_key_counts_for_all_on_the_account_but_nowhere_else()
    {
        var lines = Run(Borrower(1, "P", "3000万元"), Borrower(3, "P", "3000万元", Grant("项目", "30万元")),
            Borrower(5, "Q", "5000万元"));
        // P: 100万 − 30万 = 70万, of which S0001 takes 60万.
        Assert.Equal(600_000_00, lines["S0001"].Amount);
        Assert.Equal(100_000_00, lines["S0003"].Amount);
        Assert.Equal(1_000_000_00, lines["S0005"].Amount);
    }

    [Fact]
    public void A_grant_with_a_key_counts_on_that_account_whoever_got_it()
    {
        var lines = Run(Borrower(1, "P", "5000万元"), Borrower(3, "Q", "5000万元", Grant("项目", "30万元", "P")));
        Assert.Equal(700_000_00, lines["S0001"].Amount);
        Assert.Equal(1_000_000_00, lines["S0003"].Amount);
    }

    [Fact]
    public void Every_grant_under_a_pool_counts()
    {
        var lines = Run(Borrower(1, "P", "5000万元", Grant("事项", "100万元")), Borrower(3, "Q", "5000万元"),
            Joint.Facts(new JsonObject
            {
                ["主体"] = new JsonObject { ["编号"] = "S9999" }, ["贷款"] = new JsonArray(),
                ["已得"] = new JsonArray(Grant("事项", "80万元")),
            }));
        Assert.Equal(700_000_00, lines["S0001"].Amount);
        Assert.Equal((0, "事项·政策期"), (lines["S0003"].Amount!.Value, lines["S0003"].Bit));
    }

    [Fact]
    public void Of_caps_with_equally_little_left_the_first_is_told()
    {
        var line = Assert.Single(Run(Borrower(1, "P", "6000万元", Grant("事项", "150万元")))).Value;
        Assert.Equal((1_000_000_00, "项目·年度"), (line.Amount!.Value, line.Bit));
        line = Assert.Single(Run(Borrower(1, "P", "6000万元", Grant("事项", "150.01万元")))).Value;
        Assert.Equal((999_900_00, "事项·政策期"), (line.Amount!.Value, line.Bit));
    }

    [Fact]
    public void Who_loses_to_another_item_or_finds_no_place_is_told()
    {
        var mixed = new MadeUp("mixed.md");
        var projects = Enumerable.Range(1, 4).Select(i =>
            new Project($"P{i}", 100_00 + i, 100_00, 0, 1, 0, 2026, true).Json()).ToArray();
        var facts = mixed.Facts(new JsonObject
        {
            ["主体"] = new JsonObject { ["编号"] = "甲" }, ["项目"] = new JsonArray([.. projects]),
        });
        var lines = new SmallRun(mixed.Context).Of([facts]).ToLookup(l => l.Item);
        // 1.1 has three places: the least of 50.01, 50.01, 50.02, 50.02 drops out, and takes 1.2 instead.
        Assert.Equal(["50.01 -", "0 事项·一次", "50.02 -", "50.02 -"], lines[0].OrderBy(l => l.Object).Select(Told));
        Assert.Equal(["0 互斥", "20 -", "0 互斥", "0 互斥"], lines[1].OrderBy(l => l.Object).Select(Told));
        // 1.5 has two a year, 35.559元 in all: the second gets 25.55 − what its own cap forbids.
        Assert.Equal(["10 -", "10 -", "0 主体·年度", "0 主体·年度"], lines[4].OrderBy(l => l.Object).Select(Told));

        static string Told(ResultLine line) => $"{line.Amount / 100m:0.##} {line.Bit ?? "-"}";
    }

    [Fact]
    public void A_run_that_was_stopped_goes_on_with_the_chunks_that_are_done()
    {
        var subjects = Enumerable.Range(0, 60).Select(i => Borrower(i, $"P{i % 7}", "700万元")).ToList();
        var whole = SmallRun.Sorted(new SmallRun(Joint.Context).Of(subjects));
        using var folder = new TemporaryFolder();
        var results = new List<ResultLine>();
        foreach (var chunk in SmallRun.ChunksOf(Joint.Context.Program.Dictionary, subjects, 10))
        {
            // A settlement of its own for each chunk, as after a stop; the second is done again.
            for (var again = chunk.Number == 1 ? 2 : 1; again > 0; again--)
            {
                var settlement = new Settlement(Joint.Context, new CapScopes(Joint.Context), folder.Path, 0);
                var settler = settlement.Of(chunk, new SubjectCities(Joint.Context).Of(chunk));
                new InterpretingDecider(Joint.Context).Decide(chunk, settler, all: true);
                var final = settler.Finish();
                if (again == 1) results.AddRange(final);
            }
            File.WriteAllText(Path.Combine(folder.Path, "global-00000099.lines.tmp"), "half written");
        }
        var last = new Settlement(Joint.Context, new CapScopes(Joint.Context), folder.Path, 0);
        Assert.Equal(3, last.Global().Take(3).Count());
        results.AddRange(last.Global());
        Assert.Equal(6, Directory.GetFiles(folder.Path, "*.lines").Length);
        Assert.Equal(whole, SmallRun.Sorted(results));
    }
}
