using Xunit;

namespace Zhida.Tests.Cli;

/// <summary>Whole scripts, byte for byte: what a person is to read changes only where someone looks at it. A changed
/// script is written anew with ZHIDA_WRITE_GOLDEN=1.</summary>
public sealed class SqlGoldenTests
{
    [Theory]
    [InlineData("5.1", "duckdb")]
    [InlineData("5.1", "postgres")]
    [InlineData("7.1", "duckdb")]
    [InlineData("7.1", "postgres")]
    [InlineData("13.2", "duckdb")]
    [InlineData("13.2", "postgres")]
    public void A_script_is_the_one_that_was_read(string item, string dialect)
    {
        var (exit, text, _) = CommandLine.Run("sql", "--dialect", dialect, "--items", item, "--layer",
            "liaoning-2026-demo", "--on", "2026-06-30");
        Assert.Equal(0, exit);
        var golden = Repository.PathOf($"conformance/sql/{item}.{dialect}.sql");
        if (Environment.GetEnvironmentVariable("ZHIDA_WRITE_GOLDEN") == "1") File.WriteAllText(golden, text);
        Assert.Equal(File.ReadAllText(golden), text);
    }
}
