using Zhida.Feel.Nodes;
using Zhida.Feel.Syntax;
using Zhida.Feel.Types;

namespace Zhida.Feel.Binding;

/// <summary>What binding gave: a tree (null where there is an error), and what is to be said.</summary>
public sealed record Bound(Expr? Root, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>From text to a bound, typed tree. A frame for it needs <c>scope.NextSlot</c> slots, read after binding.
/// </summary>
public static class FeelCompiler
{
    /// <summary>Binds an expression; in strict mode its type must fit <paramref name="expected"/>.</summary>
    public static Bound Bind(string text, Scope scope, FeelType? expected = null)
    {
        var (syntax, error) = Parser.ParseExpression(text, scope);
        if (syntax is null) return new Bound(null, [error!]);
        var binder = new Binder(scope);
        var root = binder.Bind(syntax);
        if (scope.Strict) binder.RequireType(root);
        if (expected is not null && scope.Strict) binder.Expect(root, expected);
        return new Bound(binder.Diagnostics.Count == 0 ? root : null, binder.Diagnostics);
    }

    /// <summary>Binds the unary tests of a table's cell to a boolean over <paramref name="input"/>, whose slot holds
    /// the value that is tested.</summary>
    public static Bound BindUnaryTests(string text, Scope scope, Symbol input)
    {
        var (syntax, error) = Parser.ParseTests(text, scope);
        if (syntax is null) return new Bound(null, [error!]);
        var binder = new Binder(scope);
        var root = binder.BindTests(syntax, input);
        return new Bound(binder.Diagnostics.Count == 0 ? root : null, binder.Diagnostics);
    }
}
