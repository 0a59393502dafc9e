using Zhida.Feel.Types;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>Section 资金: who pays which share, and when.</summary>
internal static class PayersReader
{
    private static readonly string[] Required = ["承担方", "比例"];
    private static readonly string[] Optional = ["条件"];

    public static List<Payer> Read(ItemContext context)
    {
        var payers = new List<Payer>();
        foreach (var section in context.Source.Of("资金"))
        foreach (var table in section.Section.Parts.OfType<TablePart>())
        foreach (var row in TableView.Open(table, context.Report, Required, Optional).Rows)
        {
            var share = context.Bind(ItemContext.CodeOf(row["比例"]), FeelType.PureNumber, "比例");
            var when = row["条件"].IsEmpty || row["条件"].Is("—") ? null : row["条件"] as Passage?;
            var condition = when is { } cell
                ? context.Bind(ItemContext.CodeOf(cell), FeelType.Boolean, "条件") : null;
            if (row["承担方"].IsEmpty)
                context.Report.Error("payer.name", row.Line.Passage, "没有写承担方", "例如 省级财政");
            else if (share is not null && (when is null || condition is not null))
                payers.Add(new Payer(row["承担方"].Text, share, condition, row["承担方"].Location));
        }
        return payers;
    }
}
