using Xunit;

namespace Zhida.Tests.Cli;

public sealed class UsageTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_is_chinese_and_fine(string option)
    {
        var result = CommandLine.Run(option);
        Assert.Equal(0, result.Code);
        Assert.Contains("用法：./zhida", result.Output);
        Assert.Contains("返回码", result.Output);
        Assert.DoesNotContain("Usage", result.Output);
    }

    [Theory]
    [InlineData("没有写命令")]
    [InlineData("不认识“nonsense”", "nonsense")]
    [InlineData("不认识“--nonsense”", "--nonsense")]
    public void Wrong_arguments_exit_2_and_say_why(string message, params string[] arguments)
    {
        var result = CommandLine.Run(arguments);
        Assert.Equal(2, result.Code);
        Assert.Contains(message, result.Error);
        Assert.Contains("--help", result.Error);
        Assert.Empty(result.Output);
    }
}
