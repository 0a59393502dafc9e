using System.Text.Json;

namespace Zhida.Tests.Cli;

public sealed class DecideCommandTests
{
    private const string Manufacturer = "samples/manufacturer.json";

    [Fact]
    public void A_sample_is_decided_item_by_item()
    {
        var result = CommandLine.Run("decide", Manufacturer, "--on", "2026-06-30");
        Assert.Equal(0, result.Code);
        Assert.Empty(result.Error);
        Assert.Contains("省长质量奖", result.Output);
        Assert.Contains("1,000,000.00元", result.Output);
        Assert.Contains("未生效", result.Output);
        Assert.Contains("个事项：", result.Output);
    }

    [Fact]
    public void One_item_shows_its_reasons()
    {
        var result = CommandLine.Run("decide", "samples/low-altitude.json", "--layer", "liaoning-2026-demo",
            "--on", "2026-06-30", "--item", "4.1");
        Assert.Equal(0, result.Code);
        foreach (var word in new[] { "条件", "测算过程", "上限", "依据“", "换一种口径", "← 起作用" })
            Assert.Contains(word, result.Output);
    }

    [Fact]
    public void Json_has_the_members_of_its_schema()
    {
        var result = CommandLine.Run("decide", Manufacturer, "--on", "2026-06-30", "--json");
        Assert.Equal(0, result.Code);
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs/decision.schema.json")));
        using var decision = JsonDocument.Parse(result.Output);
        MiniSchema.Check(decision.RootElement, schema.RootElement);
    }

    [Fact]
    public void A_decision_is_made_again_and_compared()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "decision.json");
        var decided = CommandLine.Run("decide", Manufacturer, "--on", "2026-06-30", "--json", "--item", "12.2");
        File.WriteAllText(file, decided.Output);
        var same = CommandLine.Run("verify", file);
        Assert.Equal((0, ""), (same.Code, same.Error));
        File.WriteAllText(file, decided.Output.Replace("1000000.00", "1000001.00"));
        var different = CommandLine.Run("verify", file);
        Assert.Equal(1, different.Code);
        Assert.Contains("不同：$.items[0]", different.Output);
        File.WriteAllText(file, "{}");
        Assert.Equal(2, CommandLine.Run("verify", file).Code);
    }

    [Theory]
    [InlineData("""{"主体": {"名字": "甲"}}""", "$.主体.名字")]
    [InlineData("""{"房产": []}""", "$.房产")]
    [InlineData("""{"主体": {"从业人员": "很多"}}""", "$.主体.从业人员")]
    [InlineData("""{"主体": {"从业人员": "30元"}}""", "$.主体.从业人员")]
    [InlineData("""{"贷款": [{"发放日": "2026-02-30"}]}""", "$.贷款[0].发放日")]
    [InlineData("""{"主体": {"统一社会信用代码": "91210112XXXX000198"}}""", "$.主体.统一社会信用代码")]
    [InlineData("""{"贷款": [{"项目": "没有"}]}""", "$.贷款[0].项目")]
    [InlineData("""["主体"]""", "$")]
    [InlineData("""{"主体": """, "JSON")]
    [InlineData("", "JSON")]
    public void Bad_facts_exit_2_and_name_the_place(string facts, string place)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "facts.json");
        File.WriteAllText(file, facts);
        var result = CommandLine.Run("decide", file);
        Assert.Equal(2, result.Code);
        Assert.Contains(place, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Ten_megabytes_of_nesting_exit_2()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "deep.json");
        File.WriteAllText(file, new string('[', 10 << 20));
        var result = CommandLine.Run("decide", file);
        Assert.Equal(2, result.Code);
        Assert.Contains("嵌套过深", result.Error);
    }

    [Theory]
    [InlineData("没有文件", "decide", "nowhere.json")]
    [InlineData("缺少 FACTS.json", "decide")]
    [InlineData("不是日期", "decide", Manufacturer, "--on", "2026-02-30")]
    [InlineData("没有层“无此层”", "decide", Manufacturer, "--layer", "无此层")]
    [InlineData("没有政策“无此政策”", "decide", Manufacturer, "--policy", "无此政策")]
    [InlineData("没有事项“99.9”", "decide", Manufacturer, "--item", "99.9")]
    [InlineData("缺少名称或值", "decide", Manufacturer, "--set", "印发日")]
    [InlineData("没有事项“99.9”", "explain", "99.9")]
    [InlineData("没有“无此政策”", "check", "无此政策")]
    [InlineData("没有“无此政策”", "test", "无此政策")]
    public void Bad_arguments_exit_2_and_say_why(string message, params string[] arguments)
    {
        var result = CommandLine.Run(arguments);
        Assert.Equal(2, result.Code);
        Assert.Contains(message, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    [Fact]
    public void Questions_come_with_their_reasons()
    {
        var result = CommandLine.Run("ask", "samples/individual-business.json", "--json");
        Assert.Equal(0, result.Code);
        using var json = JsonDocument.Parse(result.Output);
        var first = json.RootElement.GetProperty("nextQuestions")[0];
        Assert.EndsWith("？", first.GetProperty("text").GetString());
        Assert.Contains("个事项", first.GetProperty("reason").GetString());
    }

    [Fact]
    public void An_item_is_explained_from_its_words_to_its_nodes()
    {
        var page = CommandLine.Run("explain", "4.1");
        Assert.Equal(0, page.Code);
        foreach (var word in new[] { "原文", "“单个项目年度贴息最高100万元”", "参数", "口径", "条件", "上限", "办理", "示例" })
            Assert.Contains(word, page.Output);
        var program = CommandLine.Run("explain", "liaoning-2026:4.1", "--program");
        Assert.Contains("condition 2", program.Output);
        Assert.Contains("CallBuiltin min", program.Output);
        var json = CommandLine.Run("explain", "4.1", "--json");
        using var parsed = JsonDocument.Parse(json.Output);
        Assert.Equal("liaoning-2026:4.1", parsed.RootElement.GetProperty("item").GetString());
    }
}
