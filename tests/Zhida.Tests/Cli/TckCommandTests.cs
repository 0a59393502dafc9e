using Xunit;

namespace Zhida.Tests.Cli;

public sealed class TckCommandTests
{
    [Fact]
    public void A_group_of_the_kit_passes_and_is_listed()
    {
        var folder = Repository.Shared("dmn-tck/compliance-level-3/0002-string-functions");
        var csv = Path.GetTempFileName();
        try
        {
            var result = CommandLine.Run("tck", folder, "--csv", csv);
            Assert.Equal(0, result.Code);
            Assert.EndsWith(" passed, 0 failed, 0 skipped\n", result.Output);
            var rows = File.ReadAllLines(csv);
            Assert.Equal("model,case,node,outcome,message", rows[0]);
            Assert.All(rows.Skip(1), row => Assert.Contains(",passed,", row));
        }
        finally
        {
            File.Delete(csv);
        }
    }

    [Fact]
    public void A_folder_that_is_not_there_exits_2()
    {
        var result = CommandLine.Run("tck", "nowhere");
        Assert.Equal(2, result.Code);
        Assert.Contains("没有文件夹 nowhere", result.Error);
    }
}
