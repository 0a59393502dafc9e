using Zhida.Feel.Nodes;
using Zhida.Feel.Types;

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
    public Expr? Definition { get; init; }

    /// <summary>A list that its text ends with 等: <c>x in name</c> is true for what is listed, and for what is not
    /// listed it is the value of this symbol (true, false, or unknown). Null for a closed list.</summary>
    public Symbol? Unlisted { get; init; }
}
