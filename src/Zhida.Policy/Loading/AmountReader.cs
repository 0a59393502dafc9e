using Zhida.Feel.Types;
using Zhida.Policy.Program;
using Expr = Zhida.Feel.Nodes.Expr;

namespace Zhida.Policy.Loading;

/// <summary>Section 金额: a formula in 元, a bound (最高), an open place, or none. A layer may give the amount where the
/// layer above has only a bound or an open place; that bound stays as a cap on the line.</summary>
internal sealed class AmountReader(ItemContext context)
{
    private static readonly FeelType Money = new NumberType(ValueReader.Yuan);

    private readonly Report _report = context.Report;

    /// <summary>Bounds of layers above, as caps.</summary>
    public List<Cap> Bounds { get; } = [];

    public Amount Read()
    {
        Amount? amount = null;
        foreach (var section in context.Source.Of("金额"))
        {
            var text = section.Section.Parts.OfType<TextPart>().Select(t => t.Passage)
                .FirstOrDefault(t => !SectionLines.IsRemark(t));
            if (text.Source is null)
            {
                _report.Error("amount.form", section.Section.Title, "金额没有内容", "写 `公式`、最高 `公式`、待细则 或 无");
                continue;
            }
            if (ReadOne(text, section.Layer) is not { } read) continue;
            if (amount is { Kind: AmountKind.Formula or AmountKind.None })
            {
                _report.Error("layer.fixed", text, "金额在上一层已定，这一层不能改动", "删去这一节；要收紧的，增加上限");
                continue;
            }
            if (amount?.Expression is { } bound) Bounds.Add(BoundOf(amount, bound));
            amount = read;
        }
        if (amount is not null) return amount;
        if (!context.Source.Of("金额").Any())
            _report.Error("item.section", context.Source.Number, $"{context.Source.Number.Text}没有“### 金额”一节",
                "没有金额的写 无");
        return new Amount(AmountKind.None, null, "无", null, context.Source.Number.Location);
    }

    private Amount? ReadOne(Passage text, string? layer)
    {
        var (words, tail) = BasisReader.Cut(text);
        // 无 and 待细则 are words, in backticks or not.
        if (words.TryCode(out var word, out var behind) && behind.IsEmpty &&
            (word.Is("无") || word.Is("待细则"))) words = word;
        var hasCode = words.TryCode(out var code, out var rest);
        var before = (hasCode ? text.Slice(0, code.Start - 1 - text.Start) : words).Trim().Text;
        AmountKind? kind = (before, hasCode) switch
        {
            ("", true) => AmountKind.Formula,
            ("最高", true) => AmountKind.AtMost,
            ("待细则，最高" or "待细则,最高", true) or ("待细则", false) => AmountKind.Open,
            ("无", false) => AmountKind.None,
            _ => null,
        };
        if (kind is null || hasCode && !rest.IsEmpty)
        {
            _report.Error("amount.form", text, "金额的写法不对", "写 `公式`、最高 `公式`、待细则、待细则，最高 `公式` 或 无");
            return null;
        }
        var basis = context.Policy.Bases.OfLine(tail, layer);
        var expression = hasCode ? context.Bind(code, Money, "金额") : null;
        if (hasCode && expression is null) return null;
        return new Amount(kind.Value, expression, words.Text, basis, text.Location);
    }

    private static Cap BoundOf(Amount amount, Expr bound) =>
        new("正文最高", CapScope.Line, "行", -1, null, CapPeriod.Line, bound, CountsLines: false, ProRata: false, null,
            amount.Basis, amount.Location);
}
