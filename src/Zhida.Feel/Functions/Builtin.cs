using System.Collections.Immutable;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Functions;

/// <summary>A formal parameter. <paramref name="Optional"/> ones come last.</summary>
public sealed record Parameter(string Name, FeelType Type, bool Optional = false);

/// <summary>What a call tells its function: where it stands, and the frame (to fail, to read globals).</summary>
public readonly ref struct Call(Frame frame, Span span)
{
    public Frame Frame { get; } = frame;

    public Span Span { get; } = span;

    public Value Fail(string reason) => Frame.Fail(Span, reason);
}

/// <summary>The work of a function. Missing optional arguments are <see cref="ValueKind.Unset"/>.</summary>
public delegate Value Implementation(Call call, ReadOnlySpan<Value> arguments);

/// <summary>One form of a function: parameters, result, work.</summary>
/// <param name="Parameters">In order; for a variadic form the last one takes all the rest. (What may also come as one
/// list, as <c>sum(1, 2)</c> and <c>sum([1, 2])</c>, has a form of its own for the list, before the variadic
/// one.)</param>
/// <param name="Result">The static result, from the static arguments: carries units through (<c>min</c> of 元 is 元).
/// An error there is reported at the call and makes the result Any.</param>
/// <param name="Run">What it does with values that fit the parameters; called through <see cref="Builtin"/>.</param>
/// <param name="Variadic">The last parameter repeats, at least once.</param>
/// <param name="TakesUnknown">False: in strict mode any unknown argument (or unknown item of a list argument) makes the
/// result unknown without a call. True: the function handles unknown itself (count, list contains, all, any,
/// is).</param>
public sealed record Form(
    ImmutableArray<Parameter> Parameters,
    Func<IReadOnlyList<FeelType>, TypeResult> Result,
    Implementation Run,
    bool Variadic = false,
    bool TakesUnknown = false)
{
    /// <summary>The least and the most of the result from those of the arguments (dates as days); null: the declared
    /// range of the result is all that is known.</summary>
    public Func<IReadOnlyList<Interval>, Interval>? Bounds { get; init; }

    public int Required { get; } = Parameters.Count(p => !p.Optional);

    /// <summary>Whether so many positional arguments can fit.</summary>
    public bool Accepts(int count) => count >= Required && (Variadic || count <= Parameters.Length);

    /// <summary>The position of a parameter by its name, or −1.</summary>
    public int PositionOf(string name)
    {
        for (var i = 0; i < Parameters.Length; i++)
            if (Parameters[i].Name == name) return i;
        return -1;
    }

    /// <summary>The parameter that takes the argument at a position.</summary>
    public Parameter ParameterAt(int position) => Parameters[Math.Min(position, Parameters.Length - 1)];
}

/// <summary>A static type, or what is wrong with the arguments (with its mend).</summary>
public readonly record struct TypeResult(FeelType Type, string? Error = null, string? Mend = null)
{
    public static implicit operator TypeResult(FeelType type) => new(type);
}

/// <summary>A function of the standard (DMN 1.5, 10.3.4) or of the caller. Forms are tried in order.</summary>
public sealed record Builtin(string Name, ImmutableArray<Form> Forms)
{
    /// <summary>Calls the first form whose parameters the arguments fit (with the implicit conversions of 10.3.2.9.4; a
    /// null for an optional parameter counts as absent). No form fits: a failure with the reason.</summary>
    public Value Invoke(Call call, ReadOnlySpan<Value> arguments) => Invocation.Invoke(this, call, arguments);

    /// <summary>The same with named arguments: the i-th argument is for the parameter names[i].</summary>
    public Value Invoke(Call call, IReadOnlyList<string> names, ReadOnlySpan<Value> arguments) =>
        Invocation.Invoke(this, call, names, arguments);
}
