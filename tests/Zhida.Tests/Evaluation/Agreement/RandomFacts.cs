using System.Text.Json.Nodes;
using CsCheck;

namespace Zhida.Tests.Evaluation.Agreement;

/// <summary>Random facts about subjects that the random rules read: with what is not known, projects that several
/// subjects share, loans without a project, guarantees, years, earlier grants.</summary>
internal static class RandomFacts
{
    private static Gen<JsonNode?> Maybe(Gen<JsonNode?> gen) => Gen.Frequency((5, gen), (1, Gen.Const((JsonNode?)null)));

    private static Gen<JsonNode?> Text(params string[] texts) => Maybe(Gens.Of(texts).Select(t => (JsonNode?)t));

    private static readonly Gen<JsonNode?> Flag = Maybe(Gen.Bool.Select(b => (JsonNode?)b));

    /// <summary>To the 分, often round.</summary>
    private static readonly Gen<JsonNode?> Money = Maybe(Gen.OneOf(
        Gen.Long[0, 5_000_000_000].Select(fen => (JsonNode?)(fen / 100m)),
        Gens.Of(0m, 100_000m, 200_000m, 3_000_000m, 20_000_000m, 1_000_000_000_000m).Select(m => (JsonNode?)m)));

    private static readonly Gen<JsonNode?> Day = Maybe(Gen.Int[0, 1200].Select(d =>
        (JsonNode?)new DateOnly(2024, 6, 1).AddDays(d).ToString("yyyy-MM-dd")));

    private static readonly Gen<JsonNode?> Steps = Maybe(Gens.Of("研发设计", "生产制造", "售后服务", "其他").Array[0, 3]
        .Select(items => (JsonNode?)new JsonArray([.. items.Distinct().Select(i => (JsonNode?)i)])));

    private static readonly Gen<JsonNode?> Division = Text("210102", "210212", "210402", "110105", "211403");

    private static Gen<JsonObject> Object(params (string Name, Gen<JsonNode?> Value)[] members) =>
        members.Aggregate(Gen.Const(() => new JsonObject()), (gen, member) =>
            Gen.Select(gen, member.Value, (json, value) =>
            {
                if (value is not null) json[member.Name] = value.DeepClone();
                return json;
            }));

    private static readonly Gen<JsonObject> Subject = Object(
        ("主体类型", Text("企业", "个体工商户", "高校")), ("注册地", Division), ("沈抚示范区企业", Flag),
        ("集团编号", Text("G1", "G2")), ("行业代码", Text("3525", "C2710", "5112", "6513", "0111", "35")),
        ("从业人员", Maybe(Gen.Int[0, 500].Select(n => (JsonNode?)n))), ("营业收入", Money), ("资产总额", Money),
        ("主营业务收入", Money), ("规模以上工业在库", Flag), ("严重失信", Flag), ("科技领军企业", Flag));

    private static readonly Gen<JsonObject> Project = Object(
        ("所在地", Division), ("产业类别", Text("新兴产业", "传统产业")), ("总投资", Money), ("设备投资额", Money), ("立项日", Day),
        ("自主可控", Flag), ("改造环节", Steps), ("低空方向", Text("低空飞行器整机", "关键材料研发制造", "其他", "无")), ("设备更新", Flag));

    private static readonly Gen<JsonObject> Loan = Object(
        ("本金", Money), ("币种", Text("人民币", "美元")), ("用途", Text("项目", "设备更新", "其他")), ("发放日", Day), ("计息起日", Day),
        ("计息止日", Day), ("申报时间", Day));

    private static readonly Gen<JsonObject> Guarantee = Object(("担保金额", Money), ("担保起日", Day), ("担保止日", Day));

    private static readonly Gen<JsonObject> Grant = Gen.Select(
        Gens.Of("主体", "项目", "行", "事项", ""), Gens.Of("2026", "政策期", ""), Gen.Int[0, 50],
        (scope, period, amount) =>
        {
            var json = new JsonObject { ["事项"] = "1.1", ["金额"] = amount * 10_000m };
            if (scope.Length > 0) json["范围"] = scope;
            if (period.Length > 0) json["期"] = period;
            return json;
        });

    /// <summary>Facts of one subject, in the form of <c>decide</c>; <paramref name="number"/> makes its id.</summary>
    public static Gen<JsonObject> Of(int number) => Gen.Select(
        Subject, Project.Array[0, 2], Loan.Array[0, 4], Guarantee.Array[0, 3], Money.Array[3], Gen.Int[0, 1_000_000],
        Grant.Array[0, 1], (subject, projects, loans, guarantees, interest, seed, grants) =>
        {
            var random = new Random(seed);
            var json = new JsonObject { ["主体"] = subject.DeepClone() };
            json["主体"]!["编号"] = $"S{number:000}";
            // Some projects have one id for several subjects.
            string[] ids = ["P1", "P2", $"Q{number}"];
            random.Shuffle(ids);
            if (random.Next(8) > 0) json["项目"] = List(projects, (p, i) => p["编号"] = ids[i]);
            if (random.Next(8) > 0) json["贷款"] = List(loans, (loan, i) =>
            {
                loan["编号"] = $"L{number}-{i}";
                if (json.ContainsKey("项目") && projects.Length > 0 && random.Next(4) > 0)
                    loan["项目"] = ids[random.Next(projects.Length)];
                var years = new JsonObject();
                for (var year = 2025; year <= 2027; year++)
                    if (interest[random.Next(3)] is { } paid && random.Next(4) > 0)
                        years[$"{year}"] = new JsonObject { ["实付利息"] = paid.DeepClone() };
                loan["年度"] = years;
            });
            if (json.ContainsKey("贷款") && random.Next(5) > 0)
                json["担保"] = List(guarantees, (guarantee, i) =>
                {
                    if (loans.Length > 0 && random.Next(6) > 0)
                        guarantee["贷款"] = $"L{number}-{random.Next(loans.Length)}";
                });
            if (grants.Length > 0) json["已得"] = List(grants, (_, _) => { });
            return json;
        });

    private static JsonArray List(JsonObject[] items, Action<JsonObject, int> change) =>
        [.. items.Select((item, i) =>
        {
            var json = (JsonObject)item.DeepClone();
            change(json, i);
            return (JsonNode?)json;
        })];

    /// <summary>A small population.</summary>
    public static readonly Gen<JsonObject[]> Population = Gen.Int[1, 12].SelectMany(n =>
        Enumerable.Range(1, n).Select(Of).Aggregate(Gen.Const(Array.Empty<JsonObject>()),
            (gen, next) => Gen.Select(gen, next, (all, one) => all.Append(one).ToArray())));
}
