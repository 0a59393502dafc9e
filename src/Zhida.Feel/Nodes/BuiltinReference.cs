using Zhida.Feel.Functions;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>A built-in taken by its name as a value: <c>sort(list, before)</c>.</summary>
public sealed class BuiltinReference : Expr
{
    private readonly Value _value;

    public BuiltinReference(Span span, Builtin function) : base(span, new FunctionType(default, FeelType.Any))
    {
        Function = function;
        _value = Value.Of(new Reference(function));
    }

    public Builtin Function { get; }

    public override IReadOnlyList<Expr> Children => [];

    public override Value Evaluate(Frame frame) => _value;

    private sealed class Reference(Builtin function) : FeelFunction
    {
        public override IReadOnlyList<string> ParameterNames { get; } =
            [.. function.Forms[0].Parameters.Select(p => p.Name)];

        public override Value Invoke(Call call, ReadOnlySpan<Value> arguments) =>
            Invocation.Invoke(function, call, arguments);
    }
}
