using System.Runtime.CompilerServices;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>Why an expression is unknown.</summary>
public static class UnknownLeaves
{
    /// <summary>The causes that can still change the value of <paramref name="expression"/>: none where it is known.
    /// Distinct, in the order of the text.</summary>
    public static IReadOnlyList<Cause> Of(Expr expression, Frame frame)
    {
        var causes = new CauseSet();
        causes.AddUnknown(expression, frame);
        return causes.Items;
    }
}

/// <summary>Causes met so far, each once.</summary>
internal sealed class CauseSet
{
    /// <summary>How deep a list may hold lists for their causes to be looked for.</summary>
    private const int MaxDepth = 100;

    private readonly List<Cause> _items = [];
    private HashSet<Binding.Symbol>? _explained;

    public IReadOnlyList<Cause> Items => _items;

    public int Count => _items.Count;

    public void Add(in Value value) => Add(value, 0);

    private void Add(in Value value, int depth)
    {
        if (value.IsUnknown && !_items.Contains(value.Cause)) _items.Add(value.Cause);
        else if (value.Kind == ValueKind.List && depth < MaxDepth)
            foreach (var item in value.Items) Add(item, depth + 1);
    }

    /// <summary>Whether a definition comes for the first time: definitions use each other many times over, and what one
    /// hangs on need only be found once.</summary>
    public bool Enter(Binding.Symbol symbol) => (_explained ??= []).Add(symbol);

    /// <summary>Adds what <paramref name="expression"/> hangs on, if it is unknown or a list with unknown
    /// items.</summary>
    public void AddUnknown(Expr expression, Frame frame)
    {
        if (!frame.Evaluation.Step() || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) return;
        var value = expression.Evaluate(frame);
        if (value.IsUnknown) expression.Explain(frame, this);
        else if (value.Kind == ValueKind.List) AddItems(expression, value, frame);
    }

    private void AddItems(Expr expression, in Value list, Frame frame)
    {
        foreach (var item in list.Items)
            if (item.IsUnknown)
            {
                expression.Explain(frame, this);
                return;
            }
    }
}
