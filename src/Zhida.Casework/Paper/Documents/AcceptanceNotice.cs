namespace Zhida.Casework.Paper;

/// <summary>A material that was handed in: its name, its form (原件, 电子件, 系统核验 …).</summary>
public sealed record ReceivedMaterial(string Name, string Form);

/// <summary>受理通知书: an application is complete and taken up; until when it is decided.</summary>
public sealed record AcceptanceNotice() : OfficialDocument("受理通知书")
{
    public required Party Recipient { get; init; }

    /// <summary>The number of the case.</summary>
    public required string Case { get; init; }

    /// <summary>Number and name of the item, as in 4.1 低空经济项目贷款贴息.</summary>
    public required string Item { get; init; }

    public required DateOnly FiledOn { get; init; }

    public required DateOnly AcceptedOn { get; init; }

    /// <summary>The time limit in 工作日; it does not run while the applicant holds the case. Null: open (待细则).</summary>
    public int? LimitDays { get; init; }

    /// <summary>The last day of the limit as it stands; null: open, or in a year whose calendar is not published.
    /// </summary>
    public DateOnly? DueOn { get; init; }

    public required IReadOnlyList<ReceivedMaterial> Materials { get; init; }

    internal override IEnumerable<Block> Body()
    {
        yield return new Paragraph($"{Recipient.Name}：", Flush: true);
        yield return new Paragraph($"你单位于{Amounts.Date(FiledOn)}提出的“{Item}”申请，材料齐全、符合规定形式，" +
            "现予受理。具体事项如下：");
        yield return Table.OfFields(
            ("申报事项", Item), ("办件编号", Case), ("统一社会信用代码", Recipient.Code),
            ("受理日期", Amounts.Date(AcceptedOn)), ("办理期限", LimitDays is { } days ? $"{days}个工作日" : "待细则明确"),
            ("办结日期", DueOn is { } due ? $"不晚于{Amounts.Date(due)}" : null));
        yield return new Paragraph("需要你单位补正材料的时间不计入办理期限，办结日期相应顺延并另行告知。" +
            $"办理进度可凭办件编号查询，或向{ContactLine}咨询。");
        if (Materials.Count == 0) yield break;
        yield return new Heading("收到的材料");
        yield return new Table(
            [new Column("序号", 12, Alignment.Centre), new Column("材料名称", 60), new Column("形式", 28)],
            [.. Materials.Select((m, i) => (string[])[$"{i + 1}", m.Name, m.Form])]);
    }
}
