namespace Zhida.Casework.Paper;

/// <summary>追回决定书: money that was paid is to be given back, how much, why, until when.</summary>
public sealed record RecallDecision() : OfficialDocument("追回决定书")
{
    public required Party Recipient { get; init; }

    public required string Case { get; init; }

    public required string Item { get; init; }

    /// <summary>The number of the decision under which it was paid.</summary>
    public required string Decision { get; init; }

    /// <summary>In 分.</summary>
    public required long Paid { get; init; }

    /// <summary>In 分; at most what was paid.</summary>
    public required long Recalled { get; init; }

    public required IReadOnlyList<RefusalReason> Reasons { get; init; }

    /// <summary>Null: no rule sets a day.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Where to pay: name, bank and number of the account; null: the department tells.</summary>
    public string? PayTo { get; init; }

    public required Remedy Remedy { get; init; }

    internal override IEnumerable<Block> Body()
    {
        yield return new Paragraph($"{Recipient.Name}：", Flush: true);
        yield return new Paragraph($"你单位因“{Item}”（办件编号：{Case}，决定书编号：{Decision}）已获拨付" +
            $"{Amounts.Yuan(Paid)}。经核查，因下列原因，决定追回{Amounts.Yuan(Recalled)}" +
            $"（大写：{Amounts.Capitals(Recalled)}）：");
        foreach (var block in RefusalReason.Paragraphs(Reasons)) yield return block;
        yield return Table.OfFields(
            ("已拨付金额", Amounts.Yuan(Paid)), ("追回金额", Amounts.Yuan(Recalled)),
            ("退回期限", DueOn is { } due ? $"不晚于{Amounts.Date(due)}" : null), ("退回账户", PayTo));
        yield return new Paragraph("逾期不退回的，依法处理并记入信用记录。退回后请保存凭证，" +
            $"并告知{ContactLine}。");
        foreach (var block in Remedy.Blocks()) yield return block;
    }
}
