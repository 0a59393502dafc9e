using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Zhida.Policy.Batch;
using Zhida.Policy.Facts;
using Zhida.Policy.Loading;
using Zhida.Tests.Policy.Loading;

namespace Zhida.Tests.Policy.Batch;

/// <summary>A measure file of this folder over the project's dictionary, and facts for it.</summary>
internal sealed class MadeUp
{
    private readonly LoadResult _load;

    public MadeUp(string file)
    {
        var files = TestTree.Accept("nested-caps").Files.ToDictionary();
        files["policies/nested-caps/01.md"] =
            File.ReadAllBytes(Repository.PathOf("tests/Zhida.Tests/Policy/Batch/" + file));
        _load = PolicyLoader.Load(files, ["nested-caps"], [], new Dictionary<string, string>());
        if (_load.Program is null) throw new InvalidOperationException(string.Join('\n', _load.Findings));
        Context = SmallRun.Context(_load.Program, _load.Tables, new DateOnly(2026, 6, 30));
    }

    public RunContext Context { get; }

    public SubjectFacts Facts(JsonNode json)
    {
        var (facts, findings) = new FactsReader(_load.Program!.Dictionary, _load.Tables)
            .Read(JsonSerializer.SerializeToUtf8Bytes(json), "facts");
        return facts ?? throw new InvalidOperationException(string.Join('\n', findings));
    }
}

/// <summary>A project for mixed.md.</summary>
internal sealed record Project(
    string Id, long Equipment, long Investment, long Equity, int Field, int Filed, int Year, bool Renewal)
{
    /// <summary>Few different amounts, in 分, so that there are ties.</summary>
    private static readonly Gen<long> Money = Gen.OneOf(Gen.Const(0L), Gen.Long[0, 40_000], Gen.Const(10_001L));

    public static readonly Gen<Project> Any = Gen.Select(
        Gen.Select(Money, Money, Money), Gen.Int[1, 3], Gen.Int[0, 4], Gen.Int[2025, 2026], Gen.Bool,
        (money, field, filed, year, renewal) =>
            new Project("", money.Item1, money.Item2, money.Item3, field, filed, year, renewal));

    public JsonObject Json()
    {
        var json = new JsonObject
        {
            ["编号"] = Id, ["立项日"] = $"{Year}-03-01", ["设备更新"] = Renewal, ["设备投资额"] = Yuan(Equipment),
            ["总投资"] = Yuan(Investment), ["股权融资需求"] = Yuan(Equity), ["所属领域"] = $"领域{Field}",
        };
        if (Filed > 0) json["申报时间"] = $"2026-04-0{Filed}";
        return json;
    }

    public static string Yuan(long fen) => (fen / 100m).ToString(CultureInfo.InvariantCulture) + "元";
}

/// <summary>An earlier grant for mixed.md.</summary>
internal sealed record Given(string Item, string? Scope, string? Key, string? Period, long Fen)
{
    /// <summary>Of those that name their account, or count under a pool.</summary>
    public static readonly Gen<Given> Named = Gen.Select(
        Pick("1.1", "1.2", "1.3", "1.4", "各领域"), Gen.Bool, Gen.Int[1, 3],
        Pick(null, "2026"), Gen.Long[0, 20_000], (item, pool, field, period, fen) =>
            new Given(item!, pool ? "事项" : "项目", pool ? null : $"领域{field}", period, fen));

    public static readonly Gen<Given> Any = Gen.Select(
        Pick("1.1", "1.2", "1.3", "1.4", "1.5", "各领域"), Pick(null, "项目", "主体", "事项", "行"),
        Pick(null, "领域1", "甲", "P1"), Pick(null, "2025", "2026"), Gen.Long[0, 20_000],
        (item, scope, key, period, fen) => new Given(item!, scope, key, period, fen));

    private static Gen<string?> Pick(params string?[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    public JsonObject Json()
    {
        var json = new JsonObject { ["事项"] = Item, ["金额"] = Project.Yuan(Fen) };
        foreach (var (name, value) in new[] { ("范围", Scope), ("对象", Key), ("期", Period) })
            if (value is not null) json[name] = value;
        return json;
    }
}
