using System.Runtime.CompilerServices;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>
/// The variables of one evaluation: an array of slots laid out by the binder, and what all frames of an evaluation
/// share (globals, mode, budget, failures). Used by one thread at a time.
/// </summary>
public sealed class Frame
{
    private readonly Value[] _slots;

    public Frame(int size, Evaluation evaluation)
    {
        _slots = new Value[size];
        Evaluation = evaluation;
    }

    private Frame(Value[] slots, Evaluation evaluation) => (_slots, Evaluation) = (slots, evaluation);

    public Evaluation Evaluation { get; }

    public ref Value this[int slot] => ref _slots[slot];

    public int Size => _slots.Length;

    /// <summary>Forgets every slot, to be used again.</summary>
    public void Clear() => Array.Clear(_slots);

    /// <summary>A frame of its own with the same slots (for closures).</summary>
    public Frame Copy(int size)
    {
        var slots = new Value[Math.Max(size, _slots.Length)];
        _slots.CopyTo(slots, 0);
        return new Frame(slots, Evaluation);
    }

    /// <summary>A frame in which slot 0 is <paramref name="record"/>.</summary>
    public Frame ForRecord(Record record, int size)
    {
        var frame = new Frame(Math.Max(1, size), Evaluation);
        frame[0] = Value.Of(record);
        return frame;
    }

    /// <summary>A failed operation: null in the standard's mode, unknown with its reason in strict mode.</summary>
    public Value Fail(Span span, string reason) => Evaluation.Fail(span, reason);
}

/// <summary>What the frames of one evaluation share.</summary>
public sealed class Evaluation(bool strict, Value[] globals)
{
    /// <summary>Steps that one evaluation may take (an iteration, a call) before it gives up.</summary>
    public const int MaxSteps = 10_000_000;

    /// <summary>Calls within calls, before it gives up.</summary>
    public const int MaxDepth = 200;

    /// <summary>Failures that are kept: a loop may fail a million times.</summary>
    private const int MaxFailures = 1000;

    private List<Diagnostic>? _failures;
    private DateTimeOffset? _now;

    public bool Strict { get; } = strict;

    /// <summary>Values that every expression sees (判定日, today's date …), laid out by the root scope.</summary>
    public Value[] Globals { get; } = globals;

    /// <summary>The moment of the evaluation, for now() and today(): the caller's, or the system's when first asked
    /// for; it stands still while the evaluation runs.</summary>
    public DateTimeOffset Now
    {
        get => _now ??= TimeProvider.System.GetLocalNow();
        init => _now = value;
    }

    public IReadOnlyList<Diagnostic> Failures => _failures ?? (IReadOnlyList<Diagnostic>)[];

    /// <summary>Bounds of definitions found while one expression is bounded: they use each other many times over.
    /// </summary>
    internal Dictionary<Binding.Symbol, Interval> Bounds => field ??= [];

    public int Steps { get; set; }

    public int Depth { get; set; }

    /// <summary>Counts a step. False: the budget is used up, the caller gives up with <see cref="Fail"/>.</summary>
    public bool Step() => ++Steps <= MaxSteps;

    /// <summary>Goes one call deeper. False: too deep; the caller gives up with <see cref="Fail"/> and does not
    /// <see cref="Leave"/>.</summary>
    public bool Enter()
    {
        if (Depth >= MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) return false;
        Depth++;
        return true;
    }

    public void Leave() => Depth--;

    /// <summary>Forgets failures and steps, to be used for the next subject; globals stay.</summary>
    public void Reset()
    {
        _failures?.Clear();
        (Steps, Depth) = (0, 0);
    }

    public Value Fail(Span span, string reason)
    {
        _failures ??= [];
        if (_failures.Count < MaxFailures) _failures.Add(new Diagnostic("feel.evaluation", span, reason));
        return Strict ? Value.Unknown(new FailedCause(span, reason)) : Value.Null;
    }
}
