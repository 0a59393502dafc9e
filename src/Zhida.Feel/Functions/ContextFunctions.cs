using Zhida.Feel.Types;
using Zhida.Feel.Values;
using static Zhida.Feel.Functions.Declare;
using static Zhida.Feel.Types.FeelType;

namespace Zhida.Feel.Functions;

/// <summary>Context functions (DMN 1.5, 10.3.4.10).</summary>
internal static class ContextFunctions
{
    public static IEnumerable<Builtin> All =>
    [
        Function("get value",
            Form(Any, [P("m", AnyContext), P("key", Text)], (call, a) => Get(call, a[0], a[1].Text)),
            Form(Any, [P("m", AnyContext), P("keys", Texts)], (call, a) =>
            {
                var value = a[0];
                foreach (var key in a[1].Items)
                    if (value.Kind != ValueKind.Context) return call.Fail($"没有“{key.Text}”：路径的前一段不是上下文");
                    else value = Get(call, value, key.Text);
                return value;
            })),
        Function("get entries", Form(AnyList, [P("m", AnyContext)], (_, a) => GetEntries(a[0].Context))),
        Function("context", Form(AnyContext, [P("entries", new ListType(AnyContext))], Build)),
        Function("context put",
            Form(AnyContext, [P("context", AnyContext), P("key", Text), P("value", Any)],
                (call, a) => Put(call, a[0], [a[1]], 0, a[2])),
            Form(AnyContext, [P("context", AnyContext), P("keys", Texts), P("value", Any)], (call, a) =>
                a[1].Items.Length == 0 ? call.Fail("没有给出键") : Put(call, a[0], a[1].Items, 0, a[2]))),
        Function("context merge", Form(AnyContext, [P("contexts", new ListType(AnyContext))], (_, a) =>
        {
            var entries = new Entries();
            foreach (var context in a[0].Items) entries.AddAll(context.Context);
            return entries.ToContext();
        })),
    ];

    private static Value Get(Call call, in Value context, string key) =>
        context.Context.TryGet(key, out var value) ? value : call.Fail($"上下文中没有“{key}”");

    private static Value GetEntries(FeelContext context)
    {
        var entries = new List<Value>();
        foreach (var name in context.Names)
            if (context.TryGet(name, out var value))
                entries.Add(Value.Of(new DynamicContext(["key", "value"], [Value.Of(name), value])));
        return Value.OfList([.. entries]);
    }

    private static Value Build(Call call, ReadOnlySpan<Value> a)
    {
        var entries = new Entries();
        foreach (var item in a[0].Items)
        {
            if (!item.Context.TryGet("key", out var key) || key.Kind != ValueKind.String)
                return call.Fail("context：每一项都应有文本 key");
            if (!item.Context.TryGet("value", out var value)) return call.Fail($"context：“{key.Text}”没有 value");
            if (entries.Has(key.Text)) return call.Fail($"context：“{key.Text}”重复");
            entries.Set(key.Text, value);
        }
        return entries.ToContext();
    }

    /// <summary>A copy in which the entry at the path of keys is the value.</summary>
    private static Value Put(Call call, in Value context, ReadOnlySpan<Value> keys, int depth, in Value value)
    {
        if (context.Kind != ValueKind.Context || depth >= 100) return call.Fail("context put：路径经过的不是上下文");
        var entries = new Entries();
        entries.AddAll(context.Context);
        var key = keys[0].Text;
        var inner = value;
        if (keys.Length > 1)
        {
            if (!context.Context.TryGet(key, out var next)) return call.Fail($"上下文中没有“{key}”");
            inner = Put(call, next, keys[1..], depth + 1, value);
            if (inner.Kind != ValueKind.Context) return inner;
        }
        entries.Set(key, inner);
        return entries.ToContext();
    }

    /// <summary>A context in the making: entries in the order in which their names first came.</summary>
    private sealed class Entries
    {
        private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
        private readonly List<string> _names = [];
        private readonly List<Value> _values = [];

        public bool Has(string name) => _slots.ContainsKey(name);

        public void Set(string name, in Value value)
        {
            if (_slots.TryAdd(name, _names.Count))
            {
                _names.Add(name);
                _values.Add(value);
            }
            else
            {
                _values[_slots[name]] = value;
            }
        }

        public void AddAll(FeelContext context)
        {
            foreach (var name in context.Names)
                if (context.TryGet(name, out var value)) Set(name, value);
        }

        public Value ToContext() => Value.Of(new DynamicContext(_names, [.. _values]));
    }
}
