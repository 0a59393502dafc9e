using Xunit;
using Zhida.Feel.Dmn;

namespace Zhida.Tests.Feel.Dmn;

/// <summary>The DMN Technology Compatibility Kit, where it lies beside the project; else these are skipped.</summary>
public class TckTests
{
    /// <summary>Cases that the whole kit is known to pass; raised whenever more do.</summary>
    private const int KnownToPass = 2647;

    private static readonly string[] Required =
    [
        "0064", "0065", "0066", "0069", "0071", "0072", "0084", "0099", "0100", "1100", "1101", "1102", "1103", "1104",
        "1105", "1106", "1107", "1108", "1109", "1110",
    ];

    [Fact]
    public void TheRequiredFoldersPassCompletely()
    {
        var level = Repository.Shared("dmn-tck/compliance-level-3");
        var folders = Directory.GetDirectories(level).Where(d => Required.Contains(Path.GetFileName(d)[..4])).ToArray();
        Assert.NotEmpty(folders);
        var results = folders.SelectMany(folder => Tck.Run(folder)).ToArray();
        Assert.NotEmpty(results);
        Assert.All(results, r => Assert.True(r.Outcome == TckOutcome.Passed, $"{r.Model} {r.Case}: {r.Message}"));
    }

    [Fact]
    public void TheWholeKitPassesAsFarAsIsKnown()
    {
        var results = Tck.Run(Repository.Shared("dmn-tck"));
        var passed = results.Count(r => r.Outcome == TckOutcome.Passed);
        Assert.True(passed >= KnownToPass, $"{passed} of {results.Length} pass, {KnownToPass} did");
    }
}
