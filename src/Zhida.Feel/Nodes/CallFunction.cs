using System.Runtime.CompilerServices;
using Zhida.Feel.Functions;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>f(a, b) for a function that is a value.</summary>
public sealed class CallFunction(
    Span span, FeelType type, Expr function, IReadOnlyList<Expr> arguments, IReadOnlyList<string>? names)
    : Expr(span, type)
{
    private readonly Expr[] _children = [function, .. arguments];

    public Expr Function { get; } = function;

    public IReadOnlyList<Expr> Arguments { get; } = arguments;

    /// <summary>The arguments' names where it is called by names.</summary>
    public IReadOnlyList<string>? Names { get; } = names;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) return frame.Fail(Span, "运算嵌套过深，已停止");
        var target = Function.Evaluate(frame);
        if (target.IsUnknown) return target;
        if (target.Kind != ValueKind.Function) return frame.Fail(Span, "这不是函数，不能调用");
        var arguments = new Value[Arguments.Count];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = Arguments[i].Evaluate(frame);
        if (Names is null) return target.Function.Invoke(new Call(frame, Span), arguments);
        var formal = target.Function.ParameterNames;
        var ordered = new Value[formal.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            var place = IndexOf(formal, Names[i]);
            if (place < 0) return frame.Fail(Span, $"函数没有名为“{Names[i]}”的参数");
            ordered[place] = arguments[i];
        }
        return target.Function.Invoke(new Call(frame, Span), ordered);
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
            if (names[i] == name) return i;
        return -1;
    }
}
