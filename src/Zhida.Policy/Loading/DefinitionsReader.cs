using Zhida.Feel;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>From definitions.md to the derived members of the dictionary's objects: all members first, so that they
/// may use each other, then their expressions; a circle is an error.</summary>
internal sealed class DefinitionsReader(
    Report report, NameRules names, Dictionary dictionary, ValueReader values, Func<Scope> newScope)
{
    private sealed record Draft(Passage Title, ObjectType Object, RecordMember Member, Section Section);

    private readonly Dictionary<RecordMember, (Expr Expression, int FrameSize)> _bound = [];
    private readonly FactTypes _types = new(report);
    private readonly BasisReader _bases = new(report, null);

    public void Read(IEnumerable<MarkdownFile> files)
    {
        var drafts = files.SelectMany(f => f.Seconds).Select(ReadHead).OfType<Draft>().ToList();
        foreach (var draft in drafts) Bind(draft);
        // A circle is never derived: nothing may run round it.
        foreach (var draft in drafts.Where(d => !IsCircle(d)).ToList())
            if (_bound.TryGetValue(draft.Member, out var bound)) draft.Member.Derive(bound.Expression, bound.FrameSize);
    }

    private Draft? ReadHead(Section section)
    {
        if (!section.Title.TryCut(".", out var owner, out var name) ||
            !dictionary.Objects.TryGetValue(owner.Text, out var type))
        {
            report.Error("derived.title", section.Title, $"“{section.Title.Text}”不是 对象.名称",
                Nearest.Mend(owner.Text, dictionary.Objects.Keys) ?? "写成 ## 主体.规模以上工业");
            return null;
        }
        if (!names.Check(name, "推导事实", isMember: true)) return null;
        if (type.Record.SlotOf(name.Text) >= 0)
        {
            report.Error("name.duplicate", name, $"“{section.Title.Text}”与别的名称重复", "换一个名称");
            return null;
        }
        if (TypeOf(section) is not { } feel) return null;
        var member = new RecordMember(name.Text, feel, new UnsetCause(section.Title.Text));
        type.Record.Add(member);
        return new Draft(section.Title, type, member, section);
    }

    /// <summary>The line <c>类型：枚举　取值：大型；中型</c>.</summary>
    private FeelType? TypeOf(Section section)
    {
        var line = section.Parts.OfType<TextPart>().FirstOrDefault(p => p.Passage.Span.StartsWith("类型："));
        if (line is null)
        {
            report.Error("derived.type", section.Title, "没有写类型", "标题下面写一行 类型：是否");
            return null;
        }
        var none = line.Passage.From(line.Passage.Length);
        var (word, unit, allowed) = (none, none, none);
        foreach (var entry in line.Passage.Split('　'))
        {
            if (!entry.TryCut("：:", out var key, out var value)) continue;
            if (key.Is("类型")) word = value;
            else if (key.Is("单位")) unit = value;
            else if (key.Is("取值")) allowed = value;
        }
        return _types.Read(word, unit, allowed)?.Type;
    }

    private void Bind(Draft draft)
    {
        var scope = newScope();
        scope.Add(new Symbol(draft.Object.Name, draft.Object.Record, 0));
        var expressions = new Expressions(report, scope);
        foreach (var child in draft.Section.Children) BindTable(child, expressions);
        // An expression may stand below the last table, in that table's section.
        var texts = draft.Section.Parts.Concat(draft.Section.Children.SelectMany(c => c.Parts)).OfType<TextPart>();
        var code = texts.Select(t => t.Passage).FirstOrDefault(t => t.Span.StartsWith("`"));
        if (code.Source is null || !code.TryCode(out var inside, out _))
            report.Error("derived.expression", draft.Title, "没有写表达式", "另起一行写 `表达式`");
        else if (expressions.Bind(inside, draft.Member.Type, "推导事实") is { } expression)
            _bound.Add(draft.Member, (expression, scope.NextSlot));
        if (!texts.Any(t => t.Passage.Text.Contains("来源：", StringComparison.Ordinal)))
            report.Error("derived.source", draft.Title, "没有写来源", "末尾写一行 来源：…");
    }

    private void BindTable(Section section, Expressions expressions)
    {
        if (TableDraft.Read(new LayeredSection(section, "来源"), _bases, report) is not { } draft) return;
        var binder = new TableBinder(report, expressions, values, (_, _, cell) =>
        {
            report.Error("derived.open", cell.Cell, "推导事实里不能有待细则", "写上值");
            return null;
        });
        var node = binder.Bind(draft);
        var symbol = new Symbol(draft.Name.Text, node?.Type ?? FeelType.Any, expressions.Scope.NewSlot());
        if (!names.Check(draft.Name, "表") || !names.Declare(expressions.Scope, symbol, draft.Name, "表")) return;
        if (node is not null) symbol.Define(node);
    }

    /// <summary>Whether a derived member reads itself, through whatever others.</summary>
    private bool IsCircle(Draft draft)
    {
        if (!_bound.TryGetValue(draft.Member, out var bound) || !Uses(bound.Expression, draft.Member, [])) return false;
        report.Error("definition.circle", draft.Title, $"“{draft.Title.Text}”绕回了自己", "改写表达式，使它不再用到自己");
        return true;
    }

    private bool Uses(Expr expression, RecordMember wanted, HashSet<RecordMember> seen)
    {
        if (expression is Member { Declared: { } member } && _bound.TryGetValue(member, out var bound))
        {
            if (member == wanted) return true;
            if (seen.Add(member) && Uses(bound.Expression, wanted, seen)) return true;
        }
        if (expression is Variable { Symbol.Definition: { } definition } && Uses(definition, wanted, seen)) return true;
        return expression.Children.Any(c => Uses(c, wanted, seen));
    }
}
