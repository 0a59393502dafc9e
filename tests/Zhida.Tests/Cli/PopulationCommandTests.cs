using Xunit;

namespace Zhida.Tests.Cli;

public sealed class PopulationCommandTests
{
    [Fact]
    public void It_prints_what_it_has_written()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run("population", "--size", "50", "--seed", "3", "--out", Path.Combine(folder.Path, "甲"));
        Assert.Equal(0, run.Code);
        Assert.Matches(@"(?m)^ +50 行 .* 主体$", run.Output);
        Assert.Contains("都是合成数据", run.Output);
        Assert.True(File.Exists(Path.Combine(folder.Path, "甲", "贷款_年度.parquet")));
    }

    [Theory]
    [InlineData("--size", "0")]
    [InlineData("--size", "很多")]
    [InlineData("--size", "1000000001")]
    [InlineData("--seed", "1.5")]
    [InlineData("--threads", "0")]
    public void Bad_numbers_are_refused_with_the_mend(string option, string value)
    {
        using var folder = new TemporaryFolder();
        var arguments = new Dictionary<string, string>
            { ["--size"] = "50", ["--seed"] = "3", ["--threads"] = "1", ["--out"] = folder.Path };
        arguments[option] = value;
        var run = CommandLine.Run(["population", .. arguments.SelectMany(a => new[] { a.Key, a.Value })]);
        Assert.Equal(2, run.Code);
        Assert.Contains($"{option}：“{value}”", run.Error);
        Assert.Contains("怎样改", run.Error);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_folder_that_is_a_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "已有的文件");
        File.WriteAllText(file, "");
        var run = CommandLine.Run("population", "--size", "50", "--seed", "3", "--out", file);
        Assert.Equal(2, run.Code);
        Assert.Contains("写不了", run.Error);
    }

    [Fact]
    public void Samples_get_values_for_facts_of_their_own()
    {
        using var folder = new TemporaryFolder();
        var run = CommandLine.Run(
            "population", "--size", "2000", "--seed", "3", "--out", folder.Path, "--policy", "bincheng-xiaofei");
        Assert.Equal(0, run.Code);
        Assert.Matches(@"(?m)^ +[1-9][0-9,]* 行 .* 门店$", run.Output);
    }
}
