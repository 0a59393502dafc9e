using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Policy.Deciding;

/// <summary>A formula with its values in place of its names: min(20000000.00 × 1.5%/年 × 365天 ÷ 365天/年, …). Of an if
/// only the branch that was taken is shown.</summary>
internal static class Substitution
{
    private const int Sum = 1, Product = 2, Atom = 3;

    public static string Print(Expr expression, Frame frame) => Print(expression, frame, 0);

    private static string Print(Expr expression, Frame frame, int above)
    {
        switch (expression)
        {
            case Arithmetic { Type: NumberType } arithmetic:
                var (sign, level) = Sign(arithmetic.Operator);
                var right = level +
                    (arithmetic.Operator is ArithmeticOperator.Subtract or ArithmeticOperator.Divide ? 1 : 0);
                var text = $"{Print(arithmetic.Left, frame, level)} {sign} {Print(arithmetic.Right, frame, right)}";
                return level < above ? $"({text})" : text;
            case IfElse branch when branch.Condition.Evaluate(frame) is { IsUnknown: false } condition:
                return Print(condition.IsTrue ? branch.Then : branch.Else, frame, above);
            case CallBuiltin { Function.Name: "min" or "max" } call:
                return $"{call.Function.Name}({string.Join(", ", call.Children.Select(c => Print(c, frame, 0)))})";
            case CallBuiltin call:
                return $"{call.Function.Name}({string.Join(", ", call.Children.Select(c => Leaf(c, frame)))})" +
                       $"={Leaf(call, frame)}";
            default:
                return Leaf(expression, frame);
        }
    }

    private static (string Sign, int Level) Sign(ArithmeticOperator op) => op switch
    {
        ArithmeticOperator.Add => ("+", Sum),
        ArithmeticOperator.Subtract => ("−", Sum),
        ArithmeticOperator.Multiply => ("×", Product),
        ArithmeticOperator.Divide => ("÷", Product),
        _ => ("^", Atom),
    };

    private static string Leaf(Expr expression, Frame frame) =>
        ValueText.Of(expression.Evaluate(frame), expression.Type);
}
