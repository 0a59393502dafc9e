using Zhida.Feel.Functions;
using Zhida.Feel.Types;

namespace Zhida.Feel.Binding;

/// <summary>
/// The names an expression sees, outermost first: built-ins, the caller's functions, globals, variables. In strict mode
/// a variable that is named like a built-in is an error (it must not shadow it silently). Not thread safe while built;
/// frozen by use.
/// </summary>
public sealed class Scope
{
    private readonly Scope? _parent;
    private readonly SlotCounter _slots;
    private readonly Dictionary<string, Symbol> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Builtin> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FeelType> _types = new(StringComparer.Ordinal);

    public Scope(bool strict) => (Strict, _slots) = (strict, new SlotCounter());

    public Scope(Scope parent)
    {
        _parent = parent;
        Strict = parent.Strict;
        _slots = parent._slots;
    }

    public bool Strict { get; }

    /// <summary>The first frame slot that nothing uses: the size of a frame for all that was bound so far. Shared by a
    /// scope and all scopes within it, and never reused: a definition evaluated while an iteration runs must not touch
    /// the iteration's slots.</summary>
    public int NextSlot => _slots.Next;

    /// <summary>Takes a slot that no name stands for.</summary>
    public int NewSlot() => _slots.Next++;

    public IEnumerable<Symbol> Symbols => _symbols.Values;

    public Scope? Parent => _parent;

    public IEnumerable<Builtin> Functions => _functions.Values;

    public IEnumerable<FeelType> Types => _types.Values;

    public IEnumerable<string> TypeNames => _types.Keys;

    /// <summary>Adds a symbol; false if this very scope has the name already.</summary>
    public bool Add(Symbol symbol)
    {
        if (!symbol.IsGlobal) _slots.Next = Math.Max(_slots.Next, symbol.Slot + 1);
        return _symbols.TryAdd(Name.Normalise(symbol.Name), symbol);
    }

    /// <summary>Adds a variable in the next free slot of the frame.</summary>
    public Symbol Declare(string name, FeelType type)
    {
        var symbol = new Symbol(name, type, NextSlot);
        if (!Add(symbol)) throw new InvalidOperationException($"{name} is declared twice");
        return symbol;
    }

    /// <summary>Adds a function of the caller's own (LPR, 工作日 …).</summary>
    public bool Add(Builtin function) => _functions.TryAdd(Name.Normalise(function.Name), function);

    /// <summary>Adds a type by name (an item definition of a DMN model), for <c>instance of</c> and formal
    /// parameters.</summary>
    public bool AddType(string name, FeelType type) => _types.TryAdd(Name.Normalise(name), type);

    public FeelType? FindType(string name)
    {
        for (var scope = this; scope is not null; scope = scope._parent)
            if (scope._types.TryGetValue(name, out var type)) return type;
        return null;
    }

    /// <summary>The symbol of this very scope, or null.</summary>
    public Symbol? FindOwn(string name) => _symbols.GetValueOrDefault(name);

    public Symbol? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope._parent)
            if (scope._symbols.TryGetValue(name, out var symbol)) return symbol;
        return null;
    }

    public Builtin? FindFunction(string name)
    {
        for (var scope = this; scope is not null; scope = scope._parent)
            if (scope._functions.TryGetValue(name, out var function)) return function;
        return Builtins.Find(name);
    }
}

/// <summary>Slots given out so far.</summary>
internal sealed class SlotCounter
{
    public int Next { get; set; }
}

/// <summary>FEEL names may hold spaces and signs; white space within a name counts as one space (DMN 1.5,
/// 10.3.1.4).</summary>
public static class Name
{
    public static string Normalise(string name) =>
        string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
