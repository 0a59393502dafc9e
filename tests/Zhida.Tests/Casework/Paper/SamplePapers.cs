using Xunit;
using Zhida.Casework.Paper;
using Zhida.Policy.Desk;

namespace Zhida.Tests.Casework.Paper;

/// <summary>A paper of each kind about a made-up enterprise; the decision is the real one of item 4.1.</summary>
internal static class SamplePapers
{
    public const string GrantedName = "沈阳示范低空装备有限公司（虚构）";
    private const string ItemName = "4.1 低空经济项目贷款贴息";
    private const string Case = "LN20260630000123";

    private static readonly DateOnly Day = new(2026, 11, 25);
    private static readonly Party Subject = new(GrantedName, "91210112MA0000001X");
    private static readonly Contact Desk = new("示范区发展改革局综合科", "024-0000 0001", "沈阳市浑南区示范路1号");
    private static readonly Remedy Remedy = new(20, new Contact("省级复核组（示范）", "024-0000 0002", "沈阳市示范大街2号"));
    private static readonly Lazy<Findings> Granted = new(() => FindingsOf("liaoning-2026:4.1"));

    public static IReadOnlyList<OfficialDocument> All =>
        [Acceptance, Correction, NonAcceptance, Denial, Grant, List(120), Voucher, Recall];

    public static Findings Findings => Granted.Value;

    public static AcceptanceNotice Acceptance => new()
    {
        Number = "LN-SL-2026-000123", Date = Day, Department = "示范区发展改革局", Contact = Desk, Illustrative = true,
        Recipient = Subject, Case = Case, Item = ItemName, FiledOn = Day.AddDays(-2), AcceptedOn = Day, LimitDays = 15,
        DueOn = new DateOnly(2026, 12, 16),
        Materials = [new("贷款合同", "电子件"), new("借款借据和利息清单（2026年1月至6月）", "电子件"), new("项目备案证明", "系统核验")],
    };

    public static CorrectionNotice Correction => new()
    {
        Number = "LN-BZ-2026-000045", Date = Day, Department = "示范区发展改革局", Contact = Desk, Illustrative = true,
        Recipient = Subject, Case = Case, Item = ItemName, FiledOn = Day.AddDays(-2), LimitDays = 5,
        DueOn = new DateOnly(2026, 12, 2),
        Corrections =
        [
            new("贷款一的利息清单", "上传的清单只到2026年5月，缺6月；本期应贴利息要按实付利息核对。", "补交加盖银行印章的2026年6月利息清单。"),
            new("项目.低空方向", "填写的“无人机应用”不在支持方向之内，与备案证明所载不一致。", "按备案证明改为“低空飞行器整机”等方向之一，或者说明理由。"),
        ],
    };

    public static NonAcceptanceDecision NonAcceptance => new()
    {
        Number = "LN-BSL-2026-000007", Date = Day, Department = "示范区发展改革局", Contact = Desk,
        Recipient = new Party("某某商贸有限公司（虚构）", null), Case = "LN20260630000200", Item = ItemName,
        FiledOn = Day.AddDays(-1), Remedy = Remedy,
        Reasons =
        [
            new("同一笔贷款在本年度已有在办申请（办件编号：LN20260630000123）", null),
            new("申请的贷款不是用于低空经济项目", "按照贷款本金年化利率1.5%给予贴息支持"),
        ],
    };

    public static DenialDecision Denial => new()
    {
        Number = "LN-BZC-2026-000011", Date = Day, Department = "示范区发展改革局", Contact = Desk, Illustrative = true,
        Recipient = Subject, Case = Case, FiledOn = Day.AddDays(-20), Remedy = Remedy,
        Reasons = [new("经实地核查，项目已经停建", null)],
        Findings = Findings with { Lines = [.. Findings.Lines.Where(l => l.Outcome == "不符合")] },
    };

    public static GrantDecision Grant => new()
    {
        Number = "LN-ZC-2026-000010", Date = Day, Department = "辽宁省示范发展和改革委员会", Contact = Desk, Illustrative = true,
        Recipient = Subject, Case = Case, FiledOn = Day.AddDays(-20), Granted = 120_000_000, Findings = Findings,
        Remedy = Remedy,
    };

    public static PaymentVoucher Voucher => new()
    {
        Number = "LN-BF-2026-000003", Date = Day, Department = "示范区财政局", Contact = Desk, Illustrative = true,
        Recipient = Subject, Case = Case, Item = ItemName, Decision = Grant.Number, Payer = "示范区财政局（国库集中支付）",
        Bank = "示范银行沈阳浑南支行", Account = "6200 0000 0000 0000 001", Amount = 120_000_000, PaidOn = Day,
        Transfer = "019ac7d2-0000-7000-8000-000000000001", TreasuryNumber = "GK20261125000077",
    };

    public static RecallDecision Recall => new()
    {
        Number = "LN-ZH-2026-000001", Date = Day, Department = "示范区财政局", Contact = Desk, Illustrative = true,
        Recipient = Subject, Case = Case, Item = ItemName, Decision = Grant.Number, Paid = 120_000_000,
        Recalled = 12_219_178, DueOn = new DateOnly(2026, 12, 31), PayTo = "示范区财政专户，示范银行浑南支行，6200 0000 0000 0000 999",
        Remedy = Remedy, Reasons = [new("贷款二自2026年9月起挪作他用，已不用于该项目", "按照贷款本金年化利率1.5%给予贴息支持")],
    };

    public static PublicityList List(int rows) => new()
    {
        Number = "LN-GS-2026-000002", Date = Day, Department = "辽宁省示范发展和改革委员会", Contact = Desk, Illustrative = true,
        Item = ItemName, From = Day, Until = new DateOnly(2026, 12, 1), Days = 5,
        Rows =
        [
            .. Enumerable.Range(1, rows).Select(i => new PublicityRow(
                i % 7 == 0 ? $"鞍山市示范高端装备智能制造第{i}号有限责任公司（虚构）" : $"示范低空第{i}号有限公司",
                $"9121011{i % 10}MA{i:D7}X", i % 2 == 0 ? "沈阳市" : "沈抚示范区", 1_000_001L * i)),
        ],
    };

    private static Findings FindingsOf(string item)
    {
        var (maker, findings) = DecisionMaker.Open(PolicyTree.Read(Repository.Root).Files, [], ["liaoning-2026-demo"],
            new Dictionary<string, string>());
        Assert.NotNull(maker);
        Assert.DoesNotContain(findings, f => f.Severity == Zhida.Policy.Severity.Error);
        var file = Repository.PathOf("samples/low-altitude.json");
        var (layered, facts, _) = maker.For(maker.ReadFacts(File.ReadAllBytes(file), file).Facts!);
        return Findings.Of(layered!.Decide(facts!, new DateOnly(2026, 6, 30), new HashSet<string> { item }), item);
    }
}
