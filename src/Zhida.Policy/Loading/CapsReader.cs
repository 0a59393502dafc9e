using Zhida.Feel.Types;
using Zhida.Policy.Program;
using Expr = Zhida.Feel.Nodes.Expr;

namespace Zhida.Policy.Loading;

/// <summary>Section 上限: what is counted together, over which period, up to how much.</summary>
internal sealed class CapsReader(ItemContext context)
{
    private static readonly string[] Required = ["范围", "周期", "上限"];
    private static readonly string[] Optional = ["分配", "共享", "依据"];
    private static readonly Unit Pieces = Unit.Of("项");

    private readonly Report _report = context.Report;
    private readonly List<Cap> _caps = [];

    public List<Cap> Read()
    {
        foreach (var section in context.Source.Of("上限"))
        foreach (var table in section.Section.Parts.OfType<TablePart>())
        foreach (var row in TableView.Open(table, _report, Required, Optional).Rows)
            if (ReadRow(row, section.Layer) is { } cap) _caps.Add(cap);
        return _caps;
    }

    private Cap? ReadRow(TableRow row, string? layer)
    {
        var scopeCell = row["范围"];
        Expr? key = null;
        var hasKey = scopeCell.TryCode(out var keyCode, out _);
        var word = hasKey ? scopeCell.Slice(0, keyCode.Start - 1 - scopeCell.Start).Trim() : scopeCell;
        var scope = ScopeOf(word);
        if (hasKey) key = context.Bind(keyCode, FeelType.Text, "上限的范围");
        var period = PeriodOf(row["周期"]);
        var code = ItemContext.CodeOf(row["上限"]);
        var limit = context.Bind(code, null, "上限");
        var proRata = IsProRata(row["分配"]);
        var basis = context.Policy.Bases.OfCell(row["依据"], layer);
        if (scope is not var (kind, slot) || period is null || limit is null || hasKey && key is null) return null;
        var unit = (limit.Type as NumberType)?.Unit;
        if (limit.Type is not AnyType && !ValueReader.Yuan.Equals(unit) && !Pieces.Equals(unit))
        {
            _report.Error("cap.unit", code, $"上限应以元或项计，实为{TypeFit.Words(limit.Type)}", "写 100万元、3项，或这样的参数");
            return null;
        }
        var shared = row["共享"].IsEmpty ? null : row["共享"].Text;
        return new Cap(NameOf(word.Text, row["周期"].Text), key is null ? kind : CapScope.Key, word.Text, slot, key,
            period.Value, limit, Pieces.Equals(unit), proRata, shared, basis, scopeCell.Location)
        {
            Layer = layer, Text = code.Text,
        };
    }

    private (CapScope Scope, int Slot)? ScopeOf(Passage word)
    {
        if (word.Is("行")) return (CapScope.Line, -1);
        if (word.Is("事项")) return (CapScope.Item, -1);
        if (word.Is(DictionaryReader.Subject)) return (CapScope.Subject, 0);
        if (word.Is(context.Object.Name)) return (CapScope.Object, context.ObjectSlot);
        foreach (var reached in context.Reached)
            if (word.Is(reached.Type.Name)) return (CapScope.Object, reached.Slot);
        string[] known = ["行", "事项", "主体", context.Object.Name, .. context.Reached.Select(r => r.Type.Name)];
        _report.Error("cap.scope", word, $"上限的范围不认识“{word.Text}”", $"可写：{string.Join("、", known.Distinct())}");
        return null;
    }

    private CapPeriod? PeriodOf(Passage cell)
    {
        CapPeriod? period = cell.Text switch
        {
            "年度" => CapPeriod.Line, "政策期" => CapPeriod.Policy, "一次" => CapPeriod.Ever, _ => null,
        };
        if (period is null) _report.Error("cap.period", cell, $"上限的周期不认识“{cell.Text}”", "可写：年度、政策期、一次");
        return period;
    }

    private bool IsProRata(Passage cell)
    {
        if (cell.IsEmpty || cell.Is("按序")) return false;
        if (cell.Is("按比例")) return true;
        _report.Error("cap.sharing", cell, $"不认识的分配“{cell.Text}”", "可写：按序、按比例");
        return false;
    }

    /// <summary>项目·年度; a number behind it where several caps have one scope and period.</summary>
    private string NameOf(string scope, string period)
    {
        var name = $"{scope}·{period}";
        var same = _caps.Count(c => c.Name == name || c.Name.StartsWith(name + "·", StringComparison.Ordinal));
        return same == 0 ? name : $"{name}·{same + 1}";
    }
}
