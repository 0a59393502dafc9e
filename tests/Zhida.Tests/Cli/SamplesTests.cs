using System.Text.Json;

namespace Zhida.Tests.Cli;

public sealed class SamplesTests
{
    private static readonly Lazy<string> Schema = new(() => CommandLine.Run("facts", "--json").Output);

    public static TheoryData<string> Samples =>
        [.. Repository.Files.Where(f => f.StartsWith("samples/", StringComparison.Ordinal) &&
            !f.StartsWith("samples/registers/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Samples_are_marked_made_up_and_fit_the_schema_of_facts(string sample)
    {
        using var facts = JsonDocument.Parse(File.ReadAllText(Repository.PathOf(sample)));
        Assert.StartsWith("示范：虚构的", facts.RootElement.GetProperty("说明").GetString());
        Assert.EndsWith("（虚构）", facts.RootElement.GetProperty("主体").GetProperty("名称").GetString());
        using var schema = JsonDocument.Parse(Schema.Value);
        MiniSchema.Check(facts.RootElement, schema.RootElement);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Samples_are_decided_with_and_without_the_illustrative_layer(string sample)
    {
        foreach (var layer in new string[][] { [], ["--layer", "liaoning-2026-demo"] })
        {
            var result = CommandLine.Run(["decide", sample, "--on", "2026-06-30", .. layer]);
            Assert.Equal((0, ""), (result.Code, result.Error));
        }
    }

    [Theory]
    [InlineData("""{"主体": {"名字": "甲"}}""")]
    [InlineData("""{"主体": {"从业人员": 1.5}}""")]
    [InlineData("""{"主体": {"主体类型": "公司"}}""")]
    [InlineData("""{"贷款": {}}""")]
    [InlineData("""{"申报": [{"事项": "4.1", "对象": "贷一"}]}""")]
    [InlineData("""{"申报": [{"事项": "4.1", "对象": "贷一", "期": "2026", "金额": 1}]}""")]
    [InlineData("""{"账户": [{"账户": "甲", "已用": true}]}""")]
    public void The_schema_refuses_what_is_not_a_fact(string facts)
    {
        using var json = JsonDocument.Parse(facts);
        using var schema = JsonDocument.Parse(Schema.Value);
        Assert.NotNull(MiniSchema.Problem(json.RootElement, schema.RootElement));
    }

    [Fact]
    public void The_schema_knows_what_a_case_adds()
    {
        using var json = JsonDocument.Parse("""
            {"申报": [{"事项": "4.1", "对象": "贷一", "期": "2026"}], "账户": [{"账户": "甲", "已用": "380万元"}]}
            """);
        using var schema = JsonDocument.Parse(Schema.Value);
        MiniSchema.Check(json.RootElement, schema.RootElement);
    }
}
