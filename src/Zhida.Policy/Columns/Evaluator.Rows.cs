using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>What is read from the chunk: facts, lines, references, lists of children.</summary>
internal sealed partial class Evaluator
{
    private Vec Fact(Node node, Fact fact, Rows rows)
    {
        if (fact.Yearly) return YearFact(node, fact, rows);
        if (Chunk.Table(node.Domain!)?.ColumnOf(fact) is not { } column) return Unknown(node, rows);
        var whole = VecOf(column, rows.Index is null ? rows.Count : Chunk.Table(node.Domain!)!.Count);
        return rows.Index is { } index ? Pick(whole, index, rows, null) : whole;
    }

    private Vec VecOf(FactColumn column, int count)
    {
        var known = IsAll(column.Known, count) ? null : column.Known;
        return column switch
        {
            FlagColumn flags => new BoolVec(flags.Bits, known),
            NumberColumn numbers => new NumberVec(numbers.Values, count, known),
            DateColumn dates => new NumberVec(dates.Days, count, known),
            ByteColumn bytes => new TextVec(SpaceOf(bytes.Pool), bytes.Codes, known),
            ShortColumn shorts => new TextVec(SpaceOf(shorts.Pool), shorts.Codes, known),
            IntColumn ints => new TextVec(new PoolSpace(ints.Pool, false), ints.Codes, known),
            _ => throw new InvalidOperationException($"no column of {column.GetType().Name}"),
        };
    }

    private static bool IsAll(ulong[] bits, int rows) =>
        !bits.AsSpan(0, rows >> 6).ContainsAnyExcept(ulong.MaxValue) &&
        ((rows & 63) == 0 || bits[rows >> 6] == (1UL << (rows & 63)) - 1);

    private NumberVec LineYear(LineDomain domain, Rows rows)
    {
        var (cut, longs, known) = (Chunk.CutOf(domain), rows.Arena.Longs(rows.Count), rows.Arena.Bits(rows.Count));
        known.AsSpan(0, rows.Words).Clear();
        for (var i = 0; i < rows.Count; i++)
        {
            longs[i] = cut.Period[i];
            if (longs[i] > 0) Bits.Set(known, i);
        }
        return new NumberVec(longs, rows.Count, known);
    }

    private BoolVec ReferenceKnown(int reference, Rows rows)
    {
        var (to, bits) = (Chunk.Table(rows.Domain)!.References[reference], rows.Arena.Bits(rows.Count));
        bits.AsSpan(0, rows.Words).Clear();
        for (var i = 0; i < rows.Count; i++)
            if (to[rows.Index is { } index ? index[i] : i] >= 0) Bits.Set(bits, i);
        return new BoolVec(bits, null);
    }

    /// <summary>A list is known where its owner is and all the subject's children are, and say to whom they belong.
    /// </summary>
    private BoolVec ListKnown(ObjectDomain owner, ChildList list, Rows rows)
    {
        var bits = rows.Arena.Bits(rows.Count);
        bits.AsSpan(0, rows.Words).Clear();
        if (Chunk.Table(owner) is not { } owners || Chunk.Table(list.Children) is not { } children)
            return new BoolVec(bits, null);
        var mustRefer = list.Reference >= 0 && !list.Children.Object.References[list.Reference].Optional;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows.Index is { } index ? index[i] : i;
            var known = !Bits.Get(owners.Virtual, row);
            var subject = owners.Subject[row];
            for (var child = children.First[subject]; known && child < children.First[subject + 1]; child++)
                known = !Bits.Get(children.Virtual, child) &&
                    !(mustRefer && children.References[list.Reference][child] < 0);
            if (known) Bits.Set(bits, i);
        }
        return new BoolVec(bits, null);
    }

    /// <summary>A year's fact: that of the line's calendar year; of another period the sum of the whole years it holds.
    /// </summary>
    private Vec YearFact(Node node, Fact fact, Rows rows)
    {
        var lines = (LineDomain)node.Domain!;
        if (Chunk.Table(lines) is not { Years: { } years } || years.Facts.GetValueOrDefault(fact) is not { } column)
            return Unknown(node, rows);
        if (lines.Kind != PeriodKind.CalendarYear)
            return fact.Type is NumberType ? SumOfYears(lines, years, (NumberColumn)column, rows) : Unknown(node, rows);
        var cut = Chunk.CutOf(lines);
        var (at, known) = (rows.Arena.Ints(rows.Count), rows.Arena.Bits(rows.Count));
        known.AsSpan(0, rows.Words).Clear();
        for (var i = 0; i < rows.Count; i++)
        {
            var line = rows.Index is { } index ? index[i] : i;
            var found = years.Count == 0 ? -1 : Find(years, cut.Object[line], cut.Period[line]);
            at[i] = Math.Max(0, found);
            if (found >= 0) Bits.Set(known, i);
        }
        return years.Count == 0 ? Unknown(node, rows) : Pick(VecOf(column, years.Count), at, rows, known);
    }

    /// <summary>The row of an owner's year; −1: none.</summary>
    private static int Find(YearTable years, int owner, int year)
    {
        for (var row = years.First[owner]; row < years.First[owner + 1]; row++)
            if (years.Year[row] == year) return row;
        return -1;
    }

    private NumberVec SumOfYears(LineDomain lines, YearTable years, NumberColumn column, Rows rows)
    {
        var objects = Chunk.Whole(lines.Objects);
        var (accrualFirst, accrualLast) = (Number(lines.First, objects), Number(lines.Last, objects));
        var cut = lines.Cuts ? Chunk.CutOf(lines) : null;
        var (first, last) = cut is null ? (accrualFirst, accrualLast) : (cut.First, cut.Last);
        var (sums, known) = (rows.Arena.Longs(rows.Count), rows.Arena.Bits(rows.Count));
        known.AsSpan(0, rows.Words).Clear();
        for (var i = 0; i < rows.Count; i++)
        {
            var line = rows.Index is { } index ? index[i] : i;
            var owner = cut is null ? line : cut.Object[line];
            sums[i] = 0;
            if (Day(accrualFirst, owner) is { } from && Day(accrualLast, owner) is { } to &&
                Day(first, line) is { } start && Day(last, line) is { } end &&
                TrySum(years, column, owner, (from, to), (start, end), out sums[i])) Bits.Set(known, i);
        }
        return new NumberVec(sums, rows.Count, known);
    }

    private static long? Day(NumberVec days, int row) =>
        days.Known is null || Bits.Get(days.Known, row) ? (long)days[row] : null;

    private static bool TrySum(YearTable years, NumberColumn column, int owner, (long From, long To) accrual,
        (long First, long Last) period, out long sum)
    {
        sum = 0;
        var end = FeelDate.ToDateOnly(period.Last).Year;
        for (var year = FeelDate.ToDateOnly(period.First).Year; year <= end; year++)
        {
            var row = Find(years, owner, year);
            if (row < 0 || !Bits.Get(column.Known, row) ||
                Math.Max(accrual.From, FeelDate.FromCivil(year, 1, 1)) < period.First ||
                Math.Min(accrual.To, FeelDate.FromCivil(year, 12, 31)) > period.Last) return false;
            sum = checked(sum + column.Values[row]);
        }
        return true;
    }

    /// <summary>Sum, Least, Most, Count, Some, Every over the pairs of each row.</summary>
    private Vec OverPairs(Node node, Rows rows)
    {
        var pairs = Chunk.Pairs((PairDomain)node.Payload!, rows);
        var first = pairs.Pair!.Value.First;
        if (node.Op == Op.Count && node.Children[0].IsTrue)
        {
            var counts = rows.Arena.Longs(rows.Count);
            for (var i = 0; i < rows.Count; i++) counts[i] = first[i + 1] - first[i];
            return new NumberVec(counts, rows.Count, null);
        }
        var each = Eval(node.Children[0], pairs);
        return node.Op is Op.Some or Op.Every ? AnyOrAll(node.Op == Op.Every, (BoolVec)each, first, rows)
            : Total(node.Op, each, first, rows);
    }

    private static BoolVec AnyOrAll(bool every, BoolVec each, int[] first, Rows rows)
    {
        var (holds, known) = (rows.Arena.Bits(rows.Count), rows.Arena.Bits(rows.Count));
        holds.AsSpan(0, rows.Words).Clear();
        known.AsSpan(0, rows.Words).Clear();
        for (var i = 0; i < rows.Count; i++)
        {
            var (sure, decided) = (true, false);
            for (var n = first[i]; n < first[i + 1] && !decided; n++)
            {
                var isKnown = each.Known is null || Bits.Get(each.Known, n);
                sure &= isKnown;
                decided = isKnown && Bits.Get(each.Holds, n) != every;
            }
            if (decided || sure) Bits.Set(known, i);
            if (decided ? !every : sure && every) Bits.Set(holds, i);
        }
        return new BoolVec(holds, known);
    }

    private static NumberVec Total(Op op, Vec each, int[] first, Rows rows)
    {
        var (wides, known) = (rows.Arena.Wides(rows.Count), rows.Arena.Bits(rows.Count));
        known.AsSpan(0, rows.Words).Clear();
        for (var i = 0; i < rows.Count; i++)
        {
            wides[i] = 0;
            // A count of truths is never unknown; the others are where a value is, or where there is none.
            var sure = op == Op.Count || first[i] < first[i + 1];
            for (var n = first[i]; n < first[i + 1] && sure; n++)
            {
                var cell = CellOf(each, n);
                if (op == Op.Count)
                {
                    if (cell.IsTrue) wides[i]++;
                }
                else if (!cell.IsKnown) sure = false;
                else if (n == first[i]) wides[i] = cell.Number;
                else wides[i] = op switch
                {
                    Op.Sum => checked(wides[i] + cell.Number),
                    Op.Least => Int128.Min(wides[i], cell.Number),
                    _ => Int128.Max(wides[i], cell.Number),
                };
            }
            if (sure) Bits.Set(known, i);
        }
        return Narrowed(wides, known, rows);
    }
}
