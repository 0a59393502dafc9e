using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Policy.Sql;

/// <summary>Numbers, dates and texts.</summary>
internal sealed partial class NodeWriter
{
    private const string SectionLetters = "'ABCDEFGHIJKLMNOPQRST'";

    private SqlText Arithmetic(Node node, SqlText[] operands) => node.Op switch
    {
        Op.Add => Combine(node, "+", SqlText.Sum, operands),
        Op.Subtract => Combine(node, "-", SqlText.Sum, operands),
        Op.Multiply => Combine(node, "*", SqlText.Product, operands),
        Op.Rescale when (int)node.Payload! == 0 => operands[0],
        Op.Rescale => Combine(node, "*", SqlText.Product,
            [operands[0], Number(PlanBuilder.PowerOfTen((int)node.Payload!))]),
        Op.Minimum => Extreme(node, operands, "least", "<="),
        Op.Maximum => Extreme(node, operands, "greatest", ">="),
        Op.Divide => Divide(node, operands[0], operands[1]),
        Op.NonZero => new SqlText($"nullif({operands[0].Text}, 0)", SqlText.Atom, operands[0].Wide),
        Op.Days => Days(operands[0], operands[1]),
        Op.WholeMonths => WholeMonths(operands[0], operands[1]),
        Op.AddDays => SqlDialect.AddDays(operands[0], operands[1]),
        Op.AddMonths => Dialect.AddMonths(operands[0], operands[1]),
        _ => throw new InvalidOperationException($"no SQL for {node.Op}"),
    };

    /// <summary>Wide as soon as the result is, so that nothing overflows on the way.</summary>
    private SqlText Combine(Node node, string word, int binding, SqlText[] operands)
    {
        var wide = _ranges.IsWide(node);
        if (wide && !operands[0].Wide && !operands[1].Wide) operands[0] = Widen(operands[0]);
        return new SqlText($"{operands[0].In(binding)} {word} {operands[1].After(binding)}", binding,
            operands[0].Wide || operands[1].Wide);
    }

    private SqlText Widen(SqlText number) => number.Wide ? number
        : new SqlText($"{number.In(SqlText.Atom)}::{Dialect.Wide}", SqlText.Atom, true);

    /// <summary>LEAST and GREATEST pass NULL over.</summary>
    private static SqlText Extreme(Node node, SqlText[] operands, string function, string order)
    {
        var (a, b) = (operands[0], operands[1]);
        var wide = a.Wide || b.Wide;
        if (!node.Children[0].MayBeUnknown && !node.Children[1].MayBeUnknown)
            return new SqlText($"{function}({a.Text}, {b.Text})", SqlText.Atom, wide);
        var other = order == "<=" ? ">" : "<";
        return SqlText.Case([(Infix(a, order, b), a), (Infix(a, other, b), b)], null, wide);
    }

    private SqlText Divide(Node node, SqlText dividend, SqlText divisor)
    {
        var mode = (DivideMode)node.Payload!;
        var ((low, _), (below, above)) = (_ranges.Of(node.Children[0]), _ranges.Dividend(node));
        var wide = dividend.Wide || divisor.Wide || NumberRanges.Bits(below, above) > 63;
        if (wide) dividend = Widen(dividend);
        var positive = Rounded(mode is DivideMode.HalfUp ? Rounding.Nearest
            : mode is DivideMode.Up or DivideMode.Ceiling ? Rounding.Away : Rounding.None, dividend);
        if (low >= 0 || mode == DivideMode.Down) return Narrow(node, positive);
        var minus = new SqlText($"-{dividend.In(SqlText.Atom)}", SqlText.Sum, dividend.Wide);
        var negative = Rounded(mode is DivideMode.HalfUp ? Rounding.Nearest
            : mode is DivideMode.Up or DivideMode.Floor ? Rounding.Away : Rounding.None, minus);
        return SqlText.Case([(Infix(dividend, "<", Number(0)), new SqlText($"-({negative.Text})", SqlText.Sum, wide))],
            Narrow(node, positive), wide);

        SqlText Rounded(Rounding rounding, SqlText number) => Dialect.Quotient(rounding == Rounding.None ? number
            : new SqlText($"{number.In(SqlText.Sum)} + {Addend(rounding)}", SqlText.Sum, number.Wide), divisor, wide);

        string Addend(Rounding rounding) => node.Children[1] is { Op: Op.Constant, Constant: Int128 constant }
            ? Number(rounding == Rounding.Nearest ? constant / 2 : constant - 1).Text
            : rounding == Rounding.Nearest ? Dialect.Quotient(divisor, Number(2), divisor.Wide).In(SqlText.Product)
            : $"{divisor.In(SqlText.Sum)} - 1";
    }

    private enum Rounding { None, Nearest, Away }

    /// <summary>Back to BIGINT where the quotient fits.</summary>
    private SqlText Narrow(Node node, SqlText number) => !number.Wide || _ranges.IsWide(node) ? number
        : new SqlText($"CAST({number.Text} AS BIGINT)", SqlText.Atom);

    private SqlText Days(SqlText first, SqlText last)
    {
        var between = Dialect.DaysBetween(first, last);
        return SqlText.Case(
        [
            (Infix(last, ">=", first), new SqlText($"{between.Text} + 1", SqlText.Sum)),
            (Infix(last, "<", first), new SqlText("0", SqlText.Atom)),
        ]);
    }

    /// <summary>A month is full on the same day of a later month, or on its last day where it has no such
    /// day.</summary>
    private SqlText WholeMonths(SqlText from, SqlText to)
    {
        var months = $"({Dialect.Year(to)} - {Dialect.Year(from)}) * 12 + {Dialect.Month(to)} - {Dialect.Month(from)}";
        string Short(SqlText a, SqlText b) => $"{Dialect.DayOfMonth(b)} < {Dialect.DayOfMonth(a)} AND " +
            $"{Dialect.Month(new SqlText($"{b.In(SqlText.Sum)} + 1", SqlText.Sum))} = {Dialect.Month(b)}";
        var correction = SqlText.Case(
        [
            (new SqlText($"{Infix(to, ">=", from)} AND {Short(from, to)}", SqlText.And), Number(-1)),
            (new SqlText($"{Infix(to, "<", from)} AND {Short(to, from)}", SqlText.And), Number(1)),
        ], Number(0));
        return new SqlText($"{months} + {correction.Text}", SqlText.Sum);
    }

    private SqlText OfText(Node node, SqlText[] operands)
    {
        var text = operands[0];
        switch (node.Op)
        {
            case Op.InSet when node.Payload is string[] { Length: 1 } only:
                return Infix(text, "=", new SqlText(SqlText.Quote(only[0]), SqlText.Atom));
            case Op.InSet:
                var values = (string[])node.Payload!;
                return values.Length == 0 ? Strictly(text, "FALSE")
                    : new SqlText($"{text.In(SqlText.Sum)} IN ({SqlText.Quoted(values)})", SqlText.Other);
            case Op.HasItem: return Dialect.HasItem(text, (string)node.Payload!);
            case Op.AnyIn: return node.Payload is string[] { Length: > 0 } any ? Dialect.AnyIn(text, any)
                : Strictly(text, "FALSE");
            case Op.AllIn: return node.Payload is string[] { Length: > 0 } all ? Dialect.AllIn(text, all)
                : Infix(text, "=", new SqlText("''", SqlText.Atom));
            case Op.Within: return Within(node.Children[0], text, (string)node.Payload!);
            case Op.Concat:
                return new SqlText(string.Join(" || ", operands.Select(o => o.After(SqlText.Other))), SqlText.Other);
            case Op.Substring:
                var (start, length) = ((int, int))node.Payload!;
                return new SqlText($"substr({text.Text}, {start}, {length})", SqlText.Atom);
            case Op.NumberText: return new SqlText($"CAST({text.Text} AS TEXT)", SqlText.Atom);
            case Op.IndustryGroup:
                var digits = $"ltrim({text.Text}, {SectionLetters})";
                return SqlText.Case([(new SqlText($"length({digits}) >= 3", SqlText.Comparison),
                    new SqlText($"CAST(substr({digits}, 1, 3) AS BIGINT)", SqlText.Atom))]);
            default:
                Views.UseLpr();
                return new SqlText($"(SELECT CASE {operands[1].Text} WHEN '{LprTable.OneYear}' THEN 利率.一年期 " +
                    $"WHEN '{LprTable.FiveYears}' THEN 利率.五年期以上 END\n   FROM {FactViews.Lpr} AS 利率 WHERE " +
                    $"{text.Text} BETWEEN 利率.首日 AND 利率.末日)", SqlText.Atom);
        }
    }

    private static SqlText Strictly(SqlText operand, string value) => SqlText.Case(
        [(new SqlText(operand.In(SqlText.Other) + " IS NOT NULL", SqlText.Is), new SqlText(value, SqlText.Atom))]);

    /// <summary>属于, for the codes that a fact may hold.</summary>
    private SqlText Within(Node node, SqlText code, string prefix)
    {
        if (CodeKind(node) == FactKind.Industry) return WithinIndustry(code, prefix);
        var zone = new SqlText($"{code.In(SqlText.Sum)} = '{Divisions.Zone}'", SqlText.Comparison);
        if (prefix == Divisions.Zone) return zone;
        var begins = Begins(code.Text, DivisionPrefix(prefix));
        // No place to be registered in: only a derived fact can be the zone.
        return node.Op == Op.Fact || DivisionPrefix(prefix) != "21" ? begins : SqlText.Join(false, [begins, zone]);
    }

    /// <summary>210000 becomes 21, 210100 becomes 2101.</summary>
    private static string DivisionPrefix(string place)
    {
        if (place.Length != 6) return place;
        while (place.Length > 2 && place.EndsWith("00", StringComparison.Ordinal)) place = place[..^2];
        return place;
    }

    private SqlText WithinIndustry(SqlText code, string prefix)
    {
        if (!char.IsAsciiLetterUpper(prefix[0]))
        {
            var letter = prefix.Length >= 2 ? reference.Industries.Section(prefix.AsSpan(0, 2)) : null;
            return letter is null ? Begins($"ltrim({code.Text}, {SectionLetters})", prefix)
                : SqlText.Join(false, [Begins(code.Text, prefix), Begins(code.Text, letter + prefix)]);
        }
        if (prefix.Length > 2)
            return SqlText.Join(false, [Begins(code.Text, prefix), Begins(code.Text, prefix[1..])]);
        string[] divisions = [.. reference.Industries.All
            .Where(i => i.Level == 2 && i.Code.StartsWith(prefix, StringComparison.Ordinal)).Select(i => i.Code[1..])
            .Order(StringComparer.Ordinal)];
        return SqlText.Join(false, [Begins(code.Text, prefix),
            new SqlText($"substr({code.Text}, 1, 2) IN ({SqlText.Quoted(divisions)})", SqlText.Other)]);
    }

    private static SqlText Begins(string code, string prefix) =>
        new($"starts_with({code}, {SqlText.Quote(prefix)})", SqlText.Atom);

    /// <summary>What kind of code a text is: that of the facts it comes from; null: of none, or of several.</summary>
    public static FactKind? CodeKind(Node node) => node.Op switch
    {
        Op.Fact => ((Fact)node.Payload!).Kind is (FactKind.Division or FactKind.Industry) and var kind ? kind : null,
        Op.Lift => CodeKind(node.Children[0]),
        Op.If when node.Children[1].Op == Op.Constant => CodeKind(node.Children[2]),
        Op.If when node.Children[2].Op == Op.Constant => CodeKind(node.Children[1]),
        Op.If => CodeKind(node.Children[1]) is { } one && CodeKind(node.Children[2]) == one ? one : null,
        _ => null,
    };

    /// <summary>What is computed over the pairs of a row: a query of its own.</summary>
    private SqlText Over(Node node, RowPath path, SqlRow row)
    {
        var pairs = (PairDomain)node.Payload!;
        if (!Views.Has(pairs.Children.Object))
            return node.Op switch
            {
                Op.Count => new SqlText("0::BIGINT", SqlText.Atom),
                Op.Some => SqlText.False,
                Op.Every => SqlText.True,
                _ => SqlText.Null(node.Type),
            };
        var inner = new PairRow(this, row, path, pairs);
        if (node.Op == Op.Some && node.Children[0].IsTrue)
            return new SqlText($"EXISTS (SELECT 1 FROM {SqlText.Indent(inner.From, 2)})", SqlText.Atom);
        var each = Write(node.Children[0], RowPath.Here, inner);
        var cast = node.Type == NodeType.Number && node.Op == Op.Sum && !_ranges.IsWide(node);
        var result = node.Op switch
        {
            Op.Count => "count(*)",
            Op.Some when !node.MayBeUnknown => "coalesce(bool_or(值), FALSE)",
            Op.Some => "CASE WHEN bool_or(值) THEN TRUE WHEN count(*) > count(值) THEN NULL ELSE FALSE END",
            Op.Every => "CASE WHEN NOT bool_and(值) THEN FALSE WHEN count(*) > count(值) THEN NULL ELSE TRUE END",
            _ => $"CASE WHEN count(*) = count(值) THEN {node.Op switch
            {
                Op.Sum => "sum", Op.Least => "min", _ => "max",
            }}(值) END",
        };
        var text = $"(SELECT {(cast ? $"CAST({result} AS BIGINT)" : result)}\n   FROM (SELECT " +
            $"{SqlText.Indent(each.Text, 17)} AS 值\n         FROM {SqlText.Indent(inner.From, 9)}) AS 各笔)";
        return new SqlText(text, SqlText.Atom, node.Op == Op.Sum ? !cast : each.Wide);
    }
}
