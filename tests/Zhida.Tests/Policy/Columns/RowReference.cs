using Zhida.Feel.Values;
using Zhida.Policy.Batch;
using Zhida.Policy.Columns;
using Zhida.Policy.Deciding;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Policy.Columns;

/// <summary>A row of a domain: an object, a line of one, or a pair.</summary>
/// <param name="Index">The row of the object; of a pair, of the child.</param>
internal sealed record Row(Domain Domain, int Index, Period Period = default, Row? Outer = null, int Order = 0);

/// <summary>The value of a node in one row, in the plainest way.</summary>
internal sealed class RowReference(Chunk chunk, NodeEvaluator cells)
{
    /// <summary>All rows of a domain in their order.</summary>
    public IEnumerable<Row> Rows(Domain domain) => domain switch
    {
        LineDomain lines => Rows(lines.Objects).SelectMany(o => Lines(lines, o)),
        PairDomain pairs => Rows(pairs.Outer).SelectMany(outer => Pairs(pairs, outer)),
        _ => Enumerable.Range(0, chunk.Tables[domain.Object].Count).Select(i => new Row(domain, i)),
    };

    private IEnumerable<Row> Lines(LineDomain lines, Row row)
    {
        var (first, last) = (Eval(lines.First, row), Eval(lines.Last, row));
        var days = Value.Of(new FeelRange(Day(first), true, Day(last), true));
        var periods = new List<Period>();
        LineCutter.Cut(periods, lines.Kind, days, default, lines.Issued is { } issued ? Value.OfDate(issued) : default);
        return periods.Select((p, order) => new Row(lines, row.Index, p, null, order));
    }

    private static Value Day(Cell cell) =>
        cell.IsKnown ? Value.OfDate((long)cell.Number) : Value.Unknown(new FailedCause(default, ""));

    private IEnumerable<Row> Pairs(PairDomain pairs, Row outer)
    {
        var owner = pairs.Path.Aggregate((Row?)outer, (row, hop) => row is null ? null : Follow(row, hop));
        if (owner is null) yield break;
        var table = chunk.Tables[pairs.Children.Object];
        for (var child = 0; child < table.Count; child++)
        {
            var to = pairs.Reference < 0 ? table.Subject[child] : table.References[pairs.Reference][child];
            if (to == owner.Index && !Bits.Get(table.Virtual, child))
                yield return new Row(pairs, child, default, outer);
        }
    }

    private Row? Follow(Row row, Hop hop)
    {
        var table = chunk.Tables[hop.From.Object];
        return hop.Kind switch
        {
            HopKind.Object or HopKind.Child => new Row(hop.To, row.Index),
            HopKind.Subject => new Row(hop.To, table.Subject[row.Index]),
            HopKind.Outer => row.Outer!,
            _ => table.References[hop.Reference][row.Index] is >= 0 and var to ? new Row(hop.To, to) : null,
        };
    }

    public Cell Eval(Node node, Row row)
    {
        switch (node.Op)
        {
            case Op.Fact: return Fact((Fact)node.Payload!, row);
            case Op.LineYear: return row.Period.Year is { } year ? Cell.Of((Int128)year) : Cell.Unknown;
            case Op.LineFirst: return row.Period.FirstDay is { } first ? Cell.Of((Int128)first) : Cell.Unknown;
            case Op.LineLast: return row.Period.LastDay is { } last ? Cell.Of((Int128)last) : Cell.Unknown;
            case Op.ReferenceKnown:
                return Cell.Of(chunk.Tables[row.Domain.Object].References[(int)node.Payload!][row.Index] >= 0);
            case Op.ListKnown: return Cell.Of(IsListKnown((ChildList)node.Payload!, row));
            case Op.Lift:
                return Follow(row, (Hop)node.Payload!) is { } to ? Eval(node.Children[0], to) : Cell.Unknown;
            case Op.Sum or Op.Least or Op.Most or Op.Count or Op.Some or Op.Every:
                return Over(node, [.. Pairs((PairDomain)node.Payload!, row).Select(p => Eval(node.Children[0], p))]);
            default: return cells.Apply(node, [.. node.Children.Select(c => Eval(c, row))]);
        }
    }

    private static Cell Over(Node node, List<Cell> each)
    {
        switch (node.Op)
        {
            case Op.Count: return Cell.Of((Int128)each.Count(c => c.IsTrue));
            case Op.Some:
                return each.Exists(c => c.IsTrue) ? Cell.True
                    : each.Exists(c => !c.IsKnown) ? Cell.Unknown : Cell.False;
            case Op.Every:
                return each.Exists(c => c.IsFalse) ? Cell.False
                    : each.Exists(c => !c.IsKnown) ? Cell.Unknown : Cell.True;
        }
        if (each.Count == 0 || each.Exists(c => !c.IsKnown)) return Cell.Unknown;
        var numbers = each.Select(c => c.Number).ToList();
        return Cell.Of(node.Op == Op.Sum ? numbers.Aggregate((a, b) => a + b)
            : node.Op == Op.Least ? numbers.Min() : numbers.Max());
    }

    private bool IsListKnown(ChildList list, Row owner)
    {
        var (owners, children) = (chunk.Tables[owner.Domain.Object], chunk.Tables[list.Children.Object]);
        if (Bits.Get(owners.Virtual, owner.Index)) return false;
        var subject = owners.Subject[owner.Index];
        return Enumerable.Range(0, children.Count).Where(c => children.Subject[c] == subject).All(c =>
            !Bits.Get(children.Virtual, c) && (list.Reference < 0 ||
                list.Children.Object.References[list.Reference].Optional ||
                children.References[list.Reference][c] >= 0));
    }

    private Cell Fact(Fact fact, Row row)
    {
        var table = chunk.Tables[fact.Object];
        if (!fact.Yearly) return table.Facts.TryGetValue(fact, out var column) ? At(column, row.Index) : Cell.Unknown;
        if (row.Period.Year is { } year) return OfYear(fact, row.Index, year);
        var lines = (LineDomain)row.Domain;
        if (fact.Kind != FactKind.Money || row.Period is not { FirstDay: { } from, LastDay: { } to })
            return Cell.Unknown;
        var owner = new Row(lines.Objects, row.Index);
        var (first, last) = (Eval(lines.First, owner).Number, Eval(lines.Last, owner).Number);
        var sum = Cell.Of((Int128)0);
        for (var y = FeelDate.ToDateOnly(from).Year; y <= FeelDate.ToDateOnly(to).Year; y++)
        {
            var value = OfYear(fact, row.Index, y);
            if (!value.IsKnown || Int128.Max(first, FeelDate.FromCivil(y, 1, 1)) < from ||
                Int128.Min(last, FeelDate.FromCivil(y, 12, 31)) > to) return Cell.Unknown;
            sum = Cell.Of(sum.Number + value.Number);
        }
        return sum;
    }

    private Cell OfYear(Fact fact, int owner, int year)
    {
        var years = chunk.Tables[fact.Object].Years!;
        for (var i = years.First[owner]; i < years.First[owner + 1]; i++)
            if (years.Year[i] == year) return At(years.Facts[fact], i);
        return Cell.Unknown;
    }

    private static Cell At(FactColumn column, int row) => !Bits.Get(column.Known, row) ? Cell.Unknown : column switch
    {
        FlagColumn flags => Cell.Of(Bits.Get(flags.Bits, row)),
        NumberColumn numbers => Cell.Of((Int128)numbers.Values[row]),
        DateColumn dates => Cell.Of((Int128)dates.Days[row]),
        _ => Cell.Of(((TextColumn)column).Pool[((TextColumn)column)[row]]),
    };

    /// <summary>The code of a line's period.</summary>
    public static int PeriodOf(Row row) => PeriodCode.Of(row.Period.Name);
}
