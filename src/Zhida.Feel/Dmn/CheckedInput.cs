using Zhida.Feel.Nodes;
using Zhida.Feel.Values;

namespace Zhida.Feel.Dmn;

/// <summary>An input of a decision table with declared values: one that is not among them is null with an
/// error.</summary>
internal sealed class CheckedInput(Expr body, int slot, Expr test) : Expr(body.Span, body.Type)
{
    public override IReadOnlyList<Expr> Children { get; } = [body, test];

    public override Value Evaluate(Frame frame)
    {
        var value = body.Evaluate(frame);
        frame[slot] = value;
        return value.IsNull || test.Evaluate(frame).IsTrue ? value : frame.Fail(Span, "输入不在允许的值之内");
    }
}
