using System.Collections.Immutable;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Dmn;

/// <summary>
/// A type of a model: what the binder knows of it (<paramref name="Static"/>), and what a value must pass to be of it.
/// Collections and structures are looked into part by part.
/// </summary>
/// <param name="Item">Of a collection: the type of its items.</param>
/// <param name="Components">Of a structure.</param>
internal sealed record DmnType(FeelType Static, DmnType? Item, ImmutableArray<(string Name, DmnType Type)> Components)
{
    private const int MaxDepth = 60;

    public static readonly DmnType Any = new(FeelType.Any, null, default);

    /// <summary>Tests of a value that stands in slot 0: the allowed values (of a collection: of each item), or the
    /// constraint of the whole. Null: none.</summary>
    public (Expr Test, int FrameSize)? Allowed { get; init; }

    public (Expr Test, int FrameSize)? Constraint { get; init; }

    /// <summary>The value as one of this type, with the implicit conversions of DMN 1.5, 10.3.2.9.4; null stays null.
    /// False where it can't be.</summary>
    public bool TryConvert(in Value value, Evaluation evaluation, out Value converted) =>
        TryConvert(value, evaluation, 0, out converted);

    private bool TryConvert(in Value value, Evaluation evaluation, int depth, out Value converted)
    {
        converted = value;
        if (value.IsNull || value.IsUnset) return true;
        if (depth > MaxDepth) return false;
        var fits = Item is not null ? TryConvertItems(value, evaluation, depth, out converted)
            : Components.IsDefault ? Conformance.TryConvert(value, Static, out converted)
            : TryConvertComponents(value, evaluation, depth, out converted);
        return fits && Passes(Allowed, converted, evaluation) && Passes(Constraint, converted, evaluation);
    }

    private bool TryConvertItems(in Value value, Evaluation evaluation, int depth, out Value converted)
    {
        converted = value;
        var items = value.Kind == ValueKind.List ? value.Items : [value];
        var result = new Value[items.Length];
        for (var i = 0; i < items.Length; i++)
            if (!Item!.TryConvert(items[i], evaluation, depth + 1, out result[i])) return false;
        converted = Value.OfList(result);
        return true;
    }

    private bool TryConvertComponents(in Value value, Evaluation evaluation, int depth, out Value converted)
    {
        converted = value.Kind == ValueKind.List && value.Items.Length == 1 ? value.Items[0] : value;
        if (converted.Kind != ValueKind.Context) return false;
        var context = converted.Context;
        var values = new Value[context.Names.Count];
        for (var i = 0; i < values.Length; i++) context.TryGet(context.Names[i], out values[i]);
        foreach (var (name, type) in Components)
        {
            var at = IndexOf(context.Names, name);
            if (at >= 0 && !type.TryConvert(values[at], evaluation, depth + 1, out values[at])) return false;
        }
        converted = Value.Of(new DynamicContext(context.Names, values));
        return true;
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
            if (names[i] == name) return i;
        return -1;
    }

    private static bool Passes((Expr Test, int FrameSize)? test, in Value value, Evaluation evaluation)
    {
        if (test is not { } t) return true;
        var frame = new Frame(t.FrameSize, evaluation);
        frame[0] = value;
        return t.Test.Evaluate(frame).IsTrue;
    }
}
