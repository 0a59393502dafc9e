using System.Text;

namespace Zhida.Evaluation.Reading;

/// <summary>A row that is left out, or one bad cell of it.</summary>
/// <param name="Table">The table or the file of it.</param>
/// <param name="Row">Which row of data in its file, from 1.</param>
/// <param name="Column">The column; of the subject or the id where the row as a whole is refused.</param>
/// <param name="Value">What stands there.</param>
public sealed record Reject(string Table, long Row, string Column, string Value, string Reason, string Mend);

/// <summary>
/// The reject file, CSV: 表, 行, 列, 值, 原因, 改法. What is found while tables are taken in comes first, table by table;
/// then what is found in the chunks, in their order, whichever thread read them. Thread-safe.
/// </summary>
public sealed class RejectLog : IDisposable
{
    public const string Header = "表,行,列,值,原因,改法";

    private readonly Lock _writing = new();
    private readonly TextWriter _writer;
    private readonly SortedDictionary<int, IReadOnlyList<Reject>> _waiting = [];
    private readonly bool _keepsChunks;
    private int _next;

    /// <param name="writer">Closed with the log.</param>
    /// <param name="keepsChunks">Whether what is found in chunks waits to be taken (<see cref="Take"/>) instead of
    /// being written.</param>
    public RejectLog(TextWriter writer, bool keepsChunks = false)
    {
        (_writer, _keepsChunks) = (writer, keepsChunks);
        writer.Write(Header + "\n");
    }

    /// <summary>How many entries there are.</summary>
    public long Count { get; private set; }

    public void Dispose()
    {
        lock (_writing)
        {
            foreach (var rejects in _waiting.Values) Write(_writer, rejects);
            _waiting.Clear();
            _writer.Dispose();
        }
    }

    /// <summary>What was found before any chunk is read.</summary>
    internal void Add(IReadOnlyList<Reject> rejects)
    {
        lock (_writing)
        {
            Count += rejects.Count;
            Write(_writer, rejects);
        }
    }

    /// <summary>What was found in a chunk; called once for each chunk that is read.</summary>
    internal void Add(int chunk, IReadOnlyList<Reject> rejects)
    {
        lock (_writing)
        {
            Count += rejects.Count;
            _waiting[chunk] = rejects;
            if (_keepsChunks) return;
            while (_waiting.Remove(_next, out var ready))
            {
                Write(_writer, ready);
                _next++;
            }
        }
    }

    /// <summary>What was found in a chunk that was read, as lines of the file; it is counted no more.</summary>
    internal (int Rows, string Csv) Take(int chunk)
    {
        lock (_writing)
        {
            if (!_waiting.Remove(chunk, out var rejects) || rejects.Count == 0) return (0, "");
            Count -= rejects.Count;
            using var csv = new StringWriter();
            Write(csv, rejects);
            return (rejects.Count, csv.ToString());
        }
    }

    private static void Write(TextWriter to, IReadOnlyList<Reject> rejects)
    {
        foreach (var reject in rejects)
        {
            var line = new StringBuilder();
            Append(line, reject.Table);
            line.Append(',').Append(reject.Row);
            foreach (var cell in new[] { reject.Column, reject.Value, reject.Reason, reject.Mend })
            {
                line.Append(',');
                Append(line, cell);
            }
            to.Write(line.Append('\n'));
        }
    }

    private static void Append(StringBuilder line, string cell)
    {
        if (cell.AsSpan().ContainsAny("\",\r\n")) line.Append('"').Append(cell.Replace("\"", "\"\"")).Append('"');
        else line.Append(cell);
    }
}
