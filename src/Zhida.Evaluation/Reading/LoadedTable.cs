using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Reading;

/// <summary>The rows of a table that fall into a chunk, as they were read: those that are refused are among them.
/// </summary>
internal sealed class LoadedTable(ParquetTable source, IReadOnlyList<Segment> segments, int rows, int[] subject)
{
    private readonly List<BadCell> _whole = [];

    public ParquetTable Source => source;

    public TablePlan Plan => source.Plan;

    public int Rows => rows;

    /// <summary>The row of the subject as read; −1: no such subject.</summary>
    public int[] Subject => subject;

    /// <summary>By the column of the plan; null: the table has no such column, or it is the key of another's.</summary>
    public RowSink?[] Sinks { get; } = new RowSink?[source.Plan.Columns.Count];

    public List<BadCell> Bad { get; } = [];

    /// <summary>Rows that are refused.</summary>
    public ulong[] Refused { get; } = new ulong[Bits.Words(rows)];

    public int RefusedRows { get; private set; }

    /// <summary>Numbers of rows in their files, where these don't count as they lie.</summary>
    public Func<long[]>? RowNumbers { get; init; }

    public bool IsRefused(int row) => Bits.Get(Refused, row);

    public TextSink? Texts(ColumnRole role) => Sinks[IndexOf(role)] as TextSink;

    public int IndexOf(ColumnRole role)
    {
        for (var i = 0; i < Plan.Columns.Count; i++)
            if (Plan.Columns[i].Role == role) return i;
        return -1;
    }

    /// <summary>A row that was refused when it was taken in, and is reported already.</summary>
    public void Drop(int row)
    {
        if (IsRefused(row)) return;
        Bits.Set(Refused, row);
        RefusedRows++;
    }

    /// <summary>Refuses a row as a whole, unless it is refused already.</summary>
    public void Refuse(int row, int column, string value, string reason, string? mend)
    {
        if (IsRefused(row)) return;
        Drop(row);
        _whole.Add(new BadCell(row, column, value, new Problem(reason, mend)));
    }

    /// <summary>Refuses the rows with bad cells or without what they must have.</summary>
    public void RefuseBadCells()
    {
        if (Bad.Count > 0)
        {
            // A row that was refused before is reported already.
            Bad.RemoveAll(b => IsRefused(b.Row));
            foreach (var cell in Bad) Drop(cell.Row);
        }
        for (var i = 0; i < Plan.Columns.Count; i++)
        {
            if (!Plan.Columns[i].IsRequired || Sinks[i] is not { } sink) continue;
            if (Bits.Count(sink.Known) == rows) continue;
            for (var row = 0; row < rows; row++)
                if (!Bits.Get(sink.Known, row)) RefuseEmpty(row, i);
        }
    }

    public void RefuseEmpty(int row, int column) =>
        Refuse(row, column, "", $"没有填写{Plan.Columns[column].Name}", "补上");

    /// <summary>Of rows of one subject with the same id, the first that is not refused stays.</summary>
    public void RefuseDuplicates(TextSink ids)
    {
        var lastSubject = new int[ids.Pool.Count];
        Array.Fill(lastSubject, -1);
        for (var row = 0; row < rows; row++)
        {
            if (IsRefused(row)) continue;
            var of = Plan.Kind == TableKind.Subjects ? 0 : subject[row];
            ref var last = ref lastSubject[ids.Codes[row]];
            if (last == of)
                Refuse(row, IndexOf(ColumnRole.Id), ids.Pool[ids.Codes[row]],
                    Plan.Kind == TableKind.Subjects ? "编号与前面的一行重复" : "编号与同一主体前面的一行重复", "只留一行，或改编号");
            else last = of;
        }
    }

    /// <summary>What is wrong, in the order of rows and columns.</summary>
    public void AddTo(List<Reject> rejects)
    {
        if (Bad.Count + _whole.Count == 0) return;
        var numbers = RowNumbers?.Invoke();
        foreach (var cell in Bad.Concat(_whole).OrderBy(b => b.Row).ThenBy(b => b.Column))
        {
            var (name, number) = numbers is null ? Place(cell.Row)
                : (source.Names[(int)(numbers[cell.Row] >> ParquetTable.FileShift)],
                    numbers[cell.Row] & ((1L << ParquetTable.FileShift) - 1));
            rejects.Add(new Reject(name, number, Plan.Columns[cell.Column].Name, cell.Value, cell.Problem.Reason,
                cell.Problem.Mend ?? ""));
        }
    }

    private (string Name, long Number) Place(int row)
    {
        foreach (var segment in segments)
        {
            if (row < segment.Count)
            {
                var group = source.Groups[segment.Group];
                return (group.Part.Shown, group.FirstRow + segment.Start + row + 1);
            }
            row -= segment.Count;
        }
        throw new InvalidOperationException("a row outside the segments");
    }
}

/// <summary>Reads the columns of a table for one chunk after another, by one thread.</summary>
internal sealed class TableReader : IDisposable
{
    private readonly TextCoder?[] _coders;

    public TableReader(ParquetTable table)
    {
        Cursor = new TableCursor(table);
        _coders = [.. table.Plan.Columns.Select(c =>
            c.Rule.Shape is CellShape.Own or CellShape.Shared ? new TextCoder(c.Rule) : null)];
    }

    public TableCursor Cursor { get; }

    private TablePlan Plan => Cursor.Table.Plan;

    /// <summary>The rows that the cursor has passed.</summary>
    /// <param name="subject">For each its subject.</param>
    /// <param name="orphans">Rows without a subject, with the id they name.</param>
    public LoadedTable Load(int[] subject, IReadOnlyList<(int Row, string Id)> orphans)
    {
        var segments = Cursor.Segments.ToArray();
        var rows = subject.Length;
        var hasNumbers = segments.Length > 0 && Cursor.Table.Groups[segments[0].Group].Part.RowNumbers is not null;
        var table = new LoadedTable(Cursor.Table, segments, rows, subject)
        {
            RowNumbers = hasNumbers ? () => ReadRowNumbers(segments, rows) : null,
        };
        for (var i = 0; i < Plan.Columns.Count; i++)
        {
            if (i == 0 && Plan.Kind != TableKind.Subjects) continue;
            var sink = SinkFor(i, rows, table.Bad);
            table.Sinks[i] = sink;
            Cursor.Columns[i].Read(segments, sink);
        }
        if (hasNumbers)
        {
            var marks = new RawSink(rows);
            Cursor.Refused.Read(segments, marks);
            for (var row = 0; row < rows; row++)
                if (marks.Values[row] != 0) table.Drop(row);
        }
        table.RefuseBadCells();
        foreach (var (row, id) in orphans)
            if (id.Length == 0) table.RefuseEmpty(row, 0);
            else table.Refuse(row, 0, id, $"没有编号为“{id}”的主体", "补上主体，或改正编号");
        return table;
    }

    private RowSink SinkFor(int column, int rows, List<BadCell> bad)
    {
        var plan = Plan.Columns[column];
        return plan.Rule.Shape switch
        {
            CellShape.Number => new NumberSink(rows, plan, column, bad),
            CellShape.Date => new DateSink(rows, plan, column, bad),
            CellShape.Flag => new FlagSink(rows, plan, column, bad),
            _ => new TextSink(rows, plan, column, bad, _coders[column]!),
        };
    }

    private long[] ReadRowNumbers(Segment[] segments, int rows)
    {
        var sink = new RawSink(rows);
        Cursor.RowNumbers.Read(segments, sink);
        return sink.Values;
    }

    public void Dispose() => Cursor.Dispose();

    /// <summary>Numbers as they lie.</summary>
    private sealed class RawSink(int rows) : ColumnSink
    {
        public long[] Values { get; } = new long[rows];

        public override void Take(int at, int count, ReadOnlySpan<short> levels, short most,
            ReadOnlySpan<long> values, PartColumn column) => values.CopyTo(Values.AsSpan(at));
    }
}
