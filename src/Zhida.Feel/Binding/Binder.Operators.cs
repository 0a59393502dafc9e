using Zhida.Feel.Nodes;
using Zhida.Feel.Syntax;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Binding;

/// <summary>Operators: what their operands must be, and the type of the result.</summary>
internal sealed partial class Binder
{
    private Expr BindNegate(NegateSyntax negate)
    {
        var operand = Bind(negate.Operand);
        var node = new Negate(negate.Span, Fitting.Plain(operand.Type), operand);
        return operand.Type is NumberType or SimpleType { Kind: ValueKind.DaysDuration or ValueKind.MonthsDuration }
            ? Fold(node) : Refuse(node, "feel.type", $"不能对{Fitting.Word(operand.Type)}取负");
    }

    private Expr BindBinary(BinarySyntax binary)
    {
        var left = Bind(binary.Left);
        var right = Bind(binary.Right);
        return binary.Operator switch
        {
            BinaryOperator.And => Logical(new And(binary.Span, left, right)),
            BinaryOperator.Or => Logical(new Or(binary.Span, left, right)),
            <= BinaryOperator.Power => BindArithmetic(binary, left, right),
            _ => BindCompare(binary.Span, ToComparison(binary.Operator), left, right),
        };
    }

    private Expr Logical(Expr node)
    {
        if (!Strict) return node;
        foreach (var operand in node.Children)
            if (operand.Type != FeelType.Boolean && operand is not Failure)
                Error("feel.type", operand.Span, $"and、or 的两边应为是否值，实为{Fitting.Word(operand.Type)}", "写成比较，例如 = 或 in");
        return node;
    }

    private static ComparisonOperator ToComparison(BinaryOperator op) => op switch
    {
        BinaryOperator.Equal => ComparisonOperator.Equal,
        BinaryOperator.NotEqual => ComparisonOperator.NotEqual,
        BinaryOperator.Less => ComparisonOperator.Less,
        BinaryOperator.LessOrEqual => ComparisonOperator.LessOrEqual,
        BinaryOperator.Greater => ComparisonOperator.Greater,
        _ => ComparisonOperator.GreaterOrEqual,
    };

    private Expr BindArithmetic(BinarySyntax binary, Expr left, Expr right)
    {
        var op = (ArithmeticOperator)binary.Operator;
        var (type, problem, mend) = op switch
        {
            ArithmeticOperator.Add or ArithmeticOperator.Subtract => SumType(op, left, right),
            ArithmeticOperator.Multiply => ProductType(left.Type, right.Type),
            ArithmeticOperator.Divide => QuotientType(left.Type, right.Type),
            _ => PowerType(left.Type, right),
        };
        var node = new Arithmetic(binary.Span, type ?? FeelType.Any, op, left, right);
        if (type is not null) return Fold(node);
        var code = left.Type is NumberType && right.Type is NumberType ? "feel.unit" : "feel.type";
        return Refuse(node, code, problem ?? $"{Fitting.Word(left.Type)}与{Fitting.Word(right.Type)}不能这样运算", mend);
    }

    private static (FeelType?, string?, string?) SumType(ArithmeticOperator op, Expr left, Expr right)
    {
        var (a, b) = (left.Type, right.Type);
        var sign = op == ArithmeticOperator.Add ? "加" : "减";
        if (a is NumberType && b is NumberType)
            return Fitting.Common(left, right) is { } common ? (common, null, null)
                : (null, $"单位不同，不能相{sign}：{Show(a)}与{Show(b)}", MendUnits(left, right));
        if (a is StringType && b is StringType && op == ArithmeticOperator.Add) return (FeelType.Text, null, null);
        return ((a as SimpleType)?.Kind, (b as SimpleType)?.Kind, op) switch
        {
            (ValueKind.Date, ValueKind.Date, ArithmeticOperator.Subtract) or
                (ValueKind.DateTime, ValueKind.DateTime, ArithmeticOperator.Subtract) =>
                    (FeelType.DaysDuration, null, null),
            (ValueKind.DaysDuration, ValueKind.DaysDuration, _) or
                (ValueKind.MonthsDuration, ValueKind.MonthsDuration, _) => (a, null, null),
            (ValueKind.Date or ValueKind.DateTime, ValueKind.DaysDuration or ValueKind.MonthsDuration, _) =>
                (a, null, null),
            (ValueKind.DaysDuration or ValueKind.MonthsDuration, ValueKind.Date or ValueKind.DateTime,
                ArithmeticOperator.Add) => (b, null, null),
            (ValueKind.Date or ValueKind.DateTime, null, _) when b is NumberType =>
                (null, $"日期与{Fitting.Word(b)}不能相{sign}", "日期加减的是时长，例如 @\"P30D\"（30天）、@\"P1Y\"（1年）"),
            _ => (null, $"{Fitting.Word(a)}与{Fitting.Word(b)}不能相{sign}", null),
        };
    }

    private static string MendUnits(Expr left, Expr right) =>
        left is Literal ? MendUnit(left, Fitting.UnitOf(right.Type)) : MendUnit(right, Fitting.UnitOf(left.Type));

    private static bool IsDuration(FeelType type) =>
        type is SimpleType { Kind: ValueKind.DaysDuration or ValueKind.MonthsDuration };

    private static (FeelType?, string?, string?) ProductType(FeelType a, FeelType b) => (a, b) switch
    {
        (NumberType { Unit: { } x }, NumberType { Unit: { } y }) => (new NumberType(x.Times(y)), null, null),
        (NumberType, NumberType) => (FeelType.Number, null, null),
        (NumberType, _) when IsDuration(b) => (b, null, null),
        (_, NumberType) when IsDuration(a) => (a, null, null),
        _ => (null, $"{Fitting.Word(a)}与{Fitting.Word(b)}不能相乘", null),
    };

    private static (FeelType?, string?, string?) QuotientType(FeelType a, FeelType b) => (a, b) switch
    {
        (NumberType { Unit: { } x }, NumberType { Unit: { } y }) => (new NumberType(x.Per(y)), null, null),
        (NumberType, NumberType) => (FeelType.Number, null, null),
        (_, NumberType) when IsDuration(a) => (a, null, null),
        _ when IsDuration(a) && a == b => (FeelType.PureNumber, null, null),
        _ => (null, $"{Fitting.Word(a)}与{Fitting.Word(b)}不能相除", null),
    };

    private static (FeelType?, string?, string?) PowerType(FeelType a, Expr exponent)
    {
        if (a is not NumberType { Unit: var unit } || exponent.Type is not NumberType) return (null, null, null);
        if (Fitting.UnitOf(exponent.Type) is { IsNone: false } wrong)
            return (null, $"指数不能有单位（{wrong}）", "指数写成没有单位的数");
        if (unit is null or { IsNone: true }) return (Fitting.Plain(a), null, null);
        return exponent is Literal { Value: { IsNumber: true } power } && decimal.Truncate(power.Number) == power.Number
            ? (new NumberType(unit.Power((int)power.Number)), null, null)
            : (null, $"带单位（{unit}）的数只能取整数次方", null);
    }

    private Expr BindCompare(Span span, ComparisonOperator op, Expr left, Expr right)
    {
        var node = new Compare(span, op, left, right);
        if (!Strict) return Fold(node);
        if (Broken(node.Children)) return node;
        var forEquality = op is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
        return Comparability(left, right, forEquality) is var (code, problem, mend)
            ? Refuse(node, code, problem, mend) : Fold(node);
    }

    /// <summary>Why two operands can't be compared, or null.</summary>
    private static (string Code, string Problem, string? Mend)? Comparability(Expr left, Expr right, bool forEquality)
    {
        var (a, b) = (left.Type, right.Type);
        if (a is NullType || b is NullType)
            return ("feel.null", "不能与 null 比较：没有填写是“未知”，不是 null", "缺的数据会自动待补充，删去这个比较");
        if (a is NumberType && b is NumberType)
            return Fitting.Common(left, right) is not null ? null
                : ("feel.unit", $"单位不同，不能比较：{Show(a)}与{Show(b)}", MendUnits(left, right));
        if (a is StringType x && b is StringType y)
        {
            if (Disallowed(left, y) is { } one) return one;
            if (Disallowed(right, x) is { } other) return other;
            return forEquality ? null : ("feel.type", "文本不能比较大小", "用 = 或 in");
        }
        if (a != b)
            return ("feel.type", $"{Fitting.Word(a)}不能与{Fitting.Word(b)}比较",
                b is ListType or RangeType ? "判断在不在其中用 in" : null);
        var ordered = a is SimpleType { Kind: not ValueKind.Boolean };
        return forEquality || ordered ? null : ("feel.type", $"{Fitting.Word(a)}不能比较大小", null);
    }

    /// <summary>A literal that the enumeration on the other side doesn't have.</summary>
    private static (string, string, string?)? Disallowed(Expr literal, StringType enumeration)
    {
        if (!enumeration.IsEnumeration || literal is not Literal { Value: { Kind: ValueKind.String } text })
            return null;
        return enumeration.Allowed.Contains(text.Text) ? null
            : ("feel.value", $"“{text.Text}”不在可选值之中", $"可选：{string.Join("、", enumeration.Allowed)}");
    }

    private Expr BindBetween(BetweenSyntax between) => BindInRange(between.Span, Bind(between.Value),
        Bind(between.Low), true, Bind(between.High), true);

    private Expr BindInRange(Span span, Expr value, Expr? low, bool lowIncluded, Expr? high, bool highIncluded)
    {
        var node = new InRange(span, value, low, lowIncluded, high, highIncluded);
        if (!Strict || Broken(node.Children)) return node;
        foreach (var end in new[] { low, high })
            if (end is not null && Comparability(value, end, forEquality: false) is var (code, problem, mend))
                return Refuse(node, code, problem, mend);
        return Fold(node);
    }

    private Expr BindRange(RangeSyntax range)
    {
        var start = range.Start is null ? null : Bind(range.Start);
        var end = range.End is null ? null : Bind(range.End);
        var endpoint = start is null ? end!.Type : end is null ? start.Type : Fitting.Common(start, end);
        var node =
            new RangeLiteral(range.Span, new RangeType(endpoint ?? FeelType.Any), start, range.StartIncluded, end,
            range.EndIncluded);
        return endpoint is null ? Refuse(node, "feel.type", "区间的两端不是同一种值") : Fold(node);
    }

    private Expr BindIf(IfSyntax branch)
    {
        var condition = Bind(branch.Condition);
        if (Strict && condition.Type != FeelType.Boolean && condition is not Failure)
            Error("feel.type", condition.Span, $"if 的条件应为是否值，实为{Fitting.Word(condition.Type)}");
        var (then, otherwise) = (Bind(branch.Then), Bind(branch.Else));
        var type = Fitting.Common(then, otherwise);
        var node = new IfElse(branch.Span, type ?? FeelType.Any, condition, then, otherwise);
        if (type is not null) return node;
        return then.Type is NumberType && otherwise.Type is NumberType
            ? Refuse(node, "feel.unit", $"then 与 else 的单位不同：{Show(then.Type)}与{Show(otherwise.Type)}",
                MendUnits(then, otherwise))
            : Refuse(node, "feel.type",
                $"then 与 else 不是同一种值：{Fitting.Word(then.Type)}与{Fitting.Word(otherwise.Type)}", "两边写成同一种值");
    }
}
