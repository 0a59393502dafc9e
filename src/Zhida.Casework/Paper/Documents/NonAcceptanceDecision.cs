namespace Zhida.Casework.Paper;

/// <summary>不予受理决定书: an application is not taken up; nothing was decided on its substance.</summary>
public sealed record NonAcceptanceDecision() : OfficialDocument("不予受理决定书")
{
    public required Party Recipient { get; init; }

    public required string Case { get; init; }

    public required string Item { get; init; }

    public required DateOnly FiledOn { get; init; }

    public required IReadOnlyList<RefusalReason> Reasons { get; init; }

    public required Remedy Remedy { get; init; }

    internal override IEnumerable<Block> Body()
    {
        yield return new Paragraph($"{Recipient.Name}：", Flush: true);
        yield return new Paragraph($"你单位于{Amounts.Date(FiledOn)}提出的“{Item}”申请（办件编号：{Case}）" +
            "收悉。经审查，因下列原因，决定不予受理：");
        foreach (var block in RefusalReason.Paragraphs(Reasons)) yield return block;
        yield return new Paragraph("情况改变后，可以重新申报。");
        foreach (var block in Remedy.Blocks()) yield return block;
    }
}
