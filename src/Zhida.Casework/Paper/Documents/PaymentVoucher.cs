namespace Zhida.Casework.Paper;

/// <summary>拨付凭证: that an amount was paid, to which account, for which decision.</summary>
public sealed record PaymentVoucher() : OfficialDocument("拨付凭证")
{
    public required Party Recipient { get; init; }

    public required string Case { get; init; }

    public required string Item { get; init; }

    /// <summary>The number of the decision that is paid.</summary>
    public required string Decision { get; init; }

    /// <summary>Whose budget pays.</summary>
    public required string Payer { get; init; }

    public required string Bank { get; init; }

    public required string Account { get; init; }

    /// <summary>In 分.</summary>
    public required long Amount { get; init; }

    public required DateOnly PaidOn { get; init; }

    /// <summary>The transfer of the ledger.</summary>
    public required string Transfer { get; init; }

    /// <summary>The treasury's own number of the payment; null: it has given none.</summary>
    public string? TreasuryNumber { get; init; }

    internal override IEnumerable<Block> Body()
    {
        yield return new Paragraph($"{Recipient.Name}：", Flush: true);
        yield return new Paragraph($"根据《予以支持决定书》（编号：{Decision}），下列资金已于{Amounts.Date(PaidOn)}拨付：");
        yield return Table.OfFields(
            ("支持事项", Item), ("办件编号", Case), ("付款单位", Payer), ("收款单位", Recipient.Name),
            ("统一社会信用代码", Recipient.Code), ("开户银行", Bank), ("收款账号", Account),
            ("金额（小写）", Amounts.Yuan(Amount)), ("金额（大写）", Amounts.Capitals(Amount)),
            ("拨付日期", Amounts.Date(PaidOn)), ("国库支付编号", TreasuryNumber), ("账务流水号", Transfer));
        yield return new Paragraph($"款项未到账或者金额不符的，请向{ContactLine}查询。");
    }
}
