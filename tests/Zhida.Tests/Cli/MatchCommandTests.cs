using System.Text.Json;
using Zhida.Tests.Evaluation.Matching;

namespace Zhida.Tests.Cli;

public sealed class MatchCommandTests(SmallPopulation population) : IClassFixture<SmallPopulation>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void It_reports_what_came_of_the_run()
    {
        var path = Path.Combine(_folder.Path, "r.csv");
        var result = CommandLine.Run("match", population.Folder, "--out", path, "--on", "2026-06-30", "--items",
            "4.1,5.1", "--items", "9.1", "--why");
        Assert.Equal(0, result.Code);
        foreach (var words in new[]
                 {
                     "1,000 个主体", "符合 ", "确定的金额合计", "未生效（预判）：liaoning-2026", "3 个事项（4.1、5.1、9.1）", "每秒", "读 ",
                     "内存最多", path, "差一点", "贷款用于该项目",
                 })
            Assert.Contains(words, result.Output);
        Assert.True(File.Exists(path + ".why.html"));
    }

    [Fact]
    public void It_reports_as_json()
    {
        var path = Path.Combine(_folder.Path, "r.parquet");
        var result = CommandLine.Run("match", population.Folder, "--out", path, "--on", "2026-06-30", "--items",
            "4.1", "--backend", "interpreter", "--json");
        Assert.Equal(0, result.Code);
        using var json = JsonDocument.Parse(result.Output);
        var root = json.RootElement;
        Assert.Equal(1000, root.GetProperty("subjects").GetInt64());
        var lines = root.GetProperty("lines");
        Assert.Equal(lines.GetProperty("written").GetInt64(),
            lines.GetProperty("due").GetInt64() + lines.GetProperty("undecided").GetInt64());
        Assert.Equal(["liaoning-2026:4.1"],
            root.GetProperty("backends").GetProperty("interpreter").EnumerateArray().Select(i => i.GetString()));
        var shares = root.GetProperty("shares").EnumerateObject().Sum(p => p.Value.GetDecimal());
        Assert.InRange(shares, 0.99m, 1.01m);
    }

    [Theory]
    [InlineData("没有 nowhere", "nowhere", "--out", "r.csv")]
    [InlineData("不知道“r.doc”是什么格式", "samples", "--out", "r.doc")]
    [InlineData("没有文件夹", "samples", "--out", "no/such/r.csv")]
    [InlineData("缺少 DIR", "--out", "r.csv")]
    [InlineData("没有“rust”", "samples", "--out", "r.csv", "--backend", "rust")]
    [InlineData("“0”不行", "samples", "--out", "r.csv", "--threads", "0")]
    [InlineData("没有事项“99.9”", "samples", "--out", "r.csv", "--items", "99.9")]
    [InlineData("主体", "samples", "--out", "r.csv")]
    public void What_can_not_be_run_exits_2_and_leaves_nothing(string message, params string[] arguments)
    {
        var before = Directory.EnumerateFileSystemEntries(Repository.Root).Count();
        var result = CommandLine.Run(["match", .. arguments]);
        Assert.Equal(2, result.Code);
        Assert.Contains(message, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(Repository.Root).Count());
    }

    [Fact]
    public void Help_names_every_option()
    {
        var result = CommandLine.Run("match", "--help");
        Assert.Equal(0, result.Code);
        foreach (var option in new[]
                 {
                     "--out 文件", "--items 事项", "--backend 后端", "--threads 线程数", "--on 日期", "--policy 政策", "--layer 层",
                     "--set 名称=值", "--all", "--why", "--work 文件夹", "--json",
                 })
            Assert.Contains("  " + option, result.Output);
        Assert.DoesNotContain("--chunk", result.Output);
    }

    public void Dispose() => _folder.Dispose();
}
