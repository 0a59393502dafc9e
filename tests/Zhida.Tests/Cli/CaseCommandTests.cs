using Xunit;

namespace Zhida.Tests.Cli;

public sealed class CaseCommandTests
{
    [Fact]
    public void A_case_is_walked_from_draft_to_paid_backed_up_and_brought_back()
    {
        using var folder = new TemporaryFolder();
        string At(string name) => Path.Combine(folder.Path, name);
        var walked = CommandLine.Run("case", "demo", "--out", folder.Path);
        Assert.Equal(0, walked.Code);
        foreach (var word in new[] { "完结", "877,808.22", "完好：没有发现改动", "拨付凭证" })
            Assert.Contains(word, walked.Output);
        Assert.Equal(4, Directory.GetFiles(folder.Path, "*.pdf").Length);
        Assert.Equal(2, CommandLine.Run("case", "demo", "--out", folder.Path).Code);
        Assert.Equal(0, CommandLine.Run("audit", "verify", "--database", At("demo.db")).Code);
        Assert.Equal(0, CommandLine.Run(
            "database", "backup", "--database", At("demo.db"), "--out", At("backup.tar.gz")).Code);
        Assert.Equal(2, CommandLine.Run("database", "restore", At("backup.tar.gz"), "--database", At("demo.db")).Code);
    }
}
