namespace Zhida.Feel.Values;

/// <summary>Equality and order of values (DMN 1.5, 10.3.2.13).</summary>
internal static class Comparison
{
    private const int MaxDepth = 200;

    /// <summary>How many parts one comparison looks at before it gives up with null: values can share parts, so that
    /// two small ones can have endless pairs.</summary>
    private const int MaxParts = 10_000_000;

    public static Value Equal(in Value a, in Value b)
    {
        if (a.Kind == ValueKind.Number && b.Kind == ValueKind.Number) return Value.Of(a.Number == b.Number);
        var parts = MaxParts;
        return Equal(a, b, 0, ref parts);
    }

    private static Value Equal(in Value a, in Value b, int depth, ref int parts)
    {
        if (a.IsUnknown) return a;
        if (b.IsUnknown) return b;
        if (a.IsNull || b.IsNull) return Value.Of(a.IsNull && b.IsNull);
        if (a.Kind != b.Kind || depth > MaxDepth || --parts < 0) return Value.Null;
        return a.Kind switch
        {
            ValueKind.Boolean => Value.Of(a.IsTrue == b.IsTrue),
            ValueKind.Number or ValueKind.DaysDuration => Value.Of(a.Number == b.Number),
            ValueKind.MonthsDuration => Value.Of(a.Months == b.Months),
            ValueKind.String => Value.Of(string.Equals(a.Text, b.Text, StringComparison.Ordinal)),
            ValueKind.Date => Value.Of(a.Days == b.Days),
            ValueKind.Time or ValueKind.DateTime => Value.Of(TryCompare(a, b, out var order) && order == 0),
            ValueKind.List => EqualLists(a.Items, b.Items, depth, ref parts),
            ValueKind.Context => EqualContexts(a.Context, b.Context, depth, ref parts),
            ValueKind.Range => EqualRanges(a.Range, b.Range, depth, ref parts),
            _ => Value.Of(ReferenceEquals(a.Function, b.Function)),
        };
    }

    private static Value EqualLists(Value[] a, Value[] b, int depth, ref int parts)
    {
        if (a.Length != b.Length) return Value.False;
        var result = Value.True;
        for (var i = 0; i < a.Length && !result.IsFalse; i++)
            result = And(result, Equal(a[i], b[i], depth + 1, ref parts));
        return result;
    }

    private static Value EqualContexts(FeelContext a, FeelContext b, int depth, ref int parts)
    {
        if (ReferenceEquals(a, b)) return Value.True;
        // Records are objects of the dictionary: the same one, or not.
        if (a is Record first && b is Record second)
            return Value.Of(ReferenceEquals(first.Type, second.Type) && first.Id == second.Id);
        if (a.Names.Count != b.Names.Count) return Value.False;
        var result = Value.True;
        foreach (var name in a.Names)
        {
            if (!a.TryGet(name, out var left) || !b.TryGet(name, out var right)) return Value.False;
            result = And(result, Equal(left, right, depth + 1, ref parts));
            if (result.IsFalse) break;
        }
        return result;
    }

    private static Value EqualRanges(FeelRange a, FeelRange b, int depth, ref int parts)
    {
        if (a.StartIncluded != b.StartIncluded || a.EndIncluded != b.EndIncluded) return Value.False;
        var result = Equal(a.Start, b.Start, depth + 1, ref parts);
        return result.IsFalse ? result : And(result, Equal(a.End, b.End, depth + 1, ref parts));
    }

    /// <summary>Parts that can't be compared are not equal; parts that are unknown leave the whole unknown unless
    /// another part differs.</summary>
    private static Value And(in Value soFar, in Value part) =>
        part.IsUnknown ? part : part.IsTrue ? soFar : Value.False;

    /// <summary>The order of two values of one ordered kind; false where they have none (other kinds, null, unknown,
    /// a local time against one with a zone).</summary>
    public static bool TryCompare(in Value a, in Value b, out int order)
    {
        order = 0;
        if (a.Kind != b.Kind) return false;
        switch (a.Kind)
        {
            case ValueKind.Number or ValueKind.DaysDuration: order = a.Number.CompareTo(b.Number); break;
            case ValueKind.MonthsDuration: order = a.Months.CompareTo(b.Months); break;
            case ValueKind.Date: order = a.Days.CompareTo(b.Days); break;
            case ValueKind.String: order = CompareText(a.Text, b.Text); break;
            case ValueKind.Time:
                order = Temporal.InstantOfTime(a).CompareTo(Temporal.InstantOfTime(b));
                return a.Zone is null == b.Zone is null;
            case ValueKind.DateTime:
                order = Temporal.Instant(a).CompareTo(Temporal.Instant(b));
                return a.Zone is null == b.Zone is null;
            default: return false;
        }
        return true;
    }

    /// <summary>Strings are ordered by code point: UTF-16 units with surrogates after all others.</summary>
    private static int CompareText(string a, string b)
    {
        var shared = a.AsSpan().CommonPrefixLength(b);
        if (shared == a.Length || shared == b.Length) return a.Length.CompareTo(b.Length);
        var (x, y) = (a[shared], b[shared]);
        if (char.IsSurrogate(x) != char.IsSurrogate(y)) return char.IsSurrogate(x) ? 1 : -1;
        return x.CompareTo(y);
    }
}
