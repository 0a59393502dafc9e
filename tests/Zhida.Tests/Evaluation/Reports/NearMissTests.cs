using System.Globalization;
using Zhida.Feel.Types;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;
using Zhida.Tests.Policy.Batch;
using Zhida.Policy.Desk;

namespace Zhida.Tests.Evaluation.Reports;

/// <summary>差一点 in a run is what the reasons of a decision say: one condition fails, all others hold.</summary>
public sealed class NearMissTests
{
    [Fact]
    public void They_are_the_lines_of_decisions_with_one_failed_condition()
    {
        var (near, withGap) = (0, 0);
        foreach (var example in new WorkedExamples(PolicyTree.Read(Repository.Root)).All().Where((_, i) => i % 8 == 0))
        {
            var context = new RunContext(example.Program, example.Tables, example.On,
                [.. example.Program.Policies.SelectMany(p => p.Items)]);
            var (chunk, problems) = new ChunkOfFacts(example.Program.Dictionary).Of([example.Facts]);
            if (chunk is null || !ReferenceEquals(example.Facts.Declared, example.Facts)) continue;
            Assert.Empty(problems);
            var sink = new Sink();
            new InterpretingDecider(context).Decide(chunk, sink, all: false);
            var lines = new Decider(example.Program, example.On).Decide(example.Facts).SelectMany(i => i.Lines)
                .Where(l => l.Conditions.Count(c => c.Outcome == Outcome.NotDue) == 1 &&
                            l.Conditions.All(c => c.Outcome != Outcome.Undecided)).ToList();
            Assert.Equal(
                lines.Select(l => $"{l.Item.Id} {l.FirstFailed} {Words(l)}").Order(StringComparer.Ordinal),
                sink.Seen.Select(n => $"{context.Items[n.Item].Id} {n.Condition} {Words(context.Items[n.Item], n)}")
                    .Order(StringComparer.Ordinal));
            near += lines.Count;
            withGap += sink.Seen.Count(n => n.Gap != LineSink.NoGap);
        }
        Assert.InRange(withGap, 5, near - 5);
    }

    /// <summary>The digits and the unit of the gap that a decision tells.</summary>
    private static string Words(Line line)
    {
        var gap = line.Conditions[line.FirstFailed].Gap ?? "";
        return gap.StartsWith("正好", StringComparison.Ordinal) ? "0" : gap.TrimStart('还', '差', '超', '出', '早', '晚');
    }

    private static string Words(Item item, (int Item, int Condition, long Gap) near)
    {
        if (near.Gap == LineSink.NoGap) return "";
        if (near.Gap == 0) return "0";
        var distance = (decimal)near.Gap / LineSink.GapsOfUnit;
        return Gap.TypeOf(item.Conditions[near.Condition].Expression) is NumberType number
            ? ValueText.Number(distance, new NumberType(number.Unit))
            : distance.ToString("0", CultureInfo.InvariantCulture) + "天";
    }

    private sealed class Sink : LineSink
    {
        public List<(int Item, int Condition, long Gap)> Seen { get; } = [];

        public override bool WantsNearMisses => true;

        public override void Add(in DecidedLine line, ReadOnlySpan<CapAsk> asks)
        {
        }

        public override void CountFailed(int item, int city, int condition, long lines)
        {
        }

        public override void CountNearMiss(int item, int city, int condition, long gap) =>
            Seen.Add((item, condition, gap));
    }
}
