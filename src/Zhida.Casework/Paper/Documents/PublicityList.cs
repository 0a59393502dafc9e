namespace Zhida.Casework.Paper;

/// <summary>A row of a 公示名单: who (a person's name masked, without code), for what, in 分; null: no money.</summary>
public sealed record PublicityRow(string Name, string? Code, string About, long? Amount);

/// <summary>公示名单: whom it is intended to support, open to objections for a time.</summary>
public sealed record PublicityList() : OfficialDocument("拟支持名单公示")
{
    public required string Item { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>The last day on which objections are taken; null: in a year whose calendar is not published.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The length in 工作日.</summary>
    public required int Days { get; init; }

    public required IReadOnlyList<PublicityRow> Rows { get; init; }

    internal override IEnumerable<Block> Body()
    {
        var total = Rows.Sum(r => r.Amount ?? 0);
        yield return new Paragraph($"根据有关政策规定，经审核，拟对下列{Rows.Count}个主体给予“{Item}”支持，" +
            $"合计{Amounts.Yuan(total)}（大写：{Amounts.Capitals(total)}），现予公示。");
        var period = Until is { } last ? $"{Amounts.Date(From)}至{Amounts.Date(last)}（{Days}个工作日）"
            : $"自{Amounts.Date(From)}的次日起{Days}个工作日（该年放假安排尚未发布，截止日暂定）";
        yield return new Paragraph($"公示期：{period}。" +
            $"对公示内容有异议的，请在公示期内以书面形式向{ContactLine}反映。以单位名义反映的应加盖公章，" +
            "以个人名义反映的应署真实姓名和联系方式；提出异议的人受保护。");
        yield return new Table(
            [new Column("序号", 9, Alignment.Centre), new Column("名称", 30), new Column("统一社会信用代码", 29),
                new Column("支持对象", 16), new Column("拟支持金额", 22, Alignment.Right)],
            [.. Rows.Select((r, i) => (string[])[$"{i + 1}", r.Name, r.Code ?? "—", r.About,
                r.Amount is { } fen ? Amounts.Yuan(fen) : "—"]),
                (string[])["合计", "", "", "", Amounts.Yuan(total)]]);
    }
}
