using Zhida.Feel.Nodes;
using Zhida.Feel.Values;

namespace Zhida.Feel.Types;

/// <summary>A member of a <see cref="RecordType"/>: stored, or derived by an expression over the record
/// itself.</summary>
public sealed class RecordMember(string name, FeelType type, Cause missing)
{
    public string Name { get; } = name;

    public FeelType Type { get; } = type;

    /// <summary>What to say when the member is absent.</summary>
    public Cause Missing { get; } = missing;

    /// <summary>How the member is computed (slot 0 of its frame is the record); null where it is stored.</summary>
    public Expr? Derivation { get; private set; }

    public int FrameSize { get; private set; }

    /// <summary>Called once while the dictionary is loaded, before anything is evaluated.</summary>
    public void Derive(Expr derivation, int frameSize)
    {
        if (Derivation is not null) throw new InvalidOperationException($"{Name} is derived twice");
        (Derivation, FrameSize) = (derivation, frameSize);
    }
}

/// <summary>The layout of an object of the data dictionary. Built once, then frozen; compared by identity.</summary>
public sealed record RecordType : FeelType
{
    private readonly List<RecordMember> _members = [];
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public RecordType(string name) => Name = name;

    public override string Name { get; }

    public IReadOnlyList<RecordMember> Members => _members;

    public IReadOnlyList<string> MemberNames => _names;

    /// <summary>The slot of a member, or −1.</summary>
    public int SlotOf(string member) => _slots.GetValueOrDefault(member, -1);

    /// <summary>Adds a member and returns its slot. A name that is there already is a bug: the dictionary reader
    /// reports duplicates before it comes here.</summary>
    public int Add(RecordMember member)
    {
        _slots.Add(member.Name, _members.Count);
        _names.Add(member.Name);
        _members.Add(member);
        return _members.Count - 1;
    }

    public bool Equals(RecordType? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
