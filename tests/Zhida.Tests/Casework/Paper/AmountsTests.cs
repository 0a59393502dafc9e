using CsCheck;
using Xunit;
using Zhida.Casework.Paper;

namespace Zhida.Tests.Casework.Paper;

public sealed class AmountsTests
{
    [Theory]
    [InlineData(0, "人民币零元整")]
    [InlineData(5, "人民币伍分")]
    [InlineData(50, "人民币伍角整")]
    [InlineData(55, "人民币伍角伍分")]
    [InlineData(100, "人民币壹元整")]
    [InlineData(1_000, "人民币壹拾元整")]
    [InlineData(32_504, "人民币叁佰贰拾伍元零肆分")]
    [InlineData(140_950, "人民币壹仟肆佰零玖元伍角整")]
    [InlineData(600_714, "人民币陆仟零柒元壹角肆分")]
    [InlineData(168_032, "人民币壹仟陆佰捌拾元叁角贰分")]
    [InlineData(10_700_053, "人民币壹拾万零柒仟元伍角叁分")]
    [InlineData(1_640_902, "人民币壹万陆仟肆佰零玖元零贰分")]
    [InlineData(120_000_000, "人民币壹佰贰拾万元整")]
    [InlineData(100_000_000_100, "人民币壹拾亿零壹元整")]
    [InlineData(10_000_000_000_00, "人民币壹佰亿元整")]
    [InlineData(1_000_500_000_000_00, "人民币壹万零伍亿元整")]
    [InlineData(1_0001_0000_00, "人民币壹亿零壹万元整")]
    [InlineData(10_0010_0010_00, "人民币壹拾亿零壹拾万零壹拾元整")]
    public void Capitals_follow_the_rules_of_vouchers(long fen, string text) =>
        Assert.Equal(text, Amounts.Capitals(fen));

    [Fact]
    public void Negative_amounts_have_no_capitals() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Amounts.Capitals(-1));

    [Theory]
    [InlineData(0, "0.00元")]
    [InlineData(7, "0.07元")]
    [InlineData(120_000_000, "1,200,000.00元")]
    [InlineData(-12_345, "-123.45元")]
    public void Yuan_has_two_places(long fen, string text) => Assert.Equal(text, Amounts.Yuan(fen));

    [Fact]
    public void Dates_are_Chinese() => Assert.Equal("2026年1月5日", Amounts.Date(new DateOnly(2026, 1, 5)));

    [Fact]
    public void Capitals_say_the_amount_and_nothing_else() => Gen.Long[0, long.MaxValue]
        .Select(Gen.Int[0, 62], (value, shift) => value >> shift)
        .Sample(fen =>
        {
            var text = Amounts.Capitals(fen);
            Assert.Equal(fen, Parse(text));
            Assert.DoesNotContain("零零", text);
            Assert.DoesNotContain("零万", text);
            Assert.DoesNotContain("零亿", text);
            if (fen >= 100) Assert.DoesNotContain("零元", text);
        }, iter: 20_000);

    /// <summary>Reads capitals by units alone: 零 and 整 carry nothing.</summary>
    private static long Parse(string text)
    {
        var (whole, cents, section, digit) = (0L, 0L, 0L, 0L);
        foreach (var c in text["人民币".Length..])
        {
            if ("零壹贰叁肆伍陆柒捌玖".IndexOf(c) is var value and >= 0) digit = value;
            else
                switch (c)
                {
                    case '仟' or '佰' or '拾':
                        section += digit * (c switch { '仟' => 1000, '佰' => 100, _ => 10 });
                        digit = 0;
                        break;
                    case '万':
                        // 万 multiplies what stands before it below the last 亿.
                        section = (section + digit) * 10_000;
                        digit = 0;
                        break;
                    case '亿':
                        whole = (whole + section + digit) * 100_000_000;
                        (section, digit) = (0, 0);
                        break;
                    case '元':
                        whole += section + digit;
                        (section, digit) = (0, 0);
                        break;
                    case '角' or '分':
                        cents += digit * (c == '角' ? 10 : 1);
                        digit = 0;
                        break;
                    default:
                        Assert.Equal('整', c);
                        break;
                }
        }
        return whole * 100 + cents;
    }
}
