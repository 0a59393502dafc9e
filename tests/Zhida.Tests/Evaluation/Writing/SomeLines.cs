using Zhida.Evaluation.Writing;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;

namespace Zhida.Tests.Evaluation.Writing;

/// <summary>Result lines of every kind, and what must stand in the table for each.</summary>
public static class SomeLines
{
    private static readonly string[] Ids = ["91210100MA0001", "a,b", "引\"号", "换\n行", "辽宁省", "=1+1", "null"];

    private static readonly string[] Missing = ["主体.从业人员", "主体.行业代码；贷款.本金", "a,\"b\""];

    private static readonly int[] Periods = [2026, PeriodCode.Once, PeriodCode.FirstYear + 1, PeriodCode.Unknown];

    public static IReadOnlyList<ResultLine> Make(RunContext context, int lines, int seed = 1)
    {
        var missing = Missing.Select(context.Missing.Add).ToArray();
        var random = new Random(seed);
        T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
        ResultLine Line()
        {
            var item = random.Next(context.Items.Count);
            var outcome = Any(Enum.GetValues<Outcome>());
            var state = Any(Enum.GetValues<AmountState>());
            return new ResultLine(Any(Ids), Any([.. Ids, ""]), item, Any(Periods), outcome, state,
                outcome == Outcome.Due && state == AmountState.Fixed
                    ? Any([0, random.NextInt64(1_000_000_000_00), long.MaxValue]) : null,
                outcome == Outcome.NotDue ? random.Next(context.Items[item].Conditions.Count) : -1,
                Any([0, .. missing]), Bit(context, item, random.Next(-2, 6)), random.Next(context.Cities.Names.Count));
        }
        return [.. Enumerable.Range(0, lines).Select(_ => Line())];
    }

    private static string? Bit(RunContext context, int item, int bit) => bit switch
    {
        -2 => ResultLine.Exclusion,
        -1 => null,
        _ when bit < context.Items[item].Caps.Count => context.Items[item].Caps[bit].Name,
        _ => null,
    };

    /// <summary>The lines in blocks of so many.</summary>
    public static IReadOnlyList<ResultBlock> Blocks(
        RunContext context, IReadOnlyList<ResultLine> lines, int linesOfBlock)
    {
        var builder = new BlockBuilder(context);
        var blocks = new List<ResultBlock>();
        foreach (var chunk in lines.Chunk(linesOfBlock))
        {
            foreach (var line in chunk)
            {
                builder.Add(line);
                if (line.Outcome == Outcome.NotDue) builder.CountFailed(line.Item, line.City, line.FirstFailed, 1);
            }
            blocks.Add(builder.Take(blocks.Count, chunk.Length));
        }
        return blocks;
    }

    /// <summary>The cells of a line; null: nothing stands there.</summary>
    public static string?[] Cells(RunContext context, ResultLine line) =>
    [
        line.Subject, line.Object.Length == 0 ? null : line.Object, context.Items[line.Item].Id,
        PeriodCode.Name(line.Period), Words.Of(line.Outcome), Words.Of(line.State), line.Amount?.ToString(),
        line.FirstFailed < 0 ? null : context.Items[line.Item].Conditions[line.FirstFailed].Label,
        line.Missing == 0 ? null : context.Missing[line.Missing], line.Bit,
    ];
}
