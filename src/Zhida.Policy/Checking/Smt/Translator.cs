using System.Globalization;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Checking.Smt;

/// <summary>
/// From bound expressions to SMT-LIB terms over declared constants: numbers are Real, dates Int (days), strings Int
/// codes, booleans Bool. What has no translation becomes a constant of its sort, free within its declared range
/// (<see cref="IsExact"/> is then false): what is proved so still holds, a counterexample may not be one.
/// </summary>
internal sealed class Translator(Item item)
{
    private static readonly Unit Yuan = Unit.Of("元");

    private readonly List<string> _declarations = [];
    private readonly Dictionary<string, string> _constants = [];
    private readonly Dictionary<string, int> _codes = [];
    private readonly List<string> _divisors = [];
    private readonly Dictionary<int, string> _slots = [];

    public IReadOnlyList<string> Declarations => _declarations;

    /// <summary>Terms that were divided by.</summary>
    public IReadOnlyList<string> Divisors => _divisors;

    public bool IsExact { get; private set; } = true;

    public string Term(Expr node) => node switch
    {
        Literal literal => LiteralTerm(literal) ?? Abstract(node),
        Variable variable => VariableTerm(variable),
        Member member => Constant(PathOf(member), member.Type, abstracted: member.Declared?.Derivation is not null),
        And and => $"(and {Term(and.Left)} {Term(and.Right)})",
        Or or => $"(or {Term(or.Left)} {Term(or.Right)})",
        IfElse branch => $"(ite {Term(branch.Condition)} {Term(branch.Then)} {Term(branch.Else)})",
        Negate { Type: NumberType } negate => $"(- {Term(negate.Operand)})",
        Arithmetic { Type: NumberType, Operator: not ArithmeticOperator.Power } arithmetic
            when arithmetic.Left.Type is NumberType && arithmetic.Right.Type is NumberType =>
                ArithmeticTerm(arithmetic),
        Compare compare when SortOf(compare.Left.Type) is not null && SortOf(compare.Right.Type) is not null =>
            CompareTerm(compare),
        InRange range when SortOf(range.Value.Type) is not null => RangeTerm(range),
        Matches { Unlisted: null, Test: Literal { Value.Kind: ValueKind.List } list } matches
            when SortOf(matches.Value.Type) is not null => ListTerm(matches, list),
        InTests tests => TestsTerm(tests),
        CallBuiltin call => CallTerm(call) ?? Abstract(node),
        DecisionTable { Policy: HitPolicy.Unique or HitPolicy.First or HitPolicy.Any } table
            when table.OutputNames.Count <= 1 =>
            TableTerm(table),
        _ => Abstract(node),
    };

    private static string? SortOf(FeelType type) => type switch
    {
        NumberType => "Real",
        StringType => "Int",
        SimpleType { Kind: ValueKind.Boolean } => "Bool",
        SimpleType { Kind: ValueKind.Date } => "Int",
        _ => null,
    };

    private string? LiteralTerm(Literal literal) => ValueTerm(literal.Value);

    private string? ValueTerm(in Value value) => value.Kind switch
    {
        ValueKind.Number => Number(value.Number),
        ValueKind.Boolean => value.IsTrue ? "true" : "false",
        ValueKind.Date => Integer(value.Days),
        ValueKind.String => Integer(Code(value.Text)),
        _ => null,
    };

    private int Code(string text)
    {
        if (!_codes.TryGetValue(text, out var code)) _codes[text] = code = _codes.Count;
        return code;
    }

    private static string Number(decimal number)
    {
        var text = Math.Abs(number).ToString("0.0###########################", CultureInfo.InvariantCulture);
        return number < 0 ? $"(- {text})" : text;
    }

    private static string Integer(long number) =>
        number < 0 ? $"(- {-number})" : number.ToString(CultureInfo.InvariantCulture);

    private string VariableTerm(Variable variable)
    {
        var symbol = variable.Symbol;
        if (_slots.TryGetValue(symbol.Slot, out var bound) && !symbol.IsGlobal) return bound;
        if (symbol.Definition is { } definition) return Term(definition);
        if (symbol is ParameterSymbol { Parameter: { Values: [{ Value: var value }] } } && ValueTerm(value) is { } term)
            return term;
        return Constant(symbol.Name, symbol.Type, abstracted: symbol is not ParameterSymbol);
    }

    private static string PathOf(Member member) => member.Source switch
    {
        Variable variable => $"{variable.Symbol.Name}.{member.Name}",
        Member source => $"{PathOf(source)}.{member.Name}",
        _ => $"@{member.Source.Span.Start}.{member.Name}",
    };

    private string Abstract(Expr node)
    {
        // The same words mean the same: an abstraction is named by what it stands for.
        return Constant($"“{node.GetType().Name}:{node.Span.Start}:{node.Span.Length}:{Describe(node)}”", node.Type,
            abstracted: true);
    }

    private static string Describe(Expr node) => string.Concat(node.Children.Select(c => c switch
    {
        Member member => PathOf(member),
        Variable variable => variable.Symbol.Name,
        Literal literal => literal.Value.ToString(),
        _ => Describe(c),
    } + ";"));

    /// <summary>A declared constant of the type's sort, within the type's declared range.</summary>
    private string Constant(string name, FeelType type, bool abstracted)
    {
        if (abstracted) IsExact = false;
        if (_constants.TryGetValue(name, out var constant)) return constant;
        _constants[name] = constant = $"c{_constants.Count}";
        // A value of a kind that has no sort (a list, a record) is only ever passed on to something abstract.
        _declarations.Add($"(declare-const {constant} {SortOf(type) ?? "Int"}) ; {name.ReplaceLineEndings(" ")}");
        switch (type)
        {
            case NumberType number:
                if (number.Minimum is { } low) _declarations.Add($"(assert (>= {constant} {Number(low)}))");
                decimal? most = number is { Maximum: null, Unit: { } unit } && unit.Equals(Yuan)
                    ? Facts.FactsReader.MostMoney : number.Maximum;
                if (most is { } high) _declarations.Add($"(assert (<= {constant} {Number(high)}))");
                break;
            case SimpleType { Kind: ValueKind.Date }:
                var (first, last) = (Facts.FactsReader.FirstDate, Facts.FactsReader.LastDate);
                _declarations.Add($"(assert (>= {constant} {Integer(Value.Of(first).Days)}))");
                _declarations.Add($"(assert (<= {constant} {Integer(Value.Of(last).Days)}))");
                break;
            case StringType { IsEnumeration: true } enumeration:
                var options = enumeration.Allowed.Select(v => $"(= {constant} {Integer(Code(v))})");
                _declarations.Add($"(assert (or {string.Join(' ', options)} false))");
                break;
        }
        return constant;
    }

    private string ArithmeticTerm(Arithmetic node)
    {
        var (left, right) = (Term(node.Left), Term(node.Right));
        if (node.Operator == ArithmeticOperator.Divide && !_divisors.Contains(right)) _divisors.Add(right);
        var op = node.Operator switch
        {
            ArithmeticOperator.Add => "+",
            ArithmeticOperator.Subtract => "-",
            ArithmeticOperator.Multiply => "*",
            _ => "/",
        };
        return $"({op} {left} {right})";
    }

    private string CompareTerm(Compare node)
    {
        var (left, right) = (Term(node.Left), Term(node.Right));
        return node.Operator switch
        {
            ComparisonOperator.Equal => $"(= {left} {right})",
            ComparisonOperator.NotEqual => $"(not (= {left} {right}))",
            ComparisonOperator.Less => $"(< {left} {right})",
            ComparisonOperator.LessOrEqual => $"(<= {left} {right})",
            ComparisonOperator.Greater => $"(> {left} {right})",
            _ => $"(>= {left} {right})",
        };
    }

    private string RangeTerm(InRange node)
    {
        var value = Term(node.Value);
        var low = node.Low is null ? "true" : $"({(node.LowIncluded ? ">=" : ">")} {value} {Term(node.Low)})";
        var high = node.High is null ? "true" : $"({(node.HighIncluded ? "<=" : "<")} {value} {Term(node.High)})";
        return $"(and {low} {high})";
    }

    private string ListTerm(Matches node, Literal list)
    {
        var value = Term(node.Value);
        var items = list.Value.Items.Select(i => ValueTerm(i) is { } term ? $"(= {value} {term})" : "false");
        return $"(or {string.Join(' ', items)} false)";
    }

    private string TestsTerm(InTests node)
    {
        _slots[node.Slot] = Term(node.Value);
        var any = $"(or {string.Join(' ', node.Tests.Select(Term))} false)";
        return node.Negated ? $"(not {any})" : any;
    }

    private string? CallTerm(CallBuiltin call)
    {
        switch (call.Function.Name)
        {
            case "not" when call.Children is [var operand]:
                return $"(not {Term(operand)})";
            case "min" or "max" when call.Children.Count > 1 && call.Children.All(c =>
                SortOf(c.Type) is "Real" or "Int" && c.Type is not StringType):
                var op = call.Function.Name == "min" ? "<=" : ">=";
                return call.Children.Select(Term).Aggregate((a, b) => $"(ite ({op} {a} {b}) {a} {b})");
            case "天数" when call.Children.Count == 2:
                var (from, to) = (Term(call.Children[0]), Term(call.Children[1]));
                return $"(ite (>= {to} {from}) (to_real (+ (- {to} {from}) 1)) 0.0)";
            case "abs" when call.Children is [{ Type: NumberType } number]:
                var term = Term(number);
                return $"(ite (>= {term} 0.0) {term} (- {term}))";
            default:
                return null;
        }
    }

    private string TableTerm(DecisionTable table)
    {
        for (var i = 0; i < table.Inputs.Count; i++) _slots[table.InputSlots[i]] = Term(table.Inputs[i]);
        // Without a row there is no value, and nothing to prove of it: any term will do.
        var other = SortOf(table.Type) switch { "Bool" => "false", "Int" => "0", _ => "0.0" };
        return table.Rules.Reverse().Aggregate(other, (rest, rule) =>
            $"(ite (and {string.Join(' ', rule.Tests.Select(Term))} true) {Term(rule.Outputs[0])} {rest})");
    }

    public string Conditions() => $"(and {string.Join(' ', item.Conditions.Select(c => Term(c.Expression)))} true)";
}
