using Xunit;
using Zhida.Policy.Reference;
using static Zhida.Tests.Policy.Reference.ReferenceFiles;

namespace Zhida.Tests.Policy.Reference;

/// <summary>Divisions and industries.</summary>
public sealed class CodesTests
{
    [Fact]
    public void The_files_are_without_findings() => Assert.Empty(Tables.Findings);

    [Fact]
    public void Liaoning_has_its_cities_and_counties()
    {
        Assert.Equal(14, Tables.Divisions.All.Count(d => d is { Level: "city", Parent: "210000" }));
        Assert.Equal(100, Tables.Divisions.All.Count(d => d.Level == "county"));
        Assert.Equal(34, Tables.Divisions.All.Count(d => d.Level == "province"));
    }

    [Theory]
    [InlineData("210112", "辽宁省沈阳市浑南区")]
    [InlineData("210200", "辽宁省大连市")]
    [InlineData("210000", "辽宁省")]
    [InlineData("220102", "吉林省")]
    [InlineData("LN-SFXQ", "辽宁省沈抚改革创新示范区")]
    [InlineData("210199", null)]
    [InlineData("", null)]
    public void A_place_has_a_full_name(string code, string? name) =>
        Assert.Equal(name, Tables.Divisions.FullName(code));

    [Theory]
    [InlineData("2101", "应为6位数字")]
    [InlineData("21010a", "应为6位数字")]
    [InlineData("990101", "没有以99开头的省份")]
    [InlineData("210199", "辽宁省没有这个市、县（市、区）")]
    [InlineData("LN-SFXQ", "填登记地")]
    public void A_wrong_code_of_a_place_says_what_is_wrong(string code, string message) =>
        Assert.Contains(message, Tables.Divisions.Problem(code));

    [Theory]
    [InlineData("210112", "21", true)]
    [InlineData("210112", "210000", true)]
    [InlineData("210112", "210100", true)]
    [InlineData("210112", "2102", false)]
    [InlineData("220102", "21", false)]
    [InlineData("LN-SFXQ", "21", true)]
    [InlineData("LN-SFXQ", "210000", true)]
    [InlineData("LN-SFXQ", "LN-SFXQ", true)]
    [InlineData("LN-SFXQ", "2101", false)]
    [InlineData("210112", "LN-SFXQ", false)]
    public void A_place_lies_within_what_its_code_begins_with(string code, string place, bool within) =>
        Assert.Equal(within, Divisions.Within(code, place));

    [Fact]
    public void All_industries_are_there()
    {
        int[] counts = [20, 97, 473, 1381];
        for (var level = 1; level <= 4; level++)
            Assert.Equal(counts[level - 1], Tables.Industries.All.Count(i => i.Level == level));
    }

    [Theory]
    [InlineData("3525", "C3525")]
    [InlineData("C3525", "C3525")]
    [InlineData("35", "C35")]
    [InlineData("C", "C")]
    [InlineData("A3525", null)]
    [InlineData("9999", null)]
    [InlineData("3", null)]
    [InlineData("C35255", null)]
    [InlineData("c3525", null)]
    [InlineData("", null)]
    public void A_code_is_found_with_or_without_its_letter(string code, string? found) =>
        Assert.Equal(found, Tables.Industries.Find(code)?.Code);

    [Fact]
    public void Every_code_lies_within_its_parent_and_its_section()
    {
        foreach (var industry in Tables.Industries.All.Where(i => i.Level > 1))
        {
            var bare = industry.Code[1..];
            Assert.Equal(industry.Code[0], Tables.Industries.Section(bare));
            Assert.True(Tables.Industries.Within(bare, industry.Parent));
            Assert.True(Tables.Industries.Within(industry.Code, industry.Code.AsSpan(0, 1)));
            Assert.Same(industry, Tables.Industries.Find(bare));
        }
    }

    [Theory]
    [InlineData("3525", "C", true)]
    [InlineData("C3525", "35", true)]
    [InlineData("3525", "C36", false)]
    [InlineData("3525", "A", false)]
    [InlineData("3525", "A35", false)]
    [InlineData("9999", "C", null)]
    public void An_industry_is_within_its_whole(string code, string whole, bool? within) =>
        Assert.Equal(within, Tables.Industries.Within(code, whole));

    [Theory]
    [InlineData("C3525", 352)]
    [InlineData("0111", 11)]
    [InlineData("701", 701)]
    [InlineData("70", null)]
    [InlineData("9999", null)]
    public void The_group_is_a_number(string code, int? group) => Assert.Equal(group, Tables.Industries.Group(code));

    [Theory]
    [InlineData("divisions.csv", "code,level,name,parent\n210100,city,沈阳市,210000", "上级210000不在前面")]
    [InlineData("divisions.csv", "code,level,name,parent\n210000,province,辽宁省,\n210000,province,辽宁省,", "写了两次")]
    [InlineData("industries.csv", "code,level,name,parent\n35,2,专用设备制造业,C", "与级别“2”不合")]
    [InlineData("industries.csv", "code,level,name,parent\nC,1,制造业,\nC,1,制造业,", "写了两次")]
    public void A_mistake_in_a_file_is_reported(string file, string text, string message) =>
        Assert.Contains(message, Assert.Single(With(file, text).Findings).Message);

    [Fact]
    public void A_missing_file_and_bytes_that_are_no_text_are_reported()
    {
        var files = new Dictionary<string, byte[]>(Files) { ["reference/lpr.csv"] = [0xff, 0xfe, 0x00] };
        files.Remove("reference/holidays.csv");

        var tables = ReferenceTables.Load(files);

        Assert.Equal(["reference.form", "reference.missing"], tables.Findings.Select(f => f.Code).Order());
        Assert.Null(tables.Lpr.Rate(Day("2025-03-01"), LprTable.OneYear));
    }
}
