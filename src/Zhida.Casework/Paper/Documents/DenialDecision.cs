namespace Zhida.Casework.Paper;

/// <summary>不予支持决定书: decided on its substance, nothing is due; with every condition and which failed.</summary>
public sealed record DenialDecision() : OfficialDocument("不予支持决定书")
{
    public required Party Recipient { get; init; }

    public required string Case { get; init; }

    public required DateOnly FiledOn { get; init; }

    /// <summary>What the office says itself, beside the conditions that failed.</summary>
    public required IReadOnlyList<RefusalReason> Reasons { get; init; }

    public required Findings Findings { get; init; }

    public required Remedy Remedy { get; init; }

    internal override IEnumerable<Block> Body()
    {
        yield return new Paragraph($"{Recipient.Name}：", Flush: true);
        yield return new Paragraph($"你单位于{Amounts.Date(FiledOn)}提出的“{Findings.Item}”申请（办件编号：{Case}），" +
            "经审核，因下列原因，决定不予支持：");
        foreach (var block in RefusalReason.Paragraphs([.. Reasons, .. Findings.Failures()])) yield return block;
        foreach (var block in Remedy.Blocks()) yield return block;
        yield return new Paragraph("附件：判定依据和测算过程");
    }

    internal override IEnumerable<Block> Annex() => Findings.Blocks();
}
