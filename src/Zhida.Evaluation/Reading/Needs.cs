using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Policy.Program;

namespace Zhida.Evaluation.Reading;

/// <summary>What is read of one object's tables.</summary>
public sealed class TableNeeds
{
    /// <summary>Facts of the object; 编号 is always read.</summary>
    public HashSet<Fact> Facts { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Facts that stand once a year; where there are none the year's table is not read.</summary>
    public HashSet<Fact> YearFacts { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The objects to which references are followed; their tables are read too.</summary>
    public HashSet<ObjectType> References { get; } = [];
}

/// <summary>The tables, facts and references that a run reads: only these columns are read and validated.</summary>
public sealed record Needs(IReadOnlyDictionary<ObjectType, TableNeeds> Tables)
{
    /// <summary>Everything in the dictionary.</summary>
    public static Needs All(Dictionary dictionary)
    {
        var walk = new NeedsWalk(dictionary);
        foreach (var type in dictionary.Objects.Values) walk.Whole(type);
        return new Needs(walk.Tables);
    }

    /// <summary>What the items' expressions can read, through definitions and derived facts; 申报时间 of what they are
    /// about; and by what subjects are counted (主体.管辖, 主体.注册地).</summary>
    public static Needs Of(IEnumerable<Item> items, Dictionary dictionary)
    {
        var walk = new NeedsWalk(dictionary);
        walk.Named(dictionary.Subject, "注册地");
        walk.Named(dictionary.Subject, "管辖");
        foreach (var item in items) walk.Of(item);
        return new Needs(walk.Tables);
    }
}

/// <summary>Walks bound expressions and collects the members of records that they name.</summary>
internal sealed class NeedsWalk
{
    private readonly Dictionary _dictionary;
    private readonly Dictionary<RecordType, (ObjectType Type, RecordRole Role)> _records = [];
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    public NeedsWalk(Dictionary dictionary)
    {
        _dictionary = dictionary;
        foreach (var type in dictionary.Objects.Values)
        {
            _records[type.Record] = (type, RecordRole.Object);
            _records[type.YearRecord] = (type, RecordRole.Year);
            _records[type.LineRecord] = (type, RecordRole.Line);
        }
        Table(dictionary.Subject);
    }

    private enum RecordRole { Object, Year, Line }

    public Dictionary<ObjectType, TableNeeds> Tables { get; } = [];

    public void Of(Item item)
    {
        Table(item.Object);
        Named(item.Object, Zhida.Policy.Tables.TableLayout.Filed);
        var used = new HashSet<int>(item.Caps.Where(c => c.Scope == CapScope.Object).Select(c => c.ScopeSlot));
        foreach (var root in item.Roots()) Visit(root, used);
        foreach (var unlisted in item.Tables.Select(t => t.Symbol).Concat(item.Definitions.Select(d => d.Symbol)))
            if (unlisted.Definition is { } definition) Visit(definition, used);
        // From the far end: what is reached from a slot that is used makes that slot used.
        foreach (var reached in item.Frame.Reached.Reverse())
        {
            if (!used.Contains(reached.Slot)) continue;
            used.Add(reached.FromSlot);
            var from = item.Frame.Reached.FirstOrDefault(r => r.Slot == reached.FromSlot)?.Type ?? item.Object;
            Refer(from, reached.Type);
        }
    }

    /// <summary>A member of an object by its name, if it has one.</summary>
    public void Named(ObjectType type, string name)
    {
        if (type.Record.SlotOf(name) is >= 0 and var slot) Touch(type.Record, slot, []);
    }

    /// <summary>Everything of an object.</summary>
    public void Whole(ObjectType type)
    {
        var table = Table(type);
        table.Facts.UnionWith(type.Facts);
        table.YearFacts.UnionWith(type.YearFacts);
        foreach (var reference in type.References) Refer(type, reference.Target);
    }

    private TableNeeds Table(ObjectType type) =>
        Tables.TryGetValue(type, out var table) ? table : Tables[type] = new TableNeeds();

    private void Refer(ObjectType from, ObjectType target)
    {
        Table(target);
        if (target != _dictionary.Subject) Table(from).References.Add(target);
    }

    private void Visit(Expr node, HashSet<int> used)
    {
        switch (node)
        {
            case Variable { Symbol: { IsGlobal: false } symbol }:
                used.Add(symbol.Slot);
                if (symbol.Definition is { } definition && _seen.Add(symbol)) Visit(definition, used);
                break;
            case Member { Declared: not null } member:
                var record = member.Source.Type as RecordType ?? (RecordType)((ListType)member.Source.Type).Item;
                Touch(record, record.SlotOf(member.Name), used);
                break;
            // A function that looks members up by a name that is computed.
            case CallBuiltin { Function.Name: "get value" or "get entries" } call:
                foreach (var argument in call.Children)
                    if (RecordOf(argument.Type) is { } whole && _records.TryGetValue(whole, out var of)) Whole(of.Type);
                break;
        }
        foreach (var child in node.Children) Visit(child, used);
    }

    private static RecordType? RecordOf(FeelType type) => type as RecordType ?? (type as ListType)?.Item as RecordType;

    private void Touch(RecordType record, int slot, HashSet<int> used)
    {
        if (!_records.TryGetValue(record, out var found)) return;
        var (type, role) = found;
        if (role != RecordRole.Object)
        {
            var at = role == RecordRole.Line ? slot - 3 : slot;
            if (at >= 0) Table(type).YearFacts.Add(type.YearFacts[at]);
            return;
        }
        var table = Table(type);
        if (type.Facts.Find(f => f.Slot == slot) is { } fact) table.Facts.Add(fact);
        else if (type.References.Find(r => r.Slot == slot) is { } reference) Refer(type, reference.Target);
        else if (type.Lists.Find(l => l.Slot == slot) is { } list)
        {
            Table(list.Source);
            Refer(list.Source, type);
        }
        else if (record.Members[slot].Derivation is { } derivation && _seen.Add(record.Members[slot]))
            Visit(derivation, []);
    }
}
