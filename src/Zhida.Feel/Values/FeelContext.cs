using System.Diagnostics.CodeAnalysis;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;

namespace Zhida.Feel.Values;

/// <summary>A context: named values in a stated order. Immutable to expressions.</summary>
public abstract class FeelContext
{
    public abstract IReadOnlyList<string> Names { get; }

    public abstract bool TryGet(string name, [MaybeNullWhen(false)] out Value value);
}

/// <summary>A context made by an expression or read from a DMN model: names found by search.</summary>
public sealed class DynamicContext(IReadOnlyList<string> names, Value[] values) : FeelContext
{
    public override IReadOnlyList<string> Names { get; } = names;

    public override bool TryGet(string name, out Value value)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i] != name) continue;
            value = values[i];
            return true;
        }
        value = Value.Null;
        return false;
    }
}

/// <summary>An object of the data dictionary (a 贷款, a 项目): slots laid out by its <see cref="RecordType"/>, so that a
/// bound path is one array access. Derived members are computed on first use and kept; a record belongs to one
/// decision and one thread.</summary>
public sealed class Record(RecordType type, string id) : FeelContext
{
    private readonly Value[] _slots = new Value[type.Members.Count];

    public RecordType Type { get; } = type;

    /// <summary>The object's identifier in the facts (编号), unique within its type.</summary>
    public string Id { get; } = id;

    public override IReadOnlyList<string> Names => Type.MemberNames;

    /// <summary>The stored value; never computes.</summary>
    public Value this[int slot]
    {
        get => _slots[slot];
        set => _slots[slot] = value;
    }

    /// <summary>The value of a member; a derived one is computed in <paramref name="frame"/>'s environment on first
    /// use.</summary>
    public Value Get(int slot, Frame frame)
    {
        var stored = _slots[slot];
        if (!stored.IsUnset) return stored;
        var member = Type.Members[slot];
        if (member.Derivation is not { } derivation) return Value.Unknown(member.Missing);
        // A cycle among derivations is refused when the dictionary is loaded, so this recursion ends.
        var value = derivation.Evaluate(frame.ForRecord(this, member.FrameSize));
        _slots[slot] = value;
        return value;
    }

    public override bool TryGet(string name, out Value value)
    {
        var slot = Type.SlotOf(name);
        value = slot < 0 ? Value.Null : _slots[slot];
        return slot >= 0 && !value.IsUnset;
    }
}
