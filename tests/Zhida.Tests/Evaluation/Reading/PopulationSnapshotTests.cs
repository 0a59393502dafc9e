using Xunit;
using Zhida.Evaluation.Matching;
using Zhida.Evaluation.Reading;
using Zhida.Evaluation.Reports;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Desk;

namespace Zhida.Tests.Evaluation.Reading;

/// <summary>What is copied out of a database is decided like the database.</summary>
public sealed class PopulationSnapshotTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public void A_database_and_its_snapshot_give_the_same_table()
    {
        server.Execute("""
            CREATE TABLE "主体" ("编号" text, "统一社会信用代码" text, "名称" text, "注册地" text,
              "沈抚示范区企业" boolean, "主体类型" text);
            INSERT INTO "主体" SELECT 'S' || i, '', '示范' || i, '210102', i % 2 = 0, '企业'
              FROM generate_series(1, 70) i;
            CREATE TABLE "奖项" ("编号" text, "主体" text, "类别" text, "等次" text, "获评日" date,
              "用于创新平台建设" boolean, "此前已得资金" numeric);
            INSERT INTO "奖项" SELECT 'J' || i, 'S' || i, '省长质量奖', CASE i % 3 WHEN 0 THEN '银奖' ELSE '金奖' END,
              DATE '2025-12-20' + i, nullif(i % 7, 0) < 6, i * 1000.5 FROM generate_series(1, 70) i;
            """);
        using var folder = new TemporaryFolder();
        var maker = DecisionMaker.Open(PolicyTree.Read(Repository.Root).Files, [], ["liaoning-2026-demo"],
            new Dictionary<string, string>()).Maker!;
        var snapshot = Path.Combine(folder.Path, "snapshot");
        Assert.Null(PopulationSnapshot.Take(server.Address, snapshot, maker.Program.Dictionary));
        Assert.Equal([("主体.parquet", 70L), ("奖项.parquet", 70L)], PopulationSnapshot.NamesOf(snapshot)
            .Select(n => PopulationSnapshot.Count(snapshot, n)).Select(f => (f.Name, f.Rows)));
        string Match(string source, string name)
        {
            var path = Path.Combine(folder.Path, name);
            var request = new MatchRequest(source, Destination.Parse(path).Destination!, maker.Find("12.2"), "columns",
                1, new DateOnly(2026, 6, 30), All: true, Why: false, Work: null, maker.Bundle.Id);
            using var job = Zhida.Evaluation.Matching.Population.Open(request, maker.Program, maker.Tables).Job!;
            job.Execute(new WhyHead("", "", request.On, Preview: false, ""), TestContext.Current.CancellationToken);
            return File.ReadAllText(path);
        }
        var direct = Match(server.Address, "direct.csv");
        Assert.Contains("符合,定额,200000000", direct);
        Assert.Contains("待补充", direct);
        Assert.Equal(direct, Match(snapshot, "snapshot.csv"));
    }

    [Fact]
    public void What_is_not_there_is_refused()
    {
        using var folder = new TemporaryFolder();
        var maker = DecisionMaker.Open(PolicyTree.Read(Repository.Root).Files, [], [],
            new Dictionary<string, string>()).Maker!;
        Assert.Contains("没有", PopulationSnapshot.Take(Path.Combine(folder.Path, "无"),
            Path.Combine(folder.Path, "snapshot"), maker.Program.Dictionary)!.Message);
    }
}
