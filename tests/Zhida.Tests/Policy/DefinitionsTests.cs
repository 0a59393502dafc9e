using System.Globalization;
using Xunit;
using Zhida.Feel.Nodes;
using Zhida.Feel.Values;
using Zhida.Policy.Loading;
using Zhida.Policy.Program;
using Zhida.Tests.Policy.Reference;
using Record = Zhida.Feel.Values.Record;

namespace Zhida.Tests.Policy;

using Evaluation = Zhida.Feel.Nodes.Evaluation;

/// <summary>The derived facts of policies/common/definitions.md, as the program derives them.</summary>
public sealed class DefinitionsTests
{
    private static readonly string[] Metrics = ["从业人员X", "营业收入Y", "资产总额Z"];

    /// <summary>One class of GB/T 4754 in each industry of the size rules.</summary>
    private static readonly Dictionary<string, string> CodeOf = new()
    {
        ["农林牧渔业"] = "0111", ["工业"] = "3525", ["建筑业"] = "4710", ["批发业"] = "5111", ["零售业"] = "5211",
        ["交通运输业"] = "5431", ["仓储业"] = "5920", ["邮政业"] = "6020", ["住宿业"] = "6110", ["餐饮业"] = "6210",
        ["信息传输业"] = "6311", ["软件和信息技术服务业"] = "6513", ["房地产开发经营"] = "7010", ["物业管理"] = "7020",
        ["租赁和商务服务业"] = "7111", ["其他未列明行业"] = "7320",
    };

    private static readonly LoadResult Loaded =
        PolicyLoader.Load(Repository.Root, [], [], new Dictionary<string, string>());

    private static Value Derive(string path, params (string Name, Value Value)[] facts)
    {
        var (owner, name) = (path.Split('.')[0], path.Split('.')[1]);
        var type = Loaded.Bound.Dictionary.Objects[owner].Record;
        var record = new Record(type, "1");
        foreach (var (fact, value) in facts) record[type.SlotOf(fact)] = value;
        return record.Get(type.SlotOf(name), new Frame(1, new Evaluation(strict: true, new Value[Globals.Count])));
    }

    private static (string, Value) Fact(string name, string text) => (name, Value.Of(text));

    private static (string, Value) Fact(string name, bool value) => (name, Value.Of(value));

    private static (string, Value) Fact(string name, decimal number) => (name, Value.Of(number));

    /// <summary>The thresholds as the table of reference/ states them, in 人 and 元.</summary>
    private sealed record Threshold(string Metric, decimal Large, decimal Medium, decimal Small)
    {
        public string Fact => Metric[..^1];

        public decimal Step => Metric == Metrics[0] ? 1 : 0.01m;
    }

    public static TheoryData<string> Industries() =>
        new(ReferenceFiles.Rows("sme_thresholds.csv").Select(r => r[1]).Distinct());

    private static List<Threshold> ThresholdsOf(string industry) =>
    [
        .. ReferenceFiles.Rows("sme_thresholds.csv").Where(r => r[1] == industry).Select(r =>
        {
            var scale = r[3] == "万元" ? 10_000 : 1;
            decimal Bound(int cell) => decimal.Parse(r[cell], CultureInfo.InvariantCulture) * scale;
            return new Threshold(r[2], Bound(4), Bound(5), Bound(6));
        }),
    ];

    private static string Expected(List<Threshold> thresholds, decimal[] values)
    {
        bool Meets(Func<Threshold, decimal> bound) => thresholds.Zip(values).All(t => t.Second >= bound(t.First));
        return Meets(t => t.Large) ? "大型" : Meets(t => t.Medium) ? "中型" : Meets(t => t.Small) ? "小型" : "微型";
    }

    [Theory]
    [MemberData(nameof(Industries))]
    public void Sizes_agree_with_the_published_thresholds_on_both_sides_of_every_bound(string industry)
    {
        var thresholds = ThresholdsOf(industry);
        Assert.NotEmpty(thresholds);
        IEnumerable<decimal> Around(Threshold t) =>
            new[] { t.Small, t.Medium, t.Large }.SelectMany(b => new[] { b - t.Step, b, b + t.Step }).Append(0);
        var seen = new HashSet<string>();
        foreach (var first in Around(thresholds[0]))
        foreach (var second in thresholds.Count > 1 ? Around(thresholds[1]) : [0])
        {
            decimal[] values = thresholds.Count > 1 ? [first, second] : [first];
            var size = Derive("主体.企业规模",
                [Fact("行业代码", CodeOf[industry]), .. thresholds.Zip(values, (t, v) => Fact(t.Fact, v))]);
            Assert.Equal((values, Expected(thresholds, values)), (values, size.IsUnknown ? "?" : size.Text));
            seen.Add(size.Text);
        }
        Assert.Equal(4, seen.Count);
    }

    [Theory]
    [InlineData("A0111", "农林牧渔业")]
    [InlineData("0549", "农林牧渔业")]
    [InlineData("0610", "工业")]
    [InlineData("4690", "工业")]
    [InlineData("5090", "建筑业")]
    [InlineData("5311", "无标准")] // 铁路
    [InlineData("5412", "交通运输业")]
    [InlineData("5910", "交通运输业")] // 装卸搬运
    [InlineData("5920", "仓储业")]
    [InlineData("6010", "邮政业")]
    [InlineData("6410", "信息传输业")]
    [InlineData("6513", "软件和信息技术服务业")]
    [InlineData("6621", "无标准")] // 金融
    [InlineData("7030", "其他未列明行业")] // 房地产中介
    [InlineData("7040", "无标准")] // 房地产租赁经营
    [InlineData("7090", "其他未列明行业")]
    [InlineData("7299", "租赁和商务服务业")]
    [InlineData("8310", "无标准")] // 教育
    [InlineData("8411", "无标准")] // 卫生
    [InlineData("8511", "其他未列明行业")] // 社会工作
    [InlineData("9011", "其他未列明行业")]
    [InlineData("9221", "无标准")] // 公共管理
    public void Industries_map_to_those_of_the_size_rules(string code, string industry) =>
        Assert.Equal(industry, Derive("主体.划型行业", Fact("行业代码", code)).Text);

    [Fact]
    public void Every_group_has_its_industry()
    {
        foreach (var group in Loaded.Tables.Industries.All.Where(i => i.Level == 3))
            Assert.False(Derive("主体.划型行业", Fact("行业代码", group.Code)).IsUnknown, group.Code);
    }

    [Fact]
    public void A_size_that_no_missing_figure_can_change_is_known()
    {
        Assert.Equal("微型", Derive("主体.企业规模", Fact("行业代码", "3525"), Fact("营业收入", 2_999_999.99m)).Text);
        Assert.Equal("大型",
            Derive("主体.企业规模", Fact("行业代码", "4710"), Fact("营业收入", 8e8m), Fact("资产总额", 8e8m)).Text);
        Assert.True(Derive("主体.企业规模", Fact("行业代码", "3525"), Fact("营业收入", 3_000_000m)).IsUnknown);
        Assert.True(Derive("主体.企业规模", Fact("从业人员", 5m), Fact("营业收入", 1m)).IsUnknown);
        Assert.Equal("无标准", Derive("主体.企业规模", Fact("行业代码", "6621")).Text);
    }

    [Theory]
    [InlineData("3525", 1000, 400_000_000, false, false)]
    [InlineData("3525", 999, 400_000_000, true, false)]
    [InlineData("3525", 300, 20_000_000, true, false)]
    [InlineData("3525", 299, 20_000_000, true, true)]
    [InlineData("3525", 0, 0, true, true)]
    [InlineData("6621", 10, 10, false, false)]
    public void Small_and_medium_enterprises(string code, int staff, int revenue, bool medium, bool small)
    {
        (string, Value)[] facts = [Fact("行业代码", code), Fact("从业人员", staff), Fact("营业收入", (decimal)revenue)];
        Assert.Equal(medium, Derive("主体.中小企业", facts).IsTrue);
        Assert.Equal(small, Derive("主体.小微企业", facts).IsTrue);
    }

    [Fact]
    public void Industry_above_the_designated_size_is_by_the_roster_or_by_revenue()
    {
        Value Of(params (string, Value)[] facts) => Derive("主体.规模以上工业", facts);
        var industry = Fact("行业代码", "3525");
        var off = Fact("规模以上工业在库", false);
        Assert.True(Of(Fact("规模以上工业在库", true)).IsTrue);
        Assert.True(Of(off, industry, Fact("主营业务收入", 20_000_000m)).IsTrue);
        Assert.True(Of(industry, Fact("主营业务收入", 20_000_000m)).IsTrue);
        Assert.True(Of(off, industry, Fact("主营业务收入", 19_999_999.99m)).IsFalse);
        Assert.True(Of(off, Fact("行业代码", "5111"), Fact("主营业务收入", 20_000_000m)).IsFalse);
        Assert.True(Of(industry, Fact("主营业务收入", 1m)).IsUnknown);
    }

    [Theory]
    [InlineData("210112", true, "LN-SFXQ")]
    [InlineData("210402", true, "LN-SFXQ")]
    [InlineData("210112", false, "210112")]
    [InlineData("210202", true, "210202")]
    [InlineData("210202", null, "210202")]
    [InlineData("210112", null, null)]
    public void The_zone_administers_its_enterprises_in_shenyang_and_fushun(string code, bool? zone, string? by)
    {
        var facts = new List<(string, Value)> { Fact("注册地", code) };
        if (zone is { } known) facts.Add(Fact("沈抚示范区企业", known));
        var administers = Derive("主体.管辖", [.. facts]);
        Assert.Equal(by, administers.IsUnknown ? null : administers.Text);
    }

    [Fact]
    public void Places_and_dangers()
    {
        Assert.True(Derive("主体.省内注册", Fact("注册地", "210702")).IsTrue);
        Assert.True(Derive("主体.省内注册", Fact("注册地", "220102")).IsFalse);
        Assert.True(Derive("主体.非高危制造业", Fact("行业代码", "C3525"), Fact("高危类别", "无")).IsTrue);
        Assert.True(Derive("主体.非高危制造业", Fact("行业代码", "C3525"), Fact("高危类别", "危险物品")).IsFalse);
        Assert.True(Derive("主体.非高危制造业", Fact("行业代码", "0610")).IsFalse);
    }

    [Theory]
    [InlineData("2024-10-20", "3.35")]
    [InlineData("2024-10-21", "3.10")]
    [InlineData("2025-08-20", null)]
    public void The_rate_of_the_day_a_loan_is_paid_out(string day, string? percent)
    {
        var rate = Derive("贷款.放款日LPR",
            ("发放日", Value.OfDate(ReferenceFiles.Day(day))), Fact("期限档次", "1年期"));
        var shown = rate.IsUnknown ? null : (rate.Number * 100).ToString("0.00", CultureInfo.InvariantCulture);
        Assert.Equal(percent, shown);
    }
}
