namespace Zhida.Casework.Paper;

/// <summary>予以支持决定书: what is granted, and the worksheet that leads to it.</summary>
public sealed record GrantDecision() : OfficialDocument("予以支持决定书")
{
    public required Party Recipient { get; init; }

    public required string Case { get; init; }

    public required DateOnly FiledOn { get; init; }

    /// <summary>In 分; null: the item gives no money (a service or an easement).</summary>
    public long? Granted { get; init; }

    public required Findings Findings { get; init; }

    public required Remedy Remedy { get; init; }

    internal override IEnumerable<Block> Body()
    {
        yield return new Paragraph($"{Recipient.Name}：", Flush: true);
        yield return new Paragraph($"你单位于{Amounts.Date(FiledOn)}提出的“{Findings.Item}”申请（办件编号：{Case}），" +
            "经审核，符合条件，决定予以支持" +
            (Granted is { } fen ? $"，支持金额{Amounts.Yuan(fen)}（大写：{Amounts.Capitals(fen)}）。" : "。"));
        yield return Table.OfFields(
            ("支持事项", Findings.Item), ("支持对象", Recipient.Name), ("统一社会信用代码", Recipient.Code),
            ("支持金额", Granted is { } amount ? $"{Amounts.Yuan(amount)}\n{Amounts.Capitals(amount)}" : null));
        if (Granted is not null)
            yield return new Paragraph("资金在公示无异议后拨付。提供虚假材料取得资金的，依法追回。");
        foreach (var block in Remedy.Blocks()) yield return block;
        yield return new Paragraph("附件：判定依据和测算过程");
    }

    internal override IEnumerable<Block> Annex() => Findings.Blocks();
}
