using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>Which readings the parts of an item hang on, through definitions and tables: so that another reading is
/// only tried where it can matter.</summary>
internal sealed class ReadingUse
{
    private const ulong RowBit = 1UL << 63;

    private readonly Item _item;
    private readonly ulong[] _conditions;
    private readonly ulong _period;

    public ReadingUse(Item item)
    {
        _item = item;
        _conditions = [.. item.Conditions.Select(c => Mask(c.Expression, []))];
        _period = Mask(item.EventDate, []) | (item.Accrual is { } accrual ? Mask(accrual, []) : 0);
        if (item.Period.Reading is { } reading) _period |= BitOf(reading);
        var rest = _conditions.Aggregate(0UL, (all, mask) => all | mask);
        foreach (var root in item.Roots()) rest |= Mask(root, []);
        Row = (rest & RowBit) != 0;
    }

    /// <summary>Whether any expression reads 行.</summary>
    public bool Row { get; }

    /// <summary>Whether another option of a reading can change a line that failed, given which conditions failed: not
    /// if one of them hangs neither on the reading nor on a period that the reading changes.</summary>
    public bool CanRescue(Reading reading, Func<int, bool> failed)
    {
        var bit = BitOf(reading);
        var changed = bit | ((_period & bit) != 0 ? RowBit : 0);
        for (var i = 0; i < _conditions.Length; i++)
            if (failed(i) && (_conditions[i] & changed) == 0) return false;
        return true;
    }

    private static ulong BitOf(Reading reading) => 1UL << Math.Min(reading.Slot, 62);

    private ulong Mask(Expr node, HashSet<Symbol> seen)
    {
        var mask = 0UL;
        if (node is Member { Source: Variable { Symbol.Slot: var slot, Symbol.IsGlobal: false } } member)
        {
            if (slot == _item.Frame.ReadingsSlot && member.Source.Type is RecordType readings)
                mask |= 1UL << Math.Min(readings.SlotOf(member.Name), 62);
        }
        if (node is Variable { Symbol: { IsGlobal: false } symbol })
        {
            if (symbol.Slot == _item.Frame.LineSlot) mask |= RowBit;
            if (symbol.Definition is { } definition && seen.Add(symbol)) mask |= Mask(definition, seen);
            foreach (var reading in _item.Readings)
                if (reading.Unlisted?.Slot == symbol.Slot) mask |= BitOf(reading);
        }
        foreach (var child in node.Children) mask |= Mask(child, seen);
        return mask;
    }
}
