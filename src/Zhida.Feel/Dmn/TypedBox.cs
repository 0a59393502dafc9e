using Zhida.Feel.Nodes;
using Zhida.Feel.Values;

namespace Zhida.Feel.Dmn;

/// <summary>A boxed expression with a declared type: its value as one of that type, or null with an error.</summary>
internal sealed class TypedBox(Expr body, DmnType type, string typeName) : Expr(body.Span, type.Static)
{
    public override IReadOnlyList<Expr> Children { get; } = [body];

    public override Value Evaluate(Frame frame)
    {
        var value = body.Evaluate(frame);
        return type.TryConvert(value, frame.Evaluation, out var converted)
            ? converted
            : frame.Fail(Span, $"值不合类型 {typeName}");
    }
}
