using Zhida.Policy.Plans;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Population;

/// <summary>Draws a value for a fact: how it is spread. Read from population.txt by <see cref="SourceReader"/>.
/// </summary>
internal abstract class Source
{
    /// <summary>The columns of the same row that must be drawn before.</summary>
    public virtual IEnumerable<ColumnRef> Needs => [];

    public abstract Cell Draw(Making m);
}

/// <summary>Always the same value; or unknown.</summary>
internal sealed class Always(Cell cell) : Source
{
    public override Cell Draw(Making m) => cell;
}

/// <summary>One of several sources, by weight.</summary>
internal sealed class OneOf(IReadOnlyList<(Source Source, int Weight)> options) : Source
{
    private readonly Source[] _sources = [.. options.Select(o => o.Source)];
    private readonly int[] _upTo = Sums(options);

    public override IEnumerable<ColumnRef> Needs => _sources.SelectMany(s => s.Needs);

    public override Cell Draw(Making m)
    {
        var at = m.Draws.Below(_upTo[^1]);
        var i = 0;
        while (_upTo[i] <= at) i++;
        return _sources[i].Draw(m);
    }

    private static int[] Sums(IReadOnlyList<(Source, int Weight)> options)
    {
        var sum = 0;
        return [.. options.Select(o => sum += o.Weight)];
    }
}

/// <summary>A number between two, in steps; heavy-tailed where the ends are far apart.</summary>
internal sealed class NumberBetween(long least, long most, long step) : Source
{
    private readonly bool _heavy = least > 0 && most / least >= 4;

    public override Cell Draw(Making m)
    {
        var value = _heavy ? m.Draws.HeavyTailed(least, most) : m.Draws.Between(least, most);
        return Cell.Of(value - value % step);
    }
}

/// <summary>A number of another column times a ratio (in millionths), perhaps for the days of a year only.</summary>
internal sealed class Proportion(
    ColumnRef of, long least, long most, int scale, bool byDays, (long Least, long Most) range) : Source
{
    private const long Millionths = 1_000_000, DaysOfYear = 365;

    private readonly bool _heavy = least > 0 && most / least >= 4;
    private readonly Int128 _up = PlanBuilder.PowerOfTen(scale);
    private readonly Int128 _down = PlanBuilder.PowerOfTen(of.Scale) * Millionths;

    public override IEnumerable<ColumnRef> Needs => of.Row == RowOf.Self ? [of] : [];

    public override Cell Draw(Making m)
    {
        var ratio = _heavy ? m.Draws.HeavyTailed(least, most) : m.Draws.Between(least, most);
        var cell = of.Read(m);
        if (!cell.IsKnown) return Cell.Unknown;
        var value = (Int128)cell.Value * ratio * _up;
        value = byDays ? value * m.Days / (_down * DaysOfYear) : value / _down;
        return Cell.Of((long)Int128.Clamp(value, range.Least, range.Most));
    }
}

/// <summary>A day so many days after (or, negative, before) that of another column.</summary>
internal sealed class DaysFrom(ColumnRef of, long least, long most) : Source
{
    public override IEnumerable<ColumnRef> Needs => of.Row == RowOf.Self ? [of] : [];

    public override Cell Draw(Making m)
    {
        var days = m.Draws.Between(least, most);
        return of.Read(m) is { IsKnown: true } day ? Cell.Of(day.Value + days) : Cell.Unknown;
    }
}

/// <summary>One of many texts, each as likely: places, industries, lists.</summary>
internal sealed class AnyText(Cell[] texts) : Source
{
    public override Cell Draw(Making m) => texts[m.Draws.Below(texts.Length)];
}

/// <summary>A text with the subject's number in place of #.</summary>
internal sealed class Numbered(byte[] before, byte[] after) : Source
{
    public override Cell Draw(Making m)
    {
        var text = new TextBuilder(stackalloc byte[before.Length + after.Length + 20]);
        text.Add(before);
        text.Add(m.Number);
        text.Add(after);
        return m.Text(text.Bytes);
    }
}

/// <summary>Some of the words of a list (多选), joined; at times none.</summary>
internal sealed class SomeOf(Cell[] byMask) : Source
{
    /// <summary>The texts of all subsets of the words: one of few words is likelier than none.</summary>
    public static SomeOf Words(IReadOnlyList<string> words, Func<string, Cell> intern) =>
        new([.. Enumerable.Range(0, 1 << Math.Min(words.Count, 8)).Select(mask => intern(mask == 0
            ? TableLayout.EmptyList
            : string.Join(TableLayout.Separator, words.Where((_, i) => i < 8 && (mask >> i & 1) != 0))))]);

    public override Cell Draw(Making m) => byMask[m.Draws.Below(byMask.Length)];
}

/// <summary>What is settled before the subject's facts: 本地, 自己, 集团.</summary>
internal sealed class Settled(Func<Making, Cell> value) : Source
{
    public override Cell Draw(Making m) => value(m);
}

/// <summary>是 for so many in ten thousand of those who could be of 沈抚示范区, by their registration; else 否.</summary>
internal sealed class InZone(Places places, int inTenThousand) : Source
{
    public override Cell Draw(Making m) =>
        Cell.Of(m.County >= 0 && places.MayBeInZone(m.County) && m.Draws.Chance(inTenThousand));
}
