using System.Text;
using CsCheck;
using Xunit;
using Zhida.Casework.Paper.Setting;

namespace Zhida.Tests.Casework.Paper;

/// <summary>禁则: what may begin and end a line. A character is ten wide, a Latin one five.</summary>
public sealed class LineBreakerTests
{
    private const string Closing = "、，。；：？！）】》”";
    private const string Opening = "（【《“";

    [Theory]
    [InlineData("一二三四五，六", 50, "一二三四|五，六")]
    [InlineData("一二三四（五六）", 50, "一二三四|（五六）")]
    [InlineData("一二三“四”，五", 50, "一二三|“四”，五")]
    [InlineData("按1.5%计息", 30, "按1.5%|计息")]
    [InlineData("支持1,200,000.00元", 60, "支持|1,200,000.00|元")]
    [InlineData("one two three", 35, "one two|three")]
    [InlineData("编号abcdefghijklm", 30, "编号|abcdef|ghijkl|m")]
    [InlineData("等……下", 30, "等……|下")]
    [InlineData("", 30, "")]
    public void Lines_break_where_the_rules_allow(string text, int width, string lines) =>
        Assert.Equal(lines, string.Join('|', LineBreaker.Break(text, width, Advance)));

    [Fact]
    public void The_first_line_is_narrower_by_its_indent() =>
        Assert.Equal("一二三|四五六七八|九", string.Join('|', LineBreaker.Break("一二三四五六七八九", 50, Advance, indent: 20)));

    [Fact]
    public void No_line_begins_or_ends_against_the_rules_and_nothing_is_lost() =>
        Gen.Select(Gen.Char["一二三四五六七八九十" + Closing + Opening].Array[0, 80], Gen.Int[60, 200])
            .Select((characters, width) => (Text: Tame(new string(characters)), Width: width))
            .Sample(given =>
            {
                var lines = LineBreaker.Break(given.Text, given.Width, Advance);
                Assert.Equal(given.Text, string.Concat(lines));
                Assert.True(lines[^1].IsLast);
                Assert.All(lines, l => Assert.True(l.Width <= given.Width && l.Width == l.Characters.Sum(Advance)));
                Assert.All(lines.Skip(1), l => Assert.DoesNotContain(l.ToString()[0], Closing));
                Assert.All(lines.SkipLast(1), l => Assert.DoesNotContain(l.ToString()[^1], Opening));
            }, iter: 5_000);

    /// <summary>No more than two marks in a row: longer rows may have no lawful break in a line.</summary>
    private static string Tame(string text)
    {
        var tame = new StringBuilder();
        var marks = 0;
        foreach (var c in text)
        {
            marks = Closing.Contains(c) || Opening.Contains(c) ? marks + 1 : 0;
            if (marks <= 2) tame.Append(c);
        }
        return tame.ToString();
    }

    private static int Advance(Rune rune) => rune.Value < 0x80 ? 5 : 10;
}
