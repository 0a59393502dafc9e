using Xunit;

namespace Zhida.Tests.Cli;

/// <summary>What the command prints, and what it refuses.</summary>
public sealed class SqlCommandTests
{
    [Theory]
    [InlineData("duckdb", "贷款_本金 * 2)::HUGEINT", " // 36500")]
    [InlineData("postgres", "贷款_本金 * 2)::NUMERIC", "div(")]
    public void An_item_is_a_script_that_says_what_it_does(string dialect, string product, string quotient)
    {
        var (exit, text, _) = CommandLine.Run("sql", "--dialect", dialect, "--items", "5.1", "--layer",
            "liaoning-2026-demo", "--on", "2026-06-30");
        Assert.Equal(0, exit);
        Assert.All(
        [
            "CREATE OR REPLACE TEMP VIEW 事实_贷款 AS", "-- 5. 有利息在执行期内", "AS 计息天数", product, quotient,
            "-- 2. 属于所列方向　依据“聚焦总集成总承包、", "PARTITION BY \"账户_项目·政策期\"", "CREATE OR REPLACE TEMP VIEW 判定 AS",
        ], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Caps_that_are_not_nested_are_refused_with_the_reason()
    {
        var (exit, _, error) = CommandLine.Run("sql", "--dialect", "duckdb", "--items", "4.1", "--layer",
            "liaoning-2026-demo");
        Assert.Equal(2, exit);
        Assert.Contains("互不包含", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_database_is_refused() =>
        Assert.Equal(2, CommandLine.Run("sql", "--dialect", "oracle").Code);
}
