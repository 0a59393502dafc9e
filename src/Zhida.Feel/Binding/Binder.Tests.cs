using Zhida.Feel.Nodes;
using Zhida.Feel.Syntax;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Binding;

/// <summary>in, and the unary tests of decision tables (DMN 1.5, 10.3.2.8).</summary>
internal sealed partial class Binder
{
    /// <summary>A boolean over the input's slot.</summary>
    public Expr BindTests(TestsSyntax syntax, Symbol input)
    {
        if (syntax.Tests.IsEmpty) return new Literal(syntax.Span, FeelType.Boolean, Value.True);
        var outer = _input;
        _input = input;
        try
        {
            var value = new Variable(syntax.Span, input);
            var tests = syntax.Tests.Select(t => BindTest(t, value)).ToList();
            return tests.Count == 1 && !syntax.Negated ? tests[0]
                : new InTests(syntax.Span, value, input.Slot, tests, syntax.Negated);
        }
        finally
        {
            _input = outer;
        }
    }

    private Expr BindIn(InSyntax syntax)
    {
        var value = Bind(syntax.Value);
        if (syntax.Tests is [not TestsSyntax and var single] && !AsksForInput(single)) return BindTest(single, value);
        if (syntax.Tests is [TestsSyntax { Negated: false, Tests: [var inner] }] && !AsksForInput(inner))
            return BindTest(inner, value);
        if (ListOfLiterals(syntax, value) is { } listed) return listed;
        var scope = new Scope(_level.Scope);
        var input = scope.Declare("?", value.Type);
        var tests = syntax.Tests.SelectMany(t => t is TestsSyntax { Negated: false } many ? many.Tests : [t]);
        var outer = _input;
        _input = input;
        var bound = tests.Select(t => BindTest(t, new Variable(t.Span, input))).ToList();
        _input = outer;
        return new InTests(syntax.Span, value, input.Slot, bound, negated: false);
    }

    /// <summary>x in ("a", "b"): one list that is looked through, without tests.</summary>
    private Expr? ListOfLiterals(InSyntax syntax, Expr value)
    {
        var tests = syntax.Tests is [TestsSyntax { Negated: false } many] ? many.Tests : syntax.Tests;
        if (tests.Any(t => t is not (TextSyntax or NumberSyntax or AtSyntax))) return null;
        var literals = tests.Select(Bind).ToList();
        if (literals.Any(l => l is not Literal { Value.Kind: not (ValueKind.List or ValueKind.Range) })) return null;
        if (Strict && !Broken([value]))
            foreach (var literal in literals)
                if (Comparability(value, literal, forEquality: true) is var (code, problem, mend))
                    return Error(code, literal.Span, problem, mend);
        var list = new Literal(syntax.Span, new ListType(literals[0].Type),
            Value.OfList([.. literals.Select(l => ((Literal)l).Value)]));
        return new Matches(syntax.Span, value, list, null);
    }

    private static bool AsksForInput(SyntaxNode node) => node switch
    {
        NameSyntax { Name: "?" } => true,
        BinarySyntax b => AsksForInput(b.Left) || AsksForInput(b.Right),
        NegateSyntax n => AsksForInput(n.Operand),
        PathSyntax p => AsksForInput(p.Source),
        CallSyntax c => c.Arguments.Any(a => AsksForInput(a.Value)),
        BetweenSyntax b => AsksForInput(b.Value) || AsksForInput(b.Low) || AsksForInput(b.High),
        InSyntax i => AsksForInput(i.Value) || i.Tests.Any(AsksForInput),
        IfSyntax i => AsksForInput(i.Condition) || AsksForInput(i.Then) || AsksForInput(i.Else),
        QuantifiedSyntax q => AsksForInput(q.Condition) || q.Iterators.Any(i => AsksForInput(i.Source)),
        FilterSyntax f => AsksForInput(f.Source) || AsksForInput(f.Condition),
        ListSyntax l => l.Items.Any(AsksForInput),
        InstanceOfSyntax i => AsksForInput(i.Value),
        _ => false,
    };

    private Expr BindTest(SyntaxNode test, Expr value)
    {
        switch (test)
        {
            case TestSyntax comparison:
                return BindCompare(test.Span, ToComparison(comparison.Operator), value, Bind(comparison.Operand));
            case RangeSyntax range:
                return BindInRange(test.Span, value,
                    range.Start is null ? null : Bind(range.Start), range.StartIncluded,
                    range.End is null ? null : Bind(range.End), range.EndIncluded);
            case TestsSyntax { Negated: true } not when value is Variable { Symbol: var symbol }:
                return BindTests(not, symbol);
        }
        if (AsksForInput(test))
        {
            var condition = Bind(test);
            return Strict && condition.Type != FeelType.Boolean && condition is not Failure
                ? Error("feel.type", test.Span, $"含“?”的测试应为是否值，实为{Fitting.Word(condition.Type)}") : condition;
        }
        return BindMatch(test.Span, value, Bind(test));
    }

    private Expr BindMatch(Span span, Expr value, Expr test)
    {
        var unlisted = test is Variable { Symbol.Unlisted: { } symbol } ? Use(new Variable(test.Span, symbol)) : null;
        var node = new Matches(span, value, test, unlisted);
        if (!Strict || Broken([value, test])) return node;
        switch (test.Type)
        {
            case ListType list when value.Type is not ListType:
                return test is Literal { Value.Kind: ValueKind.List } literal ? CheckItems(node, value, literal, list)
                    : Comparability(value, TypeProbe(list.Item), forEquality: true) is var (code, problem, mend)
                        ? Refuse(node, code, problem, mend) : node;
            case RangeType range:
                return Comparability(value, TypeProbe(range.Endpoint), forEquality: false) is var (why, what, how)
                    ? Refuse(node, why, what, how) : node;
            default:
                return BindCompare(span, ComparisonOperator.Equal, value, test);
        }
    }

    private Expr CheckItems(Matches node, Expr value, Literal list, ListType type)
    {
        foreach (var item in list.Value.Items)
            if (Comparability(value, new Literal(list.Span, type.Item, item), forEquality: true)
                is var (code, problem, mend))
                return Refuse(node, code, problem, mend);
        return node;
    }

    /// <summary>Stands for a value of a type where only the type is asked about.</summary>
    private static Literal TypeProbe(FeelType type) => new(default, type, Value.True);
}
