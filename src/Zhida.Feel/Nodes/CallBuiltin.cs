using System.Runtime.CompilerServices;
using Zhida.Feel.Functions;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>f(a, b) for a function of the standard or of the caller. Up to eight arguments stand on the
/// stack.</summary>
public sealed class CallBuiltin : Expr
{
    private const int OnStack = 8;
    private const int Few = 2;

    private readonly IReadOnlyList<string>? _names;
    private readonly Form? _form;

    /// <param name="span">Where it stands.</param>
    /// <param name="type">Its static type.</param>
    /// <param name="function">What is called.</param>
    /// <param name="arguments">In the order of the text.</param>
    /// <param name="names">The arguments' names where it is called by names, else null.</param>
    /// <param name="form">The form that the static types prove to fit as they are (strict mode), else null.</param>
    public CallBuiltin(
        Span span, FeelType type, Builtin function, IReadOnlyList<Expr> arguments, IReadOnlyList<string>? names,
        Form? form) : base(span, type)
    {
        (Function, Children, _names, _form) = (function, arguments, names, form);
    }

    [InlineArray(OnStack)]
    private struct Buffer
    {
        private Value _first;
    }

    /// <summary>Most calls have one or two arguments: less to clear.</summary>
    [InlineArray(Few)]
    private struct SmallBuffer
    {
        private Value _first;
    }

    public Builtin Function { get; }

    /// <summary>The arguments' names where they are given by name.</summary>
    public IReadOnlyList<string>? ArgumentNames => _names;

    /// <summary>The arguments.</summary>
    public override IReadOnlyList<Expr> Children { get; }

    public override Value Evaluate(Frame frame)
    {
        var size = _form is null ? Children.Count : Math.Max(Children.Count, _form.Parameters.Length);
        return size <= Few ? WithFew(frame, size) : WithMore(frame, size);
    }

    private Value WithFew(Frame frame, int size)
    {
        var buffer = new SmallBuffer();
        return Invoke(frame, ((Span<Value>)buffer)[..size]);
    }

    private Value WithMore(Frame frame, int size)
    {
        var buffer = new Buffer();
        return Invoke(frame, size <= OnStack ? ((Span<Value>)buffer)[..size] : new Value[size]);
    }

    private Value Invoke(Frame frame, Span<Value> values)
    {
        for (var i = 0; i < Children.Count; i++) values[i] = Children[i].Evaluate(frame);
        var call = new Call(frame, Span);
        if (_names is not null) return Invocation.Invoke(Function, call, _names, values);
        return _form is null ? Invocation.Invoke(Function, call, values) : Invocation.RunProven(_form, call, values);
    }

    private protected override Interval BoundUnknown(Frame frame)
    {
        var items = ItemBounds(frame);
        switch (Function.Name)
        {
            case "min" when items is not null: return Interval.Min(items);
            case "max" when items is not null: return Interval.Max(items);
            case "sum" when items is not null: return items.Aggregate(Interval.Point(0), (sum, i) => sum.Plus(i));
            case "floor" or "ceiling" or "decimal" or "round up" or "round down" or "round half up" or "round half down"
                when _names is null:
                return Rounded(frame);
            default:
                return _form?.Bounds is { } bounds
                    ? bounds([.. Children.Select(c => c.Bound(frame))]) : base.BoundUnknown(frame);
        }
    }

    /// <summary>The bounds of each single value that min, max or sum runs over; null where these are not known one by
    /// one.</summary>
    private IReadOnlyList<Interval>? ItemBounds(Frame frame) => Children switch
    {
        [For loop] => loop.ItemBounds(frame),
        [ListLiteral list] => [.. list.Children.Select(c => c.Bound(frame))],
        [{ Type: ListType }] => null,
        _ => [.. Children.Select(c => c.Bound(frame))],
    };

    /// <summary>Rounding never turns an order round, so the bounds themselves may be rounded.</summary>
    private Interval Rounded(Frame frame)
    {
        var value = Children[0].Bound(frame);
        var scale = Children.Count > 1 ? Children[1].Evaluate(frame) : Value.Of(0m);
        if (!scale.IsNumber) return Interval.Unbounded;
        var call = new Call(new Frame(0, new Evaluation(strict: false, [])), Span);
        return new Interval(Round(call, value.Lower, scale), Round(call, value.Upper, scale));
    }

    private decimal? Round(Call call, decimal? bound, in Value scale)
    {
        if (bound is not { } number) return null;
        var rounded = Invocation.Invoke(Function, call, [Value.Of(number), scale]);
        return rounded.IsNumber ? rounded.Number : null;
    }
}
