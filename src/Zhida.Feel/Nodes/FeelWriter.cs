using System.Text;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>Writes an expression with brackets where its level asks for them; levels as in the parser: 1 or, 2 and,
/// 3 comparison, 4 + −, 5 * /, 6 **, 7 minus, 8 paths, calls and what needs no brackets.</summary>
internal sealed class FeelWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>The input of the tests that are being written: tests don't name it.</summary>
    private int _input = -1;

    public override string ToString() => _text.ToString();

    public void Write(Expr node, int least)
    {
        var level = LevelOf(node);
        if (level < least) _text.Append('(');
        WriteOperator(node);
        if (level < least) _text.Append(')');
    }

    private static int LevelOf(Expr node) => node switch
    {
        StackGuard guard => LevelOf(guard.Children[0]),
        IfElse or For or Quantified or FunctionDefinition => 0,
        Or => 1,
        And => 2,
        Compare or InRange or Matches or InTests => 3,
        Arithmetic { Operator: ArithmeticOperator.Add or ArithmeticOperator.Subtract } => 4,
        Arithmetic { Operator: ArithmeticOperator.Multiply or ArithmeticOperator.Divide } => 5,
        Arithmetic => 6,
        Negate => 7,
        Literal { Value: { IsNumber: true, Number: < 0 }, Type: NumberType { Unit: null or { IsNone: true } } } => 7,
        _ => 8,
    };

    private void WriteOperator(Expr node)
    {
        switch (node)
        {
            case StackGuard guard: WriteOperator(guard.Children[0]); break;
            case Arithmetic a: WriteBinary(a.Left, Sign(a.Operator), a.Right, LevelOf(a)); break;
            case Negate negate: Write("-", negate.Operand, 7); break;
            case Compare c: WriteBinary(c.Left, Sign(c.Operator), c.Right, 3); break;
            case And and: WriteBinary(and.Left, "and", and.Right, 2); break;
            case Or or: WriteBinary(or.Left, "or", or.Right, 1); break;
            case Matches matches: WriteBinary(matches.Value, "in", matches.Test, 3); break;
            case InRange range:
                Write(range.Value, 3);
                _text.Append(" in ");
                WriteRange(range.Low, range.LowIncluded, range.High, range.HighIncluded);
                break;
            case InTests tests: WriteTests(tests); break;
            case InstanceOf instance:
                Write(instance.Operand, 8);
                _text.Append(" instance of ").Append(instance.Target.Name);
                break;
            case IfElse branches:
                Write("if ", branches.Condition, 0);
                Write(" then ", branches.Then, 0);
                Write(" else ", branches.Else, 0);
                break;
            case For loop:
                WriteIterators("for ", loop.Iterators);
                Write(" return ", loop.Body, 0);
                break;
            case Quantified quantified:
                WriteIterators(quantified.Every ? "every " : "some ", quantified.Iterators);
                Write(" satisfies ", quantified.Condition, 0);
                break;
            default: WriteTerm(node); break;
        }
    }

    private void WriteTerm(Expr node)
    {
        switch (node)
        {
            case Literal literal: _text.Append(LiteralText(literal)); break;
            case Variable variable: _text.Append(variable.Symbol.Name); break;
            case ItemName name: _text.Append(name.Name); break;
            case Failure: _text.Append("null"); break;
            case BuiltinReference reference: _text.Append(reference.Function.Name); break;
            case Member member:
                Write(member.Source, 8);
                _text.Append('.').Append(member.Name);
                break;
            case Filter filter:
                Write(filter.Source, 8);
                Write("[", filter.Condition, 0);
                _text.Append(']');
                break;
            case ListLiteral list: WriteAll('[', list.Children, null, ']'); break;
            case ContextLiteral context:
                WriteAll('{', context.Children, [.. context.Names.Select(KeyText)], '}');
                break;
            case RangeLiteral range:
                WriteRange(range.Start, range.StartIncluded, range.End, range.EndIncluded);
                break;
            case CallBuiltin call:
                _text.Append(call.Function.Name);
                WriteAll('(', call.Children, call.ArgumentNames, ')');
                break;
            case CallFunction call:
                Write(call.Function, 8);
                WriteAll('(', call.Arguments, call.Names, ')');
                break;
            case FunctionDefinition function:
                _text.Append("function(").AppendJoin(", ", function.Parameters.Select(ParameterText)).Append(')');
                Write(" ", function.Body, 0);
                break;
            case DecisionTable table: _text.Append(table.Name); break;
            default: _text.Append(node.GetType().Name); break;
        }
    }

    private void Write(string before, Expr node, int least)
    {
        _text.Append(before);
        Write(node, least);
    }

    private void WriteBinary(Expr left, string sign, Expr right, int level)
    {
        Write(left, level);
        _text.Append(' ').Append(sign).Append(' ');
        Write(right, level + 1);
    }

    private void WriteAll(char open, IReadOnlyList<Expr> nodes, IReadOnlyList<string>? names, char close)
    {
        _text.Append(open);
        for (var i = 0; i < nodes.Count; i++)
        {
            if (i > 0) _text.Append(", ");
            if (names is not null) _text.Append(names[i]).Append(": ");
            Write(nodes[i], 0);
        }
        _text.Append(close);
    }

    private void WriteIterators(string word, IReadOnlyList<Iterator> iterators)
    {
        _text.Append(word);
        for (var i = 0; i < iterators.Count; i++)
        {
            if (i > 0) _text.Append(", ");
            Write(iterators[i].Name + " in ", iterators[i].Source, 1);
            if (iterators[i].End is { } end) Write("..", end, 1);
        }
    }

    private void WriteRange(Expr? start, bool startIncluded, Expr? end, bool endIncluded)
    {
        if (start is null || end is null)
        {
            var included = start is null ? endIncluded : startIncluded;
            _text.Append(start is null ? "(<" : "(>").Append(included ? "= " : " ");
            Write((start ?? end)!, 4);
            _text.Append(')');
            return;
        }
        _text.Append(startIncluded ? '[' : '(');
        Write(start, 4);
        Write("..", end, 4);
        _text.Append(endIncluded ? ']' : ')');
    }

    private void WriteTests(InTests tests)
    {
        var outer = _input;
        var isCell = tests.Value is Variable { Symbol: { Name: "?" } symbol } && symbol.Slot == tests.Slot;
        if (!isCell)
        {
            Write(tests.Value, 3);
            _text.Append(" in (");
        }
        _input = tests.Slot;
        if (tests.Negated) _text.Append("not(");
        for (var i = 0; i < tests.Tests.Count; i++)
        {
            if (i > 0) _text.Append(", ");
            WriteTest(tests.Tests[i]);
        }
        if (tests.Negated) _text.Append(')');
        if (!isCell) _text.Append(')');
        _input = outer;
    }

    private bool IsInput(Expr node) => node is Variable { Symbol: { Name: "?" } symbol } && symbol.Slot == _input;

    /// <summary>A test of the input is written without it: &lt; 5, [1..2].</summary>
    private void WriteTest(Expr test)
    {
        switch (test)
        {
            case Compare compare when IsInput(compare.Left):
                Write(Sign(compare.Operator) + " ", compare.Right, 4);
                break;
            case InRange range when IsInput(range.Value):
                WriteRange(range.Low, range.LowIncluded, range.High, range.HighIncluded);
                break;
            case Matches matches when IsInput(matches.Value): Write(matches.Test, 0); break;
            default: Write(test, 0); break;
        }
    }

    private static string ParameterText((string Name, FeelType? Type) parameter) =>
        parameter.Type is null ? parameter.Name : $"{parameter.Name}: {parameter.Type.Name}";

    private static string KeyText(string name) =>
        Syntax.KnownNames.IsManyWords(name) ? Value.Of(name).ToString() : name;

    public static string LiteralText(Literal literal) => literal switch
    {
        { Value: { IsNumber: true, Number: var number }, Type: NumberType { Unit: { IsNone: false } unit } } =>
            $"@\"{Quantity.Format(number, unit)}\"",
        { Value: { Kind: ValueKind.List, Items: var items } } when literal.Type is ListType
            { Item: NumberType { Unit.IsNone: false } item } =>
            $"[{string.Join(", ", items.Select(i => LiteralText(new Literal(literal.Span, item, i))))}]",
        { Value: { Kind: ValueKind.Range, Range: var range } } when literal.Type is RangeType
            { Endpoint: NumberType { Unit.IsNone: false } end } =>
            RangeText(literal, range, end),
        { Value: { Kind: ValueKind.Range, Range: var range } } when range.Start.IsNull || range.End.IsNull =>
            $"({literal.Value})",
        _ => literal.Value.ToString(),
    };

    private static string RangeText(Literal literal, FeelRange range, FeelType end)
    {
        var writer = new FeelWriter();
        Literal? Part(in Value value) => value.IsNull ? null : new Literal(literal.Span, end, value);
        writer.WriteRange(Part(range.Start), range.StartIncluded, Part(range.End), range.EndIncluded);
        return writer.ToString();
    }

    public static string Sign(ArithmeticOperator op) => op switch
    {
        ArithmeticOperator.Add => "+",
        ArithmeticOperator.Subtract => "-",
        ArithmeticOperator.Multiply => "*",
        ArithmeticOperator.Divide => "/",
        _ => "**",
    };

    public static string Sign(ComparisonOperator op) => op switch
    {
        ComparisonOperator.Equal => "=",
        ComparisonOperator.NotEqual => "!=",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        _ => ">=",
    };
}
