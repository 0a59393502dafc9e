using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;

namespace Zhida.Policy.Loading;

/// <summary>Binds the expressions of an item or a derived fact over one frame.</summary>
internal sealed class Expressions(Report report, Scope scope)
{
    public Scope Scope { get; } = scope;

    /// <summary>Null where the expression is wrong or of another type; that is reported.</summary>
    public Expr? Bind(Passage code, FeelType? wanted, string what)
    {
        if (code.IsEmpty)
        {
            report.Error("form.expression", code, $"{what}没有表达式", "写在反引号里：`…`");
            return null;
        }
        var bound = FeelCompiler.Bind(code.Text, Scope);
        report.Errors(code, bound.Diagnostics);
        if (bound.Root is null || wanted is null || TypeFit.Problem(bound.Root, wanted) is not { } problem)
            return bound.Root;
        var isUnit = bound.Root.Type is NumberType && wanted is NumberType;
        report.Error(isUnit ? "expression.unit" : "expression.type", code, what + problem,
            TypeFit.Mend(bound.Root.Type, wanted));
        return null;
    }

    /// <summary>A unary test over the value in a symbol's slot.</summary>
    public Expr? BindTests(Passage cell, Symbol input)
    {
        var bound = FeelCompiler.BindUnaryTests(cell.Text, Scope, input);
        report.Errors(cell, bound.Diagnostics);
        return bound.Root;
    }
}
