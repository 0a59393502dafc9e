using CsCheck;
using Xunit;
using Zhida.Feel;
using Zhida.Feel.Functions;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Reference;
using static Zhida.Tests.Policy.Reference.ReferenceFiles;
using Unpublished = Zhida.Policy.Program.Unpublished;

namespace Zhida.Tests.Policy.Reference;

using Evaluation = Zhida.Feel.Nodes.Evaluation;

public sealed class PolicyFunctionsTests
{
    private static readonly Dictionary<string, Builtin> Functions =
        PolicyFunctions.All(Tables).ToDictionary(f => f.Name);

    private static Value Call(string name, params object[] arguments)
    {
        var frame = new Frame(0, new Evaluation(strict: true, []));
        var values = arguments.Select(a => a switch
        {
            int number => Value.Of((decimal)number),
            decimal number => Value.Of(number),
            string text when FeelDate.TryParse(text, out var day) => Value.OfDate(day),
            string text => Value.Of(text),
            _ => throw new ArgumentException(name),
        }).ToArray();
        return Functions[name].Invoke(new Call(frame, new Span(0, 1)), values);
    }

    private static decimal Number(string name, params object[] arguments)
    {
        var value = Call(name, arguments);
        Assert.True(value.IsNumber, value.IsUnknown ? value.Cause.Describe() : value.ToString());
        return value.Number;
    }

    private static string Failure(string name, params object[] arguments)
    {
        var value = Call(name, arguments);
        Assert.True(value.IsUnknown);
        return value.Cause.Describe();
    }

    [Fact]
    public void Lpr_is_a_rate_per_year()
    {
        Assert.Equal(0.031m, Number("LPR", "2025-03-01", "1年期"));
        Assert.Equal(0.036m, Number("LPR", "2025-03-01", "5年期以上"));
        Assert.Equal("1/年", ((NumberType)Static("LPR", FeelType.Date, FeelType.Text).Type).Unit!.ToString());
    }

    [Fact]
    public void Lpr_of_an_unpublished_day_is_unknown_with_its_cause()
    {
        var value = Call("LPR", "2025-08-20", "1年期");

        Assert.IsType<Unpublished>(value.Cause);
        Assert.Equal("资料未发布：LPR（2025-08-20）", value.Cause.Describe());
    }

    [Fact]
    public void Lpr_of_another_tenor_is_an_error_before_and_at_run_time()
    {
        Assert.Contains("没有“3年期”这一期限", Failure("LPR", "2025-03-01", "3年期"));
        Assert.NotNull(Static("LPR", FeelType.Date, new StringType(["1年期", "3年期"])).Error);
        Assert.Null(Static("LPR", FeelType.Date, new StringType(["1年期", "5年期以上"])).Error);
    }

    private static TypeResult Static(string name, params FeelType[] types) => Functions[name].Forms[0].Result(types);

    [Theory]
    [InlineData("2026-01-01", "2026-12-31", 365)]
    [InlineData("2024-01-01", "2024-12-31", 366)]
    [InlineData("2024-02-28", "2024-03-01", 3)]
    [InlineData("2026-03-01", "2026-03-01", 1)]
    [InlineData("2026-03-02", "2026-03-01", 0)]
    [InlineData("2026-03-09", "2026-03-01", 0)]
    public void Both_ends_of_a_span_are_counted(string from, string to, int days) =>
        Assert.Equal(days, Number("天数", from, to));

    [Theory]
    [InlineData("2026-01-01", "2026-06-30", "2026-06-30", "2026-12-31", 1)]
    [InlineData("2026-01-01", "2026-06-30", "2026-07-01", "2026-12-31", 0)]
    [InlineData("2025-07-01", "2026-12-31", "2026-01-01", "2026-12-31", 365)]
    public void Spans_overlap(string from, string to, string from2, string to2, int days)
    {
        Assert.Equal(days, Number("交叠天数", from, to, from2, to2));
        Assert.Equal(days, Number("交叠天数", from2, to2, from, to));
    }

    [Theory]
    [InlineData("2024-02-29", "2025-02-27", 0, 11)]
    [InlineData("2024-02-29", "2025-02-28", 1, 12)]
    [InlineData("2024-02-29", "2028-02-28", 3, 47)]
    [InlineData("2024-02-29", "2028-02-29", 4, 48)]
    [InlineData("2026-01-31", "2026-02-28", 0, 1)]
    [InlineData("2026-01-31", "2026-02-27", 0, 0)]
    [InlineData("2026-03-15", "2027-03-14", 0, 11)]
    [InlineData("2026-03-15", "2025-03-15", -1, -12)]
    public void Whole_years_and_months(string from, string to, int years, int months)
    {
        Assert.Equal(years, Number("整年数", from, to));
        Assert.Equal(months, Number("整月数", from, to));
    }

    [Fact]
    public void A_whole_month_more_would_be_too_much() =>
        Gen.Select(Gen.Long[-200_000, 200_000], Gen.Long[0, 100_000]).Sample((from, length) =>
        {
            var months = (long)Number("整月数", FeelDate.Format(from), FeelDate.Format(from + length));
            Assert.True(FeelDate.TryAddMonths(from, months, out var full) && full <= from + length);
            Assert.True(FeelDate.TryAddMonths(from, months + 1, out var more) && more > from + length);
        });

    [Fact]
    public void Working_days_after_a_day()
    {
        Assert.Equal("2026-10-10", FeelDate.Format(Call("工作日后", "2026-09-30", 3).Days));
        Assert.IsType<Unpublished>(Call("工作日后", "2026-12-31", 1).Cause);
        Assert.Contains("0到10000的整数", Failure("工作日后", "2026-09-30", 1.5m));
        Assert.Contains("0到10000的整数", Failure("工作日后", "2026-09-30", -1));
    }

    [Theory]
    [InlineData("210112", "21", true)]
    [InlineData("220102", "210000", false)]
    [InlineData("LN-SFXQ", "21", true)]
    [InlineData("3525", "C", true)]
    [InlineData("C3525", "35", true)]
    [InlineData("3525", "35", true)]
    [InlineData("3525", "D", false)]
    public void Codes_belong(string code, string whole, bool belongs) =>
        Assert.Equal(belongs, Call("属于", code, whole).IsTrue);

    [Theory]
    [InlineData("3525", "", "前缀不能为空")]
    [InlineData("9999", "C", "“9999”不是行业代码")]
    [InlineData("210112", "C", "“210112”不是行业代码")]
    [InlineData("3525", "c", "“c”不是国民经济行业分类")]
    public void What_can_not_belong_says_why(string code, string whole, string message) =>
        Assert.Contains(message, Failure("属于", code, whole));

    [Fact]
    public void Names_and_groups_are_looked_up()
    {
        Assert.Equal("辽宁省沈阳市浑南区", Call("区划名称", "210112").Text);
        Assert.Contains("没有这个市", Failure("区划名称", "210199"));
        Assert.Equal(352, Number("行业中类", "3525"));
        Assert.Contains("要写到中类", Failure("行业中类", "35"));
        Assert.Contains("不是国民经济行业分类", Failure("行业中类", "9999"));
    }
}
