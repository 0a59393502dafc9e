using System.Text;

namespace Zhida.Evaluation.Writing;

/// <summary>CSV: an empty cell where there is nothing.</summary>
internal sealed class CsvResults : ResultWriter
{
    private readonly Destination _destination;
    private readonly ResultLabels _labels;
    private readonly PendingFile _file;
    private readonly CsvText _csv;
    private char[] _id = new char[256];

    public CsvResults(Destination destination, ResultLabels labels)
    {
        (_destination, _labels) = (destination, labels);
        _file = new PendingFile(destination.Path);
        _csv = new CsvText(_file.Stream);
        _csv.Line(ResultLabels.Columns);
    }

    public override void Add(ResultBlock block)
    {
        var ids = block.Ids.AsSpan();
        for (var row = 0; row < block.Lines; row++)
        {
            Id(ref ids, block.Lengths[row * 2]);
            Id(ref ids, block.Lengths[row * 2 + 1]);
            int item = block.Items[row];
            _csv.Cell(_labels.Item(item));
            _csv.Cell(_labels.Period(block.Periods[row]));
            _csv.Cell(ResultLabels.Outcome(block.Outcomes[row]));
            _csv.Cell(ResultLabels.State(block.States[row]));
            if (block.Amounts[row] == ResultBlock.NoAmount) _csv.Cell("");
            else _csv.Cell(block.Amounts[row]);
            _csv.Cell(_labels.Condition(item, block.FirstFailed[row]));
            _csv.Cell(block.MissingTexts[block.Missing[row]]);
            _csv.Cell(_labels.Bit(item, block.Bits[row]));
            _csv.EndLine();
        }
    }

    private void Id(ref Span<byte> ids, int length)
    {
        if (_id.Length < length) _id = new char[length];
        var written = Encoding.UTF8.GetChars(ids[..length], _id);
        _csv.Cell(_id.AsSpan(0, written));
        ids = ids[length..];
    }

    public override void Finish(IReadOnlyList<FailedCount> failed)
    {
        _csv.Flush();
        CountsFile.Write(_destination.CountsPath, failed, _labels);
        _file.Appear();
    }

    public override void Dispose()
    {
        _file.Dispose();
    }
}
