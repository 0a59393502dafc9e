using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Binding;

/// <summary>A name that an expression may use. Callers may derive from it to say what stands behind the name (a fact's
/// object, a parameter, a reading): backends look at the symbol of a variable node.</summary>
public class Symbol(string name, FeelType type, int slot, bool global = false)
{
    public string Name { get; } = name;

    public FeelType Type { get; } = type;

    /// <summary>Where the value stands: in the frame, or among the globals of the evaluation.</summary>
    public int Slot { get; } = slot;

    public bool IsGlobal { get; } = global;

    /// <summary>A named expression: computed in the same frame on first use and kept in its slot. Null: the caller
    /// stores the value before it evaluates.</summary>
    public Expr? Definition { get; private set; }

    /// <summary>Why the value is unknown in strict mode while the caller has stored none.</summary>
    public Cause Missing { get => field ??= new UnsetCause(Name); init; }

    /// <summary>A list that its text ends with 等: <c>x in name</c> is true for what is listed, and for what is not
    /// listed it is the value of this symbol (true, false, or unknown). Null for a closed list.</summary>
    public Symbol? Unlisted { get; init; }

    /// <summary>Called once, before anything is evaluated: expressions may refer to a symbol whose definition is not
    /// bound yet.</summary>
    public void Define(Expr definition)
    {
        if (Definition is not null) throw new InvalidOperationException($"{Name} is defined twice");
        Definition = definition;
    }
}

/// <summary>The reason of an unknown: nothing was stored for a name.</summary>
public sealed class UnsetCause(string name) : Cause
{
    public override string Describe() => $"缺少：{name}";
}
