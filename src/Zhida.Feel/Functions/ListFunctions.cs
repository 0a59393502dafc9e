using Zhida.Feel.Types;
using Zhida.Feel.Values;
using static Zhida.Feel.Functions.Declare;
using static Zhida.Feel.Types.FeelType;

namespace Zhida.Feel.Functions;

/// <summary>List functions (DMN 1.5, 10.3.4.4). Positions count from 1, negative ones from the end; a fraction of a
/// position is cut off.</summary>
internal static class ListFunctions
{
    /// <summary>Lists stay below this many items.</summary>
    private const int MaxItems = 1_000_000;

    private const int MaxDepth = 100;

    private static readonly Parameter TheList = P("list", AnyList);
    private static readonly Parameter Position = P("position", PureNumber);

    public static IEnumerable<Builtin> All =>
    [
        Function("list contains", new Form([TheList, P("element", Any)], Results.Always(FeelType.Boolean),
            (_, a) => a[0].IsUnknown ? a[0] : Contains(a[0].Items, a[1]), TakesUnknown: true)),
        Function("count", new Form([TheList], Results.Always(PureNumber),
            (_, a) => a[0].IsUnknown ? a[0] : Value.Of(a[0].Items.Length), TakesUnknown: true)),
        Function("sublist", Form(Results.ListOfFirst,
            [TheList, P("start position", PureNumber), Opt("length", PureNumber)], Sublist)),
        Function("append", new Form([TheList, P("item", Any)], Results.ListOfCommon,
            (call, a) => Join(call, [a[0], Value.OfList(a[1..].ToArray())]), Variadic: true)),
        Function("concatenate", new Form([TheList], Results.ListOfCommon, Join, Variadic: true)),
        Function("insert before", Form(Results.ListOfFirst, [TheList, Position, P("newItem", Any)], InsertBefore)),
        Function("remove", Form(Results.ListOfFirst, [TheList, Position], (call, a) =>
            IndexAt(a[0].Items, a[1]) is >= 0 and var at
                ? Value.OfList([.. a[0].Items[..at], .. a[0].Items[(at + 1)..]])
                : OutOfList(call, a[1]))),
        Function("list replace",
            Form(Results.ListOfFirst, [TheList, Position, P("newItem", Any)], ReplaceAt),
            Form(Results.ListOfFirst, [TheList, P("match", AnyFunction), P("newItem", Any)], ReplaceWhere)),
        Function("reverse", Form(Results.ListOfFirst, [TheList], (_, a) =>
        {
            var items = (Value[])a[0].Items.Clone();
            Array.Reverse(items);
            return Value.OfList(items);
        })),
        Function("index of", Form(new ListType(PureNumber), [TheList, P("match", Any)], IndexOf)),
        Function("union", new Form([TheList], Results.ListOfCommon,
            (call, a) => Join(call, a) is { Kind: ValueKind.List } all ? Distinct(call, all.Items) : Value.Null,
            Variadic: true)),
        Function("distinct values", Form(Results.ListOfFirst, [TheList], (call, a) => Distinct(call, a[0].Items))),
        Function("flatten", Form(AnyList, [TheList], (call, a) =>
        {
            var flat = new List<Value>();
            return Flatten(a[0].Items, flat, 0) ? Value.OfList([.. flat]) : call.Fail("列表太深或太长");
        })),
        Function("sort", Form(Results.ListOfFirst, [TheList, Opt("precedes", AnyFunction)], Sorting.Sort)),
    ];

    /// <summary>The index of a position; −1 where the list has none.</summary>
    private static int IndexAt(Value[] items, in Value position)
    {
        var at = decimal.Truncate(position.Number);
        if (at == 0 || Math.Abs(at) > items.Length) return -1;
        return (int)(at > 0 ? at - 1 : items.Length + at);
    }

    private static Value OutOfList(Call call, in Value position) =>
        call.Fail($"位置{Formatting.Number(position.Number)}不在列表之内");

    /// <summary>True if an item equals the element; unknown if one that is unknown might.</summary>
    private static Value Contains(Value[] items, in Value element)
    {
        var result = Value.False;
        foreach (ref readonly var item in items.AsSpan())
        {
            var equal = Operations.Equal(item, element);
            if (equal.IsTrue) return equal;
            if (equal.IsUnknown) result = equal;
        }
        return result;
    }

    private static Value Sublist(Call call, ReadOnlySpan<Value> a)
    {
        var items = a[0].Items;
        var from = IndexAt(items, a[1]);
        if (from < 0) return OutOfList(call, a[1]);
        var length = a[2].IsUnset ? items.Length - from : decimal.Truncate(a[2].Number);
        if (length < 0 || length > items.Length - from) return call.Fail("子列表的长度超出列表");
        return Value.OfList(items[from..(from + (int)length)]);
    }

    private static Value Join(Call call, ReadOnlySpan<Value> lists)
    {
        long size = 0;
        foreach (ref readonly var list in lists) size += list.Items.Length;
        if (size > MaxItems) return call.Fail($"列表超过{MaxItems}项");
        call.Frame.Evaluation.Steps += (int)(size / 64);
        var all = new Value[size];
        var at = 0;
        foreach (ref readonly var list in lists)
        {
            list.Items.CopyTo(all, at);
            at += list.Items.Length;
        }
        return Value.OfList(all);
    }

    private static Value InsertBefore(Call call, ReadOnlySpan<Value> a)
    {
        var items = a[0].Items;
        // One position more than the list has: the item goes to the end.
        var at = a[1].Number == items.Length + 1 ? items.Length : IndexAt(items, a[1]);
        return at < 0 ? OutOfList(call, a[1]) : Value.OfList([.. items[..at], a[2], .. items[at..]]);
    }

    private static Value ReplaceAt(Call call, ReadOnlySpan<Value> a)
    {
        var at = IndexAt(a[0].Items, a[1]);
        if (at < 0) return OutOfList(call, a[1]);
        var items = (Value[])a[0].Items.Clone();
        items[at] = a[2];
        return Value.OfList(items);
    }

    private static Value ReplaceWhere(Call call, ReadOnlySpan<Value> a)
    {
        var match = a[1].Function;
        if (match.ParameterNames.Count != 2) return call.Fail("list replace：match 应有两个参数（item, newItem）");
        var items = (Value[])a[0].Items.Clone();
        for (var i = 0; i < items.Length; i++)
        {
            var matches = match.Invoke(call, [items[i], a[2]]);
            if (matches.IsUnknown) return matches;
            if (matches.Kind != ValueKind.Boolean) return call.Fail("list replace：match 的结果应为是否值");
            if (matches.IsTrue) items[i] = a[2];
        }
        return Value.OfList(items);
    }

    private static Value IndexOf(Call call, ReadOnlySpan<Value> a)
    {
        var found = new List<Value>();
        for (var i = 0; i < a[0].Items.Length; i++)
            if (Operations.Equal(a[0].Items[i], a[1]).IsTrue) found.Add(Value.Of(i + 1));
        return Value.OfList([.. found]);
    }

    private static Value Distinct(Call call, Value[] items)
    {
        var distinct = new List<Value>();
        foreach (ref readonly var item in items.AsSpan())
        {
            // Pairs are compared one by one: each row of comparisons counts as steps.
            call.Frame.Evaluation.Steps += distinct.Count / 16;
            if (!call.Frame.Evaluation.Step()) return call.Fail("计算步数超过上限");
            if (!distinct.Exists(Same(item))) distinct.Add(item);
        }
        return Value.OfList([.. distinct]);
    }

    private static Predicate<Value> Same(Value item) => other => Operations.Equal(other, item).IsTrue;

    private static bool Flatten(Value[] items, List<Value> flat, int depth)
    {
        if (depth > MaxDepth) return false;
        foreach (ref readonly var item in items.AsSpan())
        {
            if (item.Kind == ValueKind.List)
            {
                if (!Flatten(item.Items, flat, depth + 1)) return false;
            }
            else
            {
                flat.Add(item);
            }
            if (flat.Count > MaxItems) return false;
        }
        return true;
    }
}
