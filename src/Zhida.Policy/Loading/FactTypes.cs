using Zhida.Feel;
using System.Collections.Immutable;
using Zhida.Feel.Types;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>The types of facts (docs/measure-files.md, section 5): word, unit and allowed values to a FEEL
/// type.</summary>
internal sealed class FactTypes(Report report)
{
    private readonly ValueReader _values = new(report);

    /// <summary>Null where the words are no type; that is reported.</summary>
    public (FactKind Kind, FeelType Type)? Read(Passage word, Passage unit, Passage allowed)
    {
        if (FactKinds.Find(word.Text) is not { } kind)
        {
            report.Error("fact.type", word, $"不认识的类型“{word.Text}”",
                Nearest.Mend(word.Text, FactKinds.Words) ?? $"可写：{string.Join("、", FactKinds.Words)}");
            return null;
        }
        var takesUnit = kind is FactKind.Integer or FactKind.Number;
        if (!takesUnit && !unit.IsEmpty && !(kind == FactKind.Money && unit.Is("元")))
            report.Error("fact.unit", unit, $"{word.Text}不写单位", "删去单位；要换单位的，类型用 数");
        var type = kind switch
        {
            FactKind.Enumeration => Options(allowed, word),
            FactKind.Choices => new ListType(Options(allowed, word)),
            FactKind.Names => new ListType(FeelType.Text),
            FactKind.Boolean => FeelType.Boolean,
            FactKind.Date => FeelType.Date,
            FactKind.Money => Ranged(new NumberType(ValueReader.Yuan, 0), allowed),
            FactKind.Integer or FactKind.Number => Ranged(new NumberType(UnitOf(unit)), allowed),
            FactKind.Share => Ranged(new NumberType(Unit.None, 0, 1), allowed),
            FactKind.Ratio => Ranged(new NumberType(Unit.None, 0), allowed),
            FactKind.Rate => Ranged(new NumberType(ValueReader.PerYear, 0), allowed),
            _ => FeelType.Text,
        };
        return (kind, type);
    }

    private StringType Options(Passage allowed, Passage word)
    {
        var options = ValueReader.Options(allowed);
        if (options.IsEmpty) report.Error("fact.values", word, $"{word.Text}没有写取值", "在“取值”一栏写 甲；乙；无");
        foreach (var twice in options.GroupBy(o => o).Where(g => g.Count() > 1))
            report.Error("fact.values", allowed, $"取值“{twice.Key}”写了两次", "只留一个");
        return new StringType([.. options.Distinct()]);
    }

    private Unit UnitOf(Passage unit)
    {
        if (unit.IsEmpty) return Unit.None;
        var (read, mend) = UnitText.Parse(unit.Text);
        if (read is null) report.Error("fact.unit", unit, $"“{unit.Text}”不是基本单位", mend);
        return read ?? Unit.None;
    }

    private NumberType Ranged(NumberType type, Passage range) =>
        range.IsEmpty ? type : _values.WithRange(type, range) ?? type;
}
