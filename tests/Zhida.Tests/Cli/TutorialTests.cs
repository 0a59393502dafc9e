using System.Text.RegularExpressions;

namespace Zhida.Tests.Cli;

/// <summary>Follows docs/tutorial.zh-CN.md: writes its files, makes its mistakes, runs its commands.</summary>
public sealed partial class TutorialTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs/tutorial.zh-CN.md"));

    [Fact]
    public void Its_files_check_and_pass_their_examples()
    {
        using var home = Follow();
        var check = CommandLine.RunIn(home.Path, "check", "tutorial", "tutorial-rules");
        Assert.True(check.Code == 0, check.Output + check.Error);
        var test = CommandLine.RunIn(home.Path, "test", "tutorial");
        Assert.True(test.Code == 0, test.Output + test.Error);
        var promised = Promised().Match(Text).Groups["line"].Value;
        Assert.EndsWith(promised + "\n", test.Output);
    }

    [Fact]
    public void Its_commands_run_as_printed()
    {
        using var home = Follow();
        var commands = Command().Matches(Text).Select(m => m.Groups["arguments"].Value.Split(' ')).ToList();
        Assert.True(commands.Count >= 6);
        foreach (var arguments in commands)
        {
            var result = CommandLine.RunIn(home.Path, arguments);
            Assert.True(result.Code == 0, string.Join(' ', arguments) + "\n" + result.Output + result.Error);
        }
    }

    [Fact]
    public void Its_mistakes_are_found()
    {
        var mistakes = Mistake().Matches(Text).ToList();
        Assert.True(mistakes.Count >= 2);
        foreach (var mistake in mistakes)
        {
            using var home = Follow();
            var file = Path.Combine(home.Path, "policies/tutorial/01-稳岗.md");
            var before = File.ReadAllText(file);
            var (from, to) = (mistake.Groups["from"].Value, mistake.Groups["to"].Value);
            File.WriteAllText(file, to == "删去" ? WithoutSection(before, from) : before.Replace(from, to));
            Assert.NotEqual(before, File.ReadAllText(file));
            var check = CommandLine.RunIn(home.Path, "check", "tutorial");
            Assert.Equal(1, check.Code);
            Assert.Contains(mistake.Groups["code"].Value, check.Output);
        }
    }

    private static string WithoutSection(string text, string heading)
    {
        var start = text.IndexOf(heading, StringComparison.Ordinal);
        var next = text.IndexOf("\n### ", start + heading.Length, StringComparison.Ordinal);
        return text[..start] + text[(next + 1)..];
    }

    /// <summary>A home with the common files, the samples, and what the tutorial writes.</summary>
    private static TemporaryFolder Follow()
    {
        var home = new TemporaryFolder();
        foreach (var file in Repository.Files.Where(f => f.StartsWith("policies/common/", StringComparison.Ordinal) ||
            f.StartsWith("reference/", StringComparison.Ordinal) || f.StartsWith("samples/", StringComparison.Ordinal)))
            Write(home, file, File.ReadAllText(Repository.PathOf(file)));
        foreach (Match block in Block().Matches(Text))
            Write(home, block.Groups["file"].Value, block.Groups["text"].Value);
        return home;
    }

    private static void Write(TemporaryFolder home, string file, string text)
    {
        var path = Path.Combine(home.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    [GeneratedRegex(@"^```\w+ (?<file>policies/\S+)\n(?<text>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^```text check (?<from>.+?) → (?<to>.+)\n(?<code>[a-z.-]+)\n```$", RegexOptions.Multiline)]
    private static partial Regex Mistake();

    [GeneratedRegex(@"^\./zhida (?<arguments>.+)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"最后一行是 `(?<line>\d+ passed, \d+ failed)`")]
    private static partial Regex Promised();
}
