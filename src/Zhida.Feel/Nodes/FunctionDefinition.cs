using Zhida.Feel.Functions;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>function(a, b) body: a closure over the frame it was made in.</summary>
public sealed class FunctionDefinition(
    Span span, FeelType type, IReadOnlyList<(string Name, FeelType? Type)> parameters, IReadOnlyList<int> slots,
    Expr body)
    : Expr(span, type)
{
    private readonly Expr[] _children = [body];

    public IReadOnlyList<(string Name, FeelType? Type)> Parameters { get; } = parameters;

    public IReadOnlyList<int> Slots { get; } = slots;

    public Expr Body { get; } = body;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame) => Value.Of(new Closure(this, frame.Copy(frame.Size)));

    private sealed class Closure(FunctionDefinition definition, Frame captured) : FeelFunction
    {
        public override IReadOnlyList<string> ParameterNames { get; } =
            [.. definition.Parameters.Select(p => p.Name)];

        public override Value Invoke(Call call, ReadOnlySpan<Value> arguments)
        {
            var evaluation = call.Frame.Evaluation;
            if (arguments.Length != definition.Parameters.Count)
                return call.Fail($"函数要{definition.Parameters.Count}个参数，给了{arguments.Length}个");
            evaluation.Steps += captured.Size / 8;
            if (!evaluation.Step()) return call.Fail("运算步数过多，已停止");
            var frame = captured.Copy(captured.Size);
            for (var i = 0; i < arguments.Length; i++)
            {
                var argument = arguments[i].IsUnset ? Value.Null : arguments[i];
                if (definition.Parameters[i].Type is { } type && !argument.IsNull &&
                    !Conformance.TryConvert(argument, type, out argument))
                    return call.Fail($"参数“{definition.Parameters[i].Name}”应为{type}");
                frame[definition.Slots[i]] = argument;
            }
            if (!evaluation.Enter()) return call.Fail("函数调用嵌套过深，已停止");
            var value = definition.Body.Evaluate(frame);
            evaluation.Leave();
            return value;
        }
    }
}
