using System.Collections.Immutable;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Functions;

/// <summary>Small words to declare functions with, so that a function reads as its line in the standard.</summary>
internal static class Declare
{
    public static readonly FeelType AnyList = new ListType(FeelType.Any);
    public static readonly FeelType Numbers = new ListType(FeelType.Number);
    public static readonly FeelType Texts = new ListType(FeelType.Text);
    public static readonly FeelType AnyRange = new RangeType(FeelType.Any);
    public static readonly FeelType AnyContext = new ContextType([]);
    public static readonly FeelType AnyFunction = new FunctionType(default, FeelType.Any);

    public static Builtin Function(string name, params ImmutableArray<Form> forms) => new(name, forms);

    public static Parameter P(string name, FeelType type) => new(name, type);

    /// <summary>An optional parameter.</summary>
    public static Parameter Opt(string name, FeelType type) => new(name, type, Optional: true);

    public static Form Form(FeelType result, ImmutableArray<Parameter> parameters, Implementation run) =>
        new(parameters, _ => result, run);

    public static Form Form(
        Func<IReadOnlyList<FeelType>, TypeResult> result, ImmutableArray<Parameter> parameters, Implementation run) =>
        new(parameters, result, run);

    /// <summary>The work of a function over a list that may also come as single arguments.</summary>
    public delegate Value ListWork(Call call, ReadOnlySpan<Value> items);

    /// <summary>The two forms of such a function: one list named <c>list</c>, or any number of items.</summary>
    public static ImmutableArray<Form> ListOrItems(
        FeelType item, Func<IReadOnlyList<FeelType>, TypeResult> result, ListWork work, bool takesUnknown = false) =>
    [
        new([P("list", new ListType(item))], result,
            (call, a) => a[0].IsUnknown ? a[0] : work(call, a[0].Items), TakesUnknown: takesUnknown),
        new([P("item", item)], result, (call, a) => work(call, a), Variadic: true, TakesUnknown: takesUnknown),
    ];

    /// <summary>The text of an argument, or null where it is absent.</summary>
    public static string? TextOrNull(in Value argument) => argument.Kind == ValueKind.String ? argument.Text : null;
}

/// <summary>Static results that follow the arguments' types.</summary>
internal static class Results
{
    public static Func<IReadOnlyList<FeelType>, TypeResult> Always(FeelType type) => _ => type;

    /// <summary>The one type of all arguments and of the items of lists among them; what is not known counts as
    /// fitting.
    /// Numbers of different units, and values of different kinds, are an error.</summary>
    public static TypeResult Common(IReadOnlyList<FeelType> arguments)
    {
        FeelType? common = null;
        foreach (var argument in arguments)
        {
            var type = ItemOf(argument);
            if (type is NullType or AnyType) continue;
            if (type is NumberType { Unit: var unit }) type = new NumberType(unit);
            if (type is StringType) type = FeelType.Text;
            if (common is NumberType { Unit: { } a } && type is NumberType { Unit: { } b } && !a.Equals(b))
                return new TypeResult(FeelType.Any, $"各参数的单位不同：{a}与{b}", "改为同一单位再计算");
            // A number whose unit is not checked leaves the whole unchecked.
            if (common is NumberType && type is NumberType { Unit: null }) common = type;
            if (common is NumberType { Unit: null } && type is NumberType) continue;
            if (common is not null && common != type)
                return new TypeResult(FeelType.Any, $"各参数不是同一种值：{common}与{type}", "改为同一种值");
            common = type;
        }
        return common ?? FeelType.Any;
    }

    /// <summary>The type of the first argument (or of its items): the rest are positions and scales.</summary>
    public static TypeResult OfFirst(IReadOnlyList<FeelType> arguments) => Common([arguments[0]]);

    /// <summary>A list like the first argument.</summary>
    public static TypeResult ListOfFirst(IReadOnlyList<FeelType> arguments) => new ListType(ItemOf(arguments[0]));

    /// <summary>A list of what all arguments, or the items of lists among them, have in common.</summary>
    public static TypeResult ListOfCommon(IReadOnlyList<FeelType> arguments)
    {
        var item = Common(arguments);
        return item.Error is null ? new ListType(item.Type) : item;
    }

    /// <summary>A pure number of pure numbers: what their units would multiply to is not known before.</summary>
    public static TypeResult Pure(IReadOnlyList<FeelType> arguments)
    {
        var common = Common(arguments);
        if (common.Error is not null) return common;
        if (common.Type is not NumberType { Unit: { IsNone: false } unit }) return FeelType.PureNumber;
        return new TypeResult(FeelType.Any, $"只能用于没有单位的数，这里是{unit}", "先除以同一单位，化为无单位的数");
    }

    /// <summary>The second root of the first argument's unit.</summary>
    public static TypeResult Root(IReadOnlyList<FeelType> arguments)
    {
        if (ItemOf(arguments[0]) is not NumberType { Unit: { } unit }) return FeelType.Number;
        if (unit.IsNone) return FeelType.PureNumber;
        return new TypeResult(FeelType.Any, $"不能对带单位（{unit}）的数开平方", "先除以同一单位，化为无单位的数");
    }

    private static FeelType ItemOf(FeelType type) => type is ListType list ? list.Item : type;
}
