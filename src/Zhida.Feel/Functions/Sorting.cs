using Zhida.Feel.Values;

namespace Zhida.Feel.Functions;

/// <summary>Sorts a list by a FEEL function, stably; one that contradicts itself gives some order, never an error of
/// the machine.</summary>
internal static class Sorting
{
    /// <summary><c>sort(list, precedes)</c>; without a function the natural order of the items.</summary>
    public static Value Sort(Call call, ReadOnlySpan<Value> a)
    {
        var precedes = a[1].IsUnset ? null : a[1].Function;
        if (precedes is not null && precedes.ParameterNames.Count != 2)
            return call.Fail("sort：比较函数应有两个参数");
        var items = (Value[])a[0].Items.Clone();
        var failure = Merge(call, precedes, items, new Value[items.Length]);
        return failure.IsUnset ? Value.OfList(items) : failure;
    }

    /// <summary>Sorts in place. The result is unset, or what made the sorting give up.</summary>
    private static Value Merge(Call call, FeelFunction? precedes, Span<Value> items, Span<Value> room)
    {
        if (items.Length < 2) return default;
        var middle = items.Length / 2;
        var failure = Merge(call, precedes, items[..middle], room);
        if (failure.IsUnset) failure = Merge(call, precedes, items[middle..], room);
        if (!failure.IsUnset) return failure;
        items.CopyTo(room);
        var (left, right) = (0, middle);
        for (var i = 0; i < items.Length; i++)
        {
            var fromRight = left == middle;
            if (!fromRight && right < items.Length)
            {
                var before = Precedes(call, precedes, room[right], room[left]);
                if (before.Kind != ValueKind.Boolean) return before;
                fromRight = before.IsTrue;
            }
            items[i] = fromRight ? room[right++] : room[left++];
        }
        return default;
    }

    /// <summary>Whether a comes before b, or a failure.</summary>
    private static Value Precedes(Call call, FeelFunction? precedes, in Value a, in Value b)
    {
        if (precedes is null)
            return Operations.TryCompare(a, b, out var order) ? Value.Of(order < 0) : call.Fail("列表中的项不能比较先后");
        var result = precedes.Invoke(call, [a, b]);
        return result.Kind is ValueKind.Boolean or ValueKind.Unknown ? result : call.Fail("比较函数的结果应为是否值");
    }
}
