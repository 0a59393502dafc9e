using Zhida.Evaluation.Reports;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;

namespace Zhida.Tests.Evaluation.Reports;

/// <summary>The report on reasons, from a table of which every number is known.</summary>
public sealed class WhyTests
{
    private static readonly RunContext Context = RunContexts.Demo;

    private static readonly WhyHead Head =
        new("若干政策举措", "层 liaoning-2026-demo", new DateOnly(2026, 6, 30), Preview: true, "0123abcd");

    [Fact]
    public void Numbers_add_up()
    {
        var tally = Some();
        var reasons = WhyReport.Of(tally);
        Assert.Equal(tally.Due, reasons.Sum(r => r.Due.Lines));
        Assert.Equal(tally.Undecided, reasons.Sum(r => r.Undecided));
        Assert.Equal(tally.NotDue, reasons.Sum(r => r.Failed));
        Assert.Equal(tally.Fen, reasons.Aggregate((Int128)0, (sum, r) => sum + r.Due.Fen));
        foreach (var item in reasons)
        {
            Assert.Equal(item.Due.Lines, item.Cities.Sum(c => c.Due.Lines));
            Assert.Equal(item.Failed, item.Conditions.Sum(c => c.Failed));
            Assert.Equal(item.Near, item.Conditions.Sum(c => c.Near));
            Assert.Equal(item.Lines, item.Cities.Sum(c => c.Due.Lines + c.Undecided + c.Failed));
            Assert.All(item.Conditions, c => Assert.InRange(c.Near, 0, c.Failed));
            Assert.All(item.Conditions, c => Assert.InRange(c.Gap?.Lines ?? 0, 0, c.Near));
        }
    }

    [Fact]
    public void Facts_are_counted_one_by_one()
    {
        var item = WhyReport.Of(Some()).Single(r => r.Undecided > 0);
        Assert.Equal([("主体.注册地", 3), ("主体.从业人员", 2)], item.Missing);
    }

    [Fact]
    public void Quartiles_are_those_of_the_lines()
    {
        var gap = Assert.Single(
            WhyReport.Of(Some()).SelectMany(r => r.Conditions).Select(c => c.Gap).OfType<Quartiles>());
        Assert.Equal((7, "2", "4", "9"), (gap.Lines, Digits(gap.Low), Digits(gap.Middle), Digits(gap.High)));
    }

    [Theory]
    [InlineData(9_999, 9_999)]
    [InlineData(30_000, 30_000)]
    [InlineData(123_449, 123_400)]
    [InlineData(123_450, 123_500)]
    [InlineData(99_995, 100_000)]
    [InlineData(LineSink.NoGap, LineSink.NoGap)]
    public void Gaps_keep_four_digits(long gap, long kept)
    {
        var builder = new BlockBuilder(Context);
        builder.CountNearMiss(0, 0, 0, gap);
        Assert.Equal(kept, Assert.Single(builder.Take(0, 1).Near).Gap);
    }

    [Fact]
    public void The_page_is_as_it_was_looked_at()
    {
        var tally = Some();
        var page = WhyPage.Of(Head, tally, WhyReport.Of(tally));
        foreach (var outside in new[] { "<script", "http", " style=", " src=", "@import", "url(" })
            Assert.DoesNotContain(outside, page);
        var golden = Repository.PathOf("tests/Zhida.Tests/Evaluation/Reports/why.golden.html");
        if (Environment.GetEnvironmentVariable("ZHIDA_WRITE_GOLDEN") == "1") File.WriteAllText(golden, page);
        Assert.Equal(File.ReadAllText(golden), page);
    }

    [Fact]
    public void The_csv_has_a_row_a_reason()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "why.csv");
        var tally = Some();
        WhyCsv.Write(path, tally, WhyReport.Of(tally));
        var rows = File.ReadAllLines(path).Skip(1).Select(l => l.Split(',')).ToList();
        Assert.All(rows, r => Assert.Equal(11, r.Length));
        Assert.Equal(tally.Due, Sum(rows, "符合"));
        Assert.Equal(tally.NotDue, Sum(rows, "首个不符"));
        Assert.Equal(tally.Near.Values.Sum(), Sum(rows, "差一点"));
        Assert.Equal(5, Sum(rows, "缺"));
        Assert.Equal("7", Assert.Single(rows, r => r[3] == "差距")[6]);
    }

    private static long Sum(List<string[]> rows, string kind) =>
        rows.Where(r => r[3] == kind).Sum(r => long.Parse(r[6]));

    private static string Digits(string words) => string.Concat(words.TakeWhile(char.IsAsciiDigit));

    /// <summary>Two items: of one, lines that are due, and lines that fail for people or otherwise; of the other, lines
    /// that lack facts.</summary>
    private static Tally Some()
    {
        var builder = new BlockBuilder(Context);
        var (item, condition) = Numeric();
        for (var i = 0; i < 4; i++)
            builder.Add(new ResultLine($"S{i}", "", item, 2026, Outcome.Due, AmountState.Fixed, 123_456_78L * i, -1, 0,
                null, i % 2));
        var other = (item + 1) % Context.Items.Count;
        var (both, one) = (Context.Missing.Add("主体.从业人员；主体.注册地"), Context.Missing.Add("主体.注册地"));
        foreach (var missing in new[] { both, both, one })
            builder.Add(new ResultLine("S9", "L1", other, PeriodCode.Once, Outcome.Undecided, AmountState.Missing, null,
                -1, missing, null, 3));
        foreach (var gap in new[] { 9, 1, 2, 3, 4, 5, 10 })
        {
            builder.CountFailed(item, 0, condition, 1);
            builder.CountNearMiss(item, 0, condition, gap * LineSink.GapsOfUnit);
        }
        builder.CountFailed(item, 2, condition, 5);
        builder.CountFailed(item, 2, condition == 0 ? 1 : 0, 8);
        builder.CountNearMiss(item, 2, condition == 0 ? 1 : 0, LineSink.NoGap);
        var tally = new Tally(Context, why: true);
        // Through the form in which it is kept.
        tally.Add(ResultBlock.Read(builder.Take(0, 20).ToBytes()));
        return tally;
    }

    /// <summary>A condition that compares numbers.</summary>
    private static (int Item, int Condition) Numeric()
    {
        for (var item = 0; item < Context.Items.Count; item++)
            for (var i = 0; i < Context.Items[item].Conditions.Count; i++)
                if (Gap.TypeOf(Context.Items[item].Conditions[i].Expression) is Zhida.Feel.Types.NumberType)
                    return (item, i);
        throw new InvalidOperationException("no condition compares numbers");
    }
}
