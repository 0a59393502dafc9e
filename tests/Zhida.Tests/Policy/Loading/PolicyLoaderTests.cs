using CsCheck;
using Xunit;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Loading;
using Zhida.Policy.Program;

namespace Zhida.Tests.Policy.Loading;

using Evaluation = Zhida.Feel.Nodes.Evaluation;

public sealed class PolicyLoaderTests
{
    private static readonly Dictionary<string, string> NoSettings = [];

    private static readonly string[] Insertions =
        ["", "|", "`", "：", "（", "**", "\n", "---\n", "## 1.1 x\n", "\0", "”", "待细则", "- ", "[..]"];

    private static Item Only(LoadResult result)
    {
        Assert.Empty(result.Findings);
        return Assert.Single(Assert.Single(result.Program!.Policies).Items);
    }

    [Theory]
    [InlineData]
    [InlineData("liaoning-2026-demo")]
    public void The_project_s_own_policies_load_without_errors(params string[] layers)
    {
        var result = PolicyLoader.Load(Repository.Root, ["liaoning-2026"], layers, NoSettings);
        Assert.DoesNotContain(result.Findings, f => f.Severity == Zhida.Policy.Severity.Error);
        Assert.True(result.Program!.Policies.Single().Items.Count >= 50);
    }

    [Fact]
    public void Who_only_decides_needs_no_examples()
    {
        var files = TestTree.With(TestTree.Loan("""
            ### 金额
            `行.实付利息`

            ### 示例
            | 名称 | 贷款.没有 |
            |---|---|
            | 甲 | 1 |
            """));
        Assert.Null(TestTree.Load(files).Program);
        var result = PolicyLoader.Load(files, ["case"], [], NoSettings, withExamples: false);
        Assert.Empty(Only(result).Examples);
    }

    [Fact]
    public void The_demo_layer_fills_every_open_place()
    {
        var result = PolicyLoader.Load(Repository.Root, ["liaoning-2026"], ["liaoning-2026-demo"], NoSettings);
        Assert.Empty(result.Bound.Policies.Single().Items.SelectMany(i =>
            i.OpenPlaces.Select(o => $"{i.Number} {o.Name}")));
    }

    [Fact]
    public void What_was_read_is_told_in_the_order_of_paths()
    {
        var result = PolicyLoader.Load(Repository.Root, ["liaoning-2026"], ["liaoning-2026-demo"], NoSettings);
        var paths = result.Files.Select(f => f.Path).ToList();
        Assert.Equal(paths.Order(StringComparer.Ordinal), paths);
        Assert.Contains("policies/liaoning-2026/原文.txt", paths);
        Assert.Contains("policies/liaoning-2026-demo/lpr.csv", paths);
        Assert.Contains("policies/common/definitions.md", paths);
        Assert.Contains("reference/lpr.csv", paths);
        // What a bundle stores is enough to load the same program again.
        var again = PolicyLoader.Load(result.Files.ToDictionary(f => f.Path, f => f.Bytes), ["liaoning-2026"],
            ["liaoning-2026-demo"], NoSettings);
        Assert.Equal(paths, again.Files.Select(f => f.Path));
        Assert.Equal(result.Findings, again.Findings);
    }

    [Fact]
    public void An_open_list_brings_a_reading_of_its_own()
    {
        var files = TestTree.With(TestTree.Loan("""
            ### 参数
            | 名称 | 值 |
            |---|---|
            | 支持用途 | 设备更新；流动资金；等 |

            ### 条件
            1. 用途：`贷款.用途 in 支持用途`

            ### 金额
            `行.实付利息`
            """));
        var item = Only(TestTree.Load(files));
        var reading = Assert.Single(item.Readings);
        Assert.Equal(("未列支持用途", "待补充"), (reading.Question, reading.Current));
        var symbol = Assert.IsType<ParameterSymbol>(Assert.Single(item.Parameters).Symbol);
        Assert.Equal(symbol.Unlisted!.Slot, reading.Unlisted!.Slot);
        var switched = Only(TestTree.Load(files, null, ("1.1/口径.未列支持用途", "视为符合")));
        Assert.Equal("视为符合", switched.Readings[0].Current);
    }

    private const string Open = """
        ### 参数
        | 名称 | 值 |
        |---|---|
        | 比例 | 待细则（占比） |

        ### 表 数额（U）
        | `贷款.用途` | → 数额 |
        |---|---|
        | "设备更新" | 待细则（金额） |
        | - | 1万元 |

        ### 金额
        待细则，最高 `数额 * 比例`

        ### 办理
        | 步骤 | 承办 | 时限 |
        |---|---|---|
        | 受理 | 某局 | 待细则（工作日） |
        """;

    private static readonly (string, string)[] Layer =
    [
        ("policies/case-layer/policy.md", "---\n层: case-layer\n政策: case\n名称: 细则\n---\n"),
        ("policies/case-layer/01.md", """
            ---
            举措: 一
            名称: 细则
            ---

            ## 1.1 贴息

            ### 参数
            | 名称 | 值 | 依据 |
            |---|---|---|
            | 比例 | 50% | 细则第1条 |

            ### 表 数额（U）
            | `贷款.用途` | → 数额 | 依据 |
            |---|---|---|
            | "设备更新" | 2万元 | 细则第2条 |

            ### 条件
            1. 本金够大：`贷款.本金 > 100万元`　来源：细则第3条

            ### 金额
            `数额 * 比例`

            ### 办理
            | 步骤 | 承办 | 时限 |
            |---|---|---|
            | 受理 | 某局 | 5工作日 |
            """),
    ];

    [Fact]
    public void Open_places_are_parameters_cells_and_steps()
    {
        var item = Only(TestTree.Load(TestTree.With(TestTree.Loan(Open))));
        Assert.Equal(["比例", "数额/设备更新", "时限/受理"], item.OpenPlaces.Select(o => o.Name));
        Assert.Equal(["比例", "数额/设备更新"], item.Parameters.Select(p => p.Name));
        Assert.True(item.Parameters.All(p => p.Values[0].Value.IsUnknown));
        Assert.Equal(new NumberType(Unit.None, 0, 1), item.Parameters[0].Type);
    }

    [Fact]
    public void A_layer_fills_open_places_and_its_formula_keeps_the_bound_as_a_cap()
    {
        var item = Only(TestTree.Load(TestTree.With(TestTree.Loan(Open), Layer), ["case-layer"]));
        Assert.Empty(item.OpenPlaces);
        var ratio = Assert.Single(item.Parameters);
        Assert.Equal((0.5m, "case-layer"), (ratio.Values[0].Value.Number, ratio.Values[0].Layer));
        Assert.Equal("细则第1条", ratio.Values[0].Basis!.Quote);
        Assert.Equal("case-layer", Assert.Single(item.Conditions).Layer);
        Assert.Equal(AmountKind.Formula, item.Amount.Kind);
        Assert.Equal(CapScope.Line, Assert.Single(item.Caps).Scope);
        Assert.Equal(5m, Assert.Single(item.Steps).Days!.Value.Number);
    }

    [Fact]
    public void Settings_fill_open_places_too()
    {
        var item = Only(TestTree.Load(
            TestTree.With(TestTree.Loan(Open)), null, ("比例", "40%"), ("1.1/数额/设备更新", "3万元")));
        Assert.Equal([0.4m, 30000m], item.Parameters.Select(p => p.Values[0].Value.Number));
        Assert.Equal(["时限/受理"], item.OpenPlaces.Select(o => o.Name));
    }

    [Fact]
    public void Quotes_are_located_in_the_text_with_their_figure()
    {
        const string text = "关于“设备更新”的措施\n\n给予贴息，最高100万元。\n";
        var files = TestTree.With(TestTree.Loan("""
            > 给予贴息，最高100万元。

            ### 参数
            | 名称 | 值 | 依据 |
            |---|---|---|
            | 最高额 | 100万元 | 最高**100万元** |

            ### 条件
            1. 用途：`贷款.用途 = "设备更新"`　依据“关于“设备更新”的措施”

            ### 金额
            `min(行.实付利息, 最高额)`
            """), ("policies/case/原文.txt", text), ("policies/case/policy.md", """
            ---
            政策: case
            名称: 关于“设备更新”的措施
            状态: 示例
            印发日: 2026-03-01
            执行期限: 12个月
            原文: 原文.txt
            ---
            """));
        var result = TestTree.Load(files);
        var item = Only(result);
        var figure = item.Parameters[0].Values[0].Basis!;
        Assert.Equal(("最高100万元", "100万元"), (figure.Quote, figure.Figure));
        Assert.Equal("100万元", text.Substring(figure.FigureStart, figure.Figure!.Length));
        Assert.Equal(0, item.Conditions[0].Basis!.Start);
        var policy = result.Program!.Policies[0];
        Assert.Equal(["给予贴息，最高100万元。"], policy.Quotes.Select(q => q.Text));
        Assert.Equal(new DateOnly(2027, 2, 28), policy.LastDay);
    }

    [Fact]
    public void Derived_facts_and_tables_of_the_dictionary_run()
    {
        var result = PolicyLoader.Load(Repository.Root, ["liaoning-2026"], [], NoSettings);
        var subject = result.Bound.Dictionary.Subject;
        var record = new Zhida.Feel.Values.Record(subject.Record, "甲");
        record[subject.Record.SlotOf("行业代码")] = Value.Of("3525");
        record[subject.Record.SlotOf("从业人员")] = Value.Of(300m);
        record[subject.Record.SlotOf("营业收入")] = Value.Of(20_000_000m);
        var frame = new Zhida.Feel.Nodes.Frame(1, new Zhida.Feel.Nodes.Evaluation(true, new Value[Globals.Count]));
        Assert.Equal("中型", record.Get(subject.Record.SlotOf("企业规模"), frame).Text);
    }

    /// <summary>Whatever is cut out of a file or changed in it, loading gives findings with places in files, and never
    /// throws.</summary>
    [Fact]
    public void No_change_of_a_file_makes_it_throw()
    {
        var whole = TestTree.Whole();
        foreach (var path in whole.Keys.Where(p => p.StartsWith("policies/liaoning-2026", StringComparison.Ordinal))
            .ToList())
            if (!path.Contains("/04-", StringComparison.Ordinal)
                && !path.EndsWith("policy.md", StringComparison.Ordinal) &&
                !path.EndsWith(".txt", StringComparison.Ordinal)) whole.Remove(path);
        var changed = whole.Keys.Where(p => p.EndsWith(".md", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToArray();
        var change = Gen.Select(Gen.Int[0, changed.Length - 1], Gen.Double.Unit, Gen.Int[0, 40],
            Gen.Int[0, Insertions.Length - 1]);
        change.Sample(c =>
        {
            var files = new Dictionary<string, byte[]>(whole);
            var path = changed[c.Item1];
            var text = SourceText.Of(path, files[path]).Text;
            var at = (int)(c.Item2 * text.Length);
            var cut = Math.Min(c.Item3, text.Length - at);
            files[path] = System.Text.Encoding.UTF8.GetBytes(text[..at] + Insertions[c.Item4] + text[(at + cut)..]);
            var result = PolicyLoader.Load(files, [], ["liaoning-2026-demo"], NoSettings);
            return result.Findings.All(f => f.Location is { Line: > 0, Column: > 0 });
        }, iter: 60);
    }
}
