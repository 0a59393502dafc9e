using Xunit;
using Zhida.Ledger.Storage;
using Zhida.Tests.Cli;

namespace Zhida.Tests.Torture;

/// <summary>The server process and its database killed under clients at work: no acknowledged step is lost, none is
/// done twice.</summary>
public sealed class TortureTests
{
    [Theory]
    [InlineData("sqlite", "磁盘空间不足")]
    [InlineData("postgres", "崩溃")]
    public void What_was_acknowledged_is_there_once_after_a_tenth_of_the_kills(string database, string said) =>
        Torture(said, "--database", database, "--kills", "10", "--restarts", "2", "--clients", "4");

    [Fact]
    public void What_was_acknowledged_is_there_once_after_two_hundred_kills()
    {
        Repository.OnlyWhenLong();
        Torture("SIGKILL");
    }

    [Theory]
    [InlineData("--database", "oracle")]
    [InlineData("--clients", "0")]
    public void Bad_options_exit_2(string option, string value) =>
        Assert.Equal(2, CommandLine.Run("torture", option, value).Code);

    private static void Torture(string said, params string[] options)
    {
        if (!OwnServer.IsInstalled) Assert.Skip("needs Debian's postgresql");
        var run = CommandLine.Run(["torture", .. options]);
        Assert.True(run.Code == 0, run.Output + run.Error);
        Assert.Contains(said, run.Output);
        Assert.Contains("没有一步办两次", run.Output);
    }
}
