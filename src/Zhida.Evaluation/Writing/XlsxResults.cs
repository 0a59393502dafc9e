using System.Text;
using MiniExcelLibs;

namespace Zhida.Evaluation.Writing;

/// <summary>Excel: as many sheets as the lines need. How many these are is known at the end, so the blocks are taken
/// from where the run keeps them, a second time.</summary>
/// <param name="kept">All blocks that were added, in their order.</param>
internal sealed class XlsxResults(
    Destination destination, ResultLabels labels, Func<IEnumerable<ResultBlock>> kept, int rowsOfSheet) : ResultWriter
{
    /// <summary>What a sheet holds beside its head.</summary>
    public const int MostRows = 1_048_575;

    private long _lines;

    public override void Add(ResultBlock block) => _lines += block.Lines;

    public override void Finish(IReadOnlyList<FailedCount> failed)
    {
        using var file = new PendingFile(destination.Path);
        using (var rows = kept().SelectMany(Rows).GetEnumerator())
        {
            var sheets = new Dictionary<string, object>();
            var count = Math.Max(1, (_lines + rowsOfSheet - 1) / rowsOfSheet);
            for (var sheet = 1; sheet <= count; sheet++)
                sheets[count == 1 ? "结果" : $"结果{sheet}"] = Next(rows);
            file.Stream.SaveAs(sheets);
        }
        CountsFile.Write(destination.CountsPath, failed, labels);
        file.Appear();
    }

    /// <summary>The next sheet's rows. Sheets are written one after the other, each to its end.</summary>
    private IEnumerable<Dictionary<string, object?>> Next(IEnumerator<Dictionary<string, object?>> rows)
    {
        if (_lines == 0) yield return ResultLabels.Columns.ToDictionary(c => c, _ => (object?)null);
        for (var row = 0; row < rowsOfSheet && rows.MoveNext(); row++) yield return rows.Current;
    }

    private IEnumerable<Dictionary<string, object?>> Rows(ResultBlock block)
    {
        var at = 0;
        for (var row = 0; row < block.Lines; row++)
        {
            int item = block.Items[row], subject = block.Lengths[row * 2], other = block.Lengths[row * 2 + 1];
            var cells = new Dictionary<string, object?>(ResultLabels.Columns.Count)
            {
                ["主体"] = Encoding.UTF8.GetString(block.Ids, at, subject),
                ["对象"] = Text(Encoding.UTF8.GetString(block.Ids, at + subject, other)),
                ["事项"] = labels.Item(item),
                ["期"] = labels.Period(block.Periods[row]),
                ["结果"] = ResultLabels.Outcome(block.Outcomes[row]),
                ["金额状态"] = ResultLabels.State(block.States[row]),
                ["金额_分"] = Amount(block.Amounts[row]),
                ["首个不符"] = Text(labels.Condition(item, block.FirstFailed[row])),
                ["缺"] = Text(block.MissingTexts[block.Missing[row]]),
                ["上限作用"] = Text(labels.Bit(item, block.Bits[row])),
            };
            at += subject + other;
            yield return cells;
        }
    }

    /// <summary>Excel keeps fifteen digits of a number: what has more stands there as text.</summary>
    private static object? Amount(long fen) => fen switch
    {
        ResultBlock.NoAmount => null,
        > 999_999_999_999_999 => fen.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => fen,
    };

    private static string? Text(string text) => text.Length == 0 ? null : text;

    public override void Dispose()
    {
    }
}
