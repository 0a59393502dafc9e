using System.Globalization;
using System.Text;
using Zhida.Feel.Types;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Population;

/// <summary>Turns the words of population.txt into sources; the words are explained there. What can't be read is a
/// mistake in that file, which belongs to the program: it throws.</summary>
internal sealed class SourceReader(
    Places places, Industries industries, TableShape subject, IReadOnlyDictionary<string, string> defaults,
    Func<string, Cell> intern)
{
    private const decimal Millionths = 1_000_000m;

    /// <param name="words">How the fact is spread; null: as facts of its kind are.</param>
    /// <param name="fact">The fact.</param>
    /// <param name="self">The table that it is in.</param>
    /// <param name="owner">For a year's fact, the table of its object.</param>
    public Source Read(string? words, Fact fact, TableShape self, TableShape? owner = null)
    {
        if (words is null && !defaults.TryGetValue(fact.Name, out words) &&
            !defaults.TryGetValue(FactKinds.WordOf(fact.Kind), out words))
            words = "任意";
        var options = new List<(Source, int)>();
        foreach (var option in words.Split('|', StringSplitOptions.TrimEntries))
        {
            var star = option.LastIndexOf('*');
            var weight = star < 0 ? 1 : int.Parse(option.AsSpan(star + 1), CultureInfo.InvariantCulture);
            options.Add((Term((star < 0 ? option : option[..star]).Trim(), fact, self, owner), weight));
        }
        return options is [var (only, _)] ? only : new OneOf(options);
    }

    private Source Term(string term, Fact fact, TableShape self, TableShape? owner)
    {
        if (term == "未知") return new Always(Cell.Unknown);
        if (fact.Type is NumberType) return Number(term, fact, self, owner);
        return fact.Kind switch
        {
            FactKind.Date => Date(term, fact, self, owner),
            FactKind.Boolean when term == "任意" => new OneOf([(Yes(true), 1), (Yes(false), 1)]),
            FactKind.Boolean when term.StartsWith("示范区 ", StringComparison.Ordinal) =>
                new InZone(places, int.Parse(term.AsSpan(4), CultureInfo.InvariantCulture)),
            FactKind.Boolean when term is "是" or "否" => Yes(term == "是"),
            FactKind.Division => Place(term),
            FactKind.Industry => Industry(term),
            FactKind.CreditCode => new Settled(m => m.CreditCode),
            FactKind.Choices or FactKind.Names => List(term, fact),
            FactKind.Enumeration => Word(term, fact),
            FactKind.Text => Text(term, fact),
            _ => throw Bad(term, fact),
        };
    }

    private static Always Yes(bool yes) => new(Cell.Of(yes));

    private Source Text(string term, Fact fact)
    {
        if (term == "自己") return new Settled(m => m.CreditCode);
        if (term == "集团") return new Settled(m => m.GroupCode);
        if (term == "任意")
            return new AnyText([.. Enumerable.Range(1, 20).Select(i => intern($"{fact.Name}{i}（合成）"))]);
        var hash = term.IndexOf('#');
        return hash < 0 ? new Always(intern(term))
            : new Numbered(Encoding.UTF8.GetBytes(term[..hash]), Encoding.UTF8.GetBytes(term[(hash + 1)..]));
    }

    private Source Word(string term, Fact fact)
    {
        var allowed = ((StringType)fact.Type).Allowed;
        if (term == "任意") return new AnyText([.. allowed.Select(intern)]);
        return allowed.Contains(term) ? new Always(intern(term)) : throw Bad(term, fact);
    }

    private Source List(string term, Fact fact)
    {
        IReadOnlyList<string>? allowed =
            ((ListType)fact.Type).Item is StringType { IsEnumeration: true } item ? item.Allowed : null;
        if (term == "任意") return SomeOf.Words(allowed ?? ["甲", "乙", "丙"], intern);
        var words = term == TableLayout.EmptyList ? [] : term.Split('、');
        if (allowed is not null && words.FirstOrDefault(w => !allowed.Contains(w)) is { } word) throw Bad(word, fact);
        return new Always(intern(words.Length == 0 ? term : string.Join(TableLayout.Separator, words)));
    }

    private Source Place(string term) => term switch
    {
        "本地" => new Settled(m => m.Home),
        "省外" => new AnyText(places.Elsewhere),
        "省内" => new AnyText(places.Counties),
        _ => new AnyText(places.Within(term)),
    };

    private AnyText Industry(string term) => new([.. industries.All
        .Where(i => i.Level == 4 && i.Code.StartsWith(term == "任意" ? "" : term, StringComparison.Ordinal))
        .OrderBy(i => i.Code, StringComparer.Ordinal).Select(i => intern(i.Code[1..]))]);

    private Source Date(string term, Fact fact, TableShape self, TableShape? owner)
    {
        var sign = term.IndexOfAny(['+', '-']);
        if (sign > 0 && !char.IsAsciiDigit(term[0]))
        {
            var (first, last) = Ends(term[(sign + 1)..]);
            long least = (long)Quantity(first, fact), most = (long)Quantity(last, fact);
            var of = Column(term[..sign], fact, self, owner);
            return term[sign] == '+' ? new DaysFrom(of, least, most) : new DaysFrom(of, -most, -least);
        }
        if (term == "任意") throw Bad(term, fact);
        var (from, to) = Ends(term);
        return new NumberBetween(Day(from), Day(to), 1);
    }

    private static long Day(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber - Days.Epoch;

    private Source Number(string term, Fact fact, TableShape self, TableShape? owner)
    {
        var scale = TableLayout.ScaleOf(fact.Kind);
        var range = RangeOf(fact, scale);
        var sign = term.IndexOfAny(['×', '~']);
        if (sign > 0)
        {
            var (first, last) = Ends(term[(sign + 1)..]);
            return new Proportion(Column(term[..sign], fact, self, owner),
                (long)(Quantity(first, fact) * Millionths), (long)(Quantity(last, fact) * Millionths), scale,
                term[sign] == '~', range);
        }
        var (from, to) = Ends(term);
        long least = Scaled(Quantity(from, fact), scale), most = Scaled(Quantity(to, fact), scale);
        least = Math.Clamp(least, range.Least, range.Most);
        most = Math.Clamp(most, range.Least, range.Most);
        if (least == most) return new Always(Cell.Of(least));
        // People write round numbers: a hundred steps up to the lower end.
        return new NumberBetween(least, most, Math.Max(1, least / 100));
    }

    /// <summary>What the dictionary allows, in steps of the scale.</summary>
    private static (long Least, long Most) RangeOf(Fact fact, int scale)
    {
        var type = (NumberType)fact.Type;
        var most = type.Maximum ?? (fact.Kind == FactKind.Money ? FactsReader.MostMoney : 1_000_000m);
        return (Scaled(type.Minimum ?? 0, scale), Scaled(most, scale));
    }

    private static long Scaled(decimal number, int scale)
    {
        for (; scale > 0; scale--) number *= 10;
        return (long)number;
    }

    private static (string First, string Last) Ends(string term) =>
        term.Split("..", StringSplitOptions.TrimEntries) is [var first, var last] ? (first, last) : (term, term);

    private static decimal Quantity(string text, Fact fact)
    {
        var (digits, factor) = text switch
        {
            [.. var d, '万'] => (d, 10_000m),
            [.. var d, '亿'] => (d, 100_000_000m),
            [.. var d, '%'] => (d, 0.01m),
            _ => (text, 1m),
        };
        return decimal.TryParse(digits, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? number * factor : throw Bad(text, fact);
    }

    private ColumnRef Column(string name, Fact fact, TableShape self, TableShape? owner)
    {
        if (name.StartsWith("主体.", StringComparison.Ordinal) && self != subject)
            return Of(RowOf.Subject, subject, name[3..]) ?? throw Bad(name, fact);
        return Of(RowOf.Self, self, name) ?? (owner is null ? null : Of(RowOf.Owner, owner, name))
            ?? throw Bad(name, fact);
    }

    private static ColumnRef? Of(RowOf row, TableShape shape, string name)
    {
        for (var i = 0; i < shape.Width; i++)
            if (shape.Layout.Columns[i] is { Role: ColumnRole.Fact, Fact: { } found } column && column.Name == name)
                return new ColumnRef(row, i, TableLayout.ScaleOf(found.Kind));
        return null;
    }

    private static InvalidOperationException Bad(string term, Fact fact) =>
        new($"population.txt: “{term}” can't be read for {fact.Path}");
}
