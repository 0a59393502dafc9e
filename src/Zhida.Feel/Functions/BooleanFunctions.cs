using Zhida.Feel.Types;
using Zhida.Feel.Values;
using static Zhida.Feel.Functions.Declare;
using static Zhida.Feel.Types.FeelType;

namespace Zhida.Feel.Functions;

/// <summary>Boolean functions (DMN 1.5, 10.3.4.2), and all and any over lists (10.3.4.4).</summary>
internal static class BooleanFunctions
{
    public static IEnumerable<Builtin> All =>
    [
        Function("not", Form(FeelType.Boolean, [P("negand", Any)], (call, a) => a[0].Kind switch
        {
            ValueKind.Boolean => Value.Of(a[0].IsFalse),
            ValueKind.Null => a[0],
            var kind => call.Fail($"not 的参数应为是否值，实为{Formatting.KindName(kind)}"),
        })),
        new("all", ListOrItems(
            Any, Results.Always(FeelType.Boolean), (call, items) => Settle(call, items, false), true)),
        new("any", ListOrItems(
            Any, Results.Always(FeelType.Boolean), (call, items) => Settle(call, items, true), true)),
    ];

    /// <summary>Kleene's rule: one item that settles the matter settles it whatever the others are; without one an
    /// unknown item leaves it open, and one that is no truth value makes it fail.</summary>
    private static Value Settle(Call call, ReadOnlySpan<Value> items, bool settling)
    {
        var open = Value.Of(!settling);
        var failed = false;
        foreach (ref readonly var item in items)
        {
            if (item.Kind == ValueKind.Boolean && item.IsTrue == settling) return item;
            if (item.IsUnknown && !open.IsUnknown) open = item;
            failed |= item.Kind != ValueKind.Boolean && !item.IsUnknown;
        }
        return failed ? call.Fail("列表中有不是是否值的项") : open;
    }
}
