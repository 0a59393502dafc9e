using Zhida.Feel.Binding;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Policy.Program;

/// <summary>The words of the official text that a rule rests on: where they stand in it (UTF-16 offsets), and the
/// figure among them that fixes the value, if one does.</summary>
public sealed record Basis(string Quote, int Start, int Length, string? Figure, int FigureStart, Location Location)
{
    /// <summary>The layer whose own document is the basis; null: the official text.</summary>
    public string? Layer { get; init; }
}

/// <summary>One value of a parameter and the days on which it is in force. <paramref name="From"/> null: from the issue
/// date. An open place has an unknown <paramref name="Value"/> whose cause is an <see cref="OpenPlace"/>.</summary>
public sealed record DatedValue(
    Value Value, string Text, DateOnly? From, DateOnly? To, Basis? Basis, string? Layer, Location Location);

/// <summary>A named, dated value of an item (参数). <paramref name="Symbol"/> is what expressions refer to; the decider
/// stores the value in force on the 事项发生日 in its slot.</summary>
public sealed record Parameter(string Name, FeelType Type, Symbol Symbol, IReadOnlyList<DatedValue> Values)
{
    /// <summary>The value in force on a day; before the first, the first. A day that is not known picks the only value,
    /// or none (null) where there are several.</summary>
    public DatedValue? On(DateOnly? day)
    {
        if (Values.Count == 1) return Values[0];
        if (day is not { } known) return null;
        var found = Values[0];
        foreach (var value in Values)
            if (value.From is { } from && from <= known) found = value;
        return found;
    }
}

/// <summary>A parameter as a name in expressions.</summary>
public sealed class ParameterSymbol(string name, FeelType type, int slot) : Symbol(name, type, slot)
{
    public Parameter Parameter { get; internal set; } = null!;
}
