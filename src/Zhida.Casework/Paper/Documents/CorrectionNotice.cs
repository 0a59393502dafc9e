namespace Zhida.Casework.Paper;

/// <summary>Something to correct: what, why it can't stay, how to mend it; null where the notice says it all in one.
/// </summary>
public sealed record Correction(string What, string? Why = null, string? Mend = null);

/// <summary>补正通知书: all that is missing, said at once, and until when.</summary>
public sealed record CorrectionNotice() : OfficialDocument("补正通知书")
{
    public required Party Recipient { get; init; }

    public required string Case { get; init; }

    public required string Item { get; init; }

    public required DateOnly FiledOn { get; init; }

    public required IReadOnlyList<Correction> Corrections { get; init; }

    /// <summary>In 工作日 from the day of the notice; null: no rule sets one.</summary>
    public int? LimitDays { get; init; }

    public DateOnly? DueOn { get; init; }

    internal override IEnumerable<Block> Body()
    {
        yield return new Paragraph($"{Recipient.Name}：", Flush: true);
        yield return new Paragraph($"你单位于{Amounts.Date(FiledOn)}提出的“{Item}”申请（办件编号：{Case}）" +
            "收悉。经审查，下列内容需要补正，现一次性告知：");
        var isShort = Corrections.All(c => c is { Why: null, Mend: null });
        yield return isShort
            ? new Table([new Column("序号", 10, Alignment.Centre), new Column("需要补正的内容", 90)],
                [.. Corrections.Select((c, i) => (string[])[$"{i + 1}", c.What])])
            : new Table(
                [new Column("序号", 10, Alignment.Centre), new Column("需要补正的内容", 26), new Column("原因", 32),
                    new Column("怎样补正", 32)],
                [.. Corrections.Select((c, i) => (string[])[$"{i + 1}", c.What, c.Why ?? "", c.Mend ?? ""])]);
        var until = (LimitDays, DueOn) switch
        {
            ({ } days, { } due) => $"请于{Amounts.Date(due)}前（{days}个工作日内）补正。",
            ({ } days, null) => $"请在{days}个工作日内补正。",
            _ => "请尽快补正。",
        };
        yield return new Paragraph(until + "补正期间办理期限停止计算，收到补正材料后继续计算。");
        yield return new Paragraph($"对补正内容有疑问的，可向{ContactLine}咨询。");
    }
}
