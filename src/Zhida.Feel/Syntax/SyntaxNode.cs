using System.Collections.Immutable;

namespace Zhida.Feel.Syntax;

/// <summary>
/// An expression as it stands in the text, before names have meaning: one closed hierarchy of immutable records.
/// <paramref name="Depth"/> is the height of the tree below and with the node; the parser keeps it within
/// <see cref="Parser.MaxDepth"/>, so that whoever walks a tree may do so by recursion.
/// </summary>
public abstract record SyntaxNode(Span Span, int Depth)
{
    private protected static int Above(params ReadOnlySpan<SyntaxNode?> children)
    {
        var depth = 0;
        foreach (var child in children) depth = Math.Max(depth, child?.Depth ?? 0);
        return depth + 1;
    }

    private protected static int Above(IEnumerable<SyntaxNode> children) =>
        1 + children.Select(c => c.Depth).DefaultIfEmpty(0).Max();
}

/// <summary>The operators that stand between two operands.</summary>
public enum BinaryOperator
{
    Add, Subtract, Multiply, Divide, Power, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, And, Or,
}

/// <summary>1.5</summary>
public sealed record NumberSyntax(Span Span, decimal Value) : SyntaxNode(Span, 1);

/// <summary>"text", its escapes resolved.</summary>
public sealed record TextSyntax(Span Span, string Value) : SyntaxNode(Span, 1);

/// <summary>true, false</summary>
public sealed record BooleanSyntax(Span Span, bool Value) : SyntaxNode(Span, 1);

/// <summary>null</summary>
public sealed record NullSyntax(Span Span) : SyntaxNode(Span, 1);

/// <summary>@"2026-03-01"; in strict mode also a quantity: @"100万元", or bare 100万元.</summary>
public sealed record AtSyntax(Span Span, string Text) : SyntaxNode(Span, 1);

/// <summary>A name, spaces normalised; <c>?</c> is the input of a unary test.</summary>
public sealed record NameSyntax(Span Span, string Name) : SyntaxNode(Span, 1);

/// <summary>-a</summary>
public sealed record NegateSyntax(Span Span, SyntaxNode Operand) : SyntaxNode(Span, Above(Operand));

/// <summary>a + b</summary>
public sealed record BinarySyntax(Span Span, BinaryOperator Operator, SyntaxNode Left, SyntaxNode Right)
    : SyntaxNode(Span, Above(Left, Right));

/// <summary>a between b and c</summary>
public sealed record BetweenSyntax(Span Span, SyntaxNode Value, SyntaxNode Low, SyntaxNode High)
    : SyntaxNode(Span, Above(Value, Low, High));

/// <summary>a in (t, u)</summary>
public sealed record InSyntax(Span Span, SyntaxNode Value, ImmutableArray<SyntaxNode> Tests)
    : SyntaxNode(Span, Math.Max(Above(Value), Above(Tests)));

/// <summary>A test against the input: &lt; 5</summary>
public sealed record TestSyntax(Span Span, BinaryOperator Operator, SyntaxNode Operand)
    : SyntaxNode(Span, Above(Operand));

/// <summary>[a..b), or with one end left out (&lt; 5).</summary>
public sealed record RangeSyntax(
    Span Span, SyntaxNode? Start, bool StartIncluded, SyntaxNode? End, bool EndIncluded)
    : SyntaxNode(Span, Above(Start, End));

/// <summary>a.b</summary>
public sealed record PathSyntax(Span Span, SyntaxNode Source, string Member, Span MemberSpan)
    : SyntaxNode(Span, Above(Source));

/// <summary>a[b]</summary>
public sealed record FilterSyntax(Span Span, SyntaxNode Source, SyntaxNode Condition)
    : SyntaxNode(Span, Above(Source, Condition));

/// <summary>if a then b else c</summary>
public sealed record IfSyntax(Span Span, SyntaxNode Condition, SyntaxNode Then, SyntaxNode Else)
    : SyntaxNode(Span, Above(Condition, Then, Else));

/// <summary>x in a, or x in a..b (<paramref name="End"/> not null).</summary>
public sealed record IteratorSyntax(Span Span, string Name, SyntaxNode Source, SyntaxNode? End)
    : SyntaxNode(Span, Above(Source, End));

/// <summary>for x in a return b</summary>
public sealed record ForSyntax(Span Span, ImmutableArray<IteratorSyntax> Iterators, SyntaxNode Body)
    : SyntaxNode(Span, Math.Max(Above(Body), Above(Iterators)));

/// <summary>some x in a satisfies b; every …</summary>
public sealed record QuantifiedSyntax(
    Span Span, bool Every, ImmutableArray<IteratorSyntax> Iterators, SyntaxNode Condition)
    : SyntaxNode(Span, Math.Max(Above(Condition), Above(Iterators)));

/// <summary>[a, b]</summary>
public sealed record ListSyntax(Span Span, ImmutableArray<SyntaxNode> Items) : SyntaxNode(Span, Above(Items));

/// <summary>key: a</summary>
public sealed record EntrySyntax(Span Span, string Name, SyntaxNode Value) : SyntaxNode(Span, Above(Value));

/// <summary>{a: 1, b: 2}</summary>
public sealed record ContextSyntax(Span Span, ImmutableArray<EntrySyntax> Entries) : SyntaxNode(Span, Above(Entries));

/// <summary>A formal parameter: a, or a: number.</summary>
public sealed record ParameterSyntax(Span Span, string Name, TypeSyntax? Type);

/// <summary>function(a, b) a + b; <paramref name="External"/>: the body says where the function is found.</summary>
public sealed record FunctionSyntax(
    Span Span, ImmutableArray<ParameterSyntax> Parameters, SyntaxNode Body, bool External)
    : SyntaxNode(Span, Above(Body));

/// <summary>An argument: a, or name: a.</summary>
public sealed record ArgumentSyntax(Span Span, string? Name, SyntaxNode Value) : SyntaxNode(Span, Above(Value));

/// <summary>f(a, b)</summary>
public sealed record CallSyntax(Span Span, SyntaxNode Function, ImmutableArray<ArgumentSyntax> Arguments)
    : SyntaxNode(Span, Math.Max(Above(Function), Above(Arguments)));

/// <summary>a instance of T</summary>
public sealed record InstanceOfSyntax(Span Span, SyntaxNode Value, TypeSyntax Type) : SyntaxNode(Span, Above(Value));

/// <summary>A type: a name, or list, range, context or function with its parts.</summary>
public sealed record TypeSyntax(
    Span Span, string Name, ImmutableArray<(string? Name, TypeSyntax Type)> Parts, TypeSyntax? Result);

/// <summary>Unary tests, of which one must hold; none: any value (<c>-</c>).</summary>
public sealed record TestsSyntax(Span Span, ImmutableArray<SyntaxNode> Tests, bool Negated)
    : SyntaxNode(Span, Above(Tests));
