using ParquetSharp;

namespace Zhida.Evaluation.Reading;

/// <summary>A Parquet file of a table, and which of its columns are which.</summary>
/// <param name="Shown">The file as findings and rejects name it.</param>
/// <param name="Columns">For each column of the plan: where it is; null: the file has none.</param>
/// <param name="RowNumbers">The column that has the number of the row in its original file; null: rows count as they
/// lie.</param>
/// <param name="Refused">The column that marks rows which were refused when they were taken in.</param>
internal sealed record ParquetPart(
    string Path, string Shown, IReadOnlyList<PartColumn?> Columns, PartColumn? RowNumbers, PartColumn? Refused);

/// <summary>A column of a file.</summary>
/// <param name="Index">Its place in the file.</param>
/// <param name="Factor">What its numbers are multiplied by to have the scale of the plan.</param>
/// <param name="Divisor">Or divided by, where it keeps more places.</param>
internal sealed record PartColumn(int Index, long Factor = 1, long Divisor = 1);

/// <summary>A row group of a part.</summary>
/// <param name="FirstRow">Rows of the part before it.</param>
internal sealed record RowGroup(
    ParquetPart Part, int Index, long Rows, long FirstRow, byte[] FirstKey, byte[] LastKey);

/// <summary>A table as files in Parquet, ordered by the subject's id as bytes.</summary>
/// <param name="Names">The names by which rows are rejected, by the part of a row number that stands above its low 40
/// bits.</param>
internal sealed record ParquetTable(TablePlan Plan, IReadOnlyList<RowGroup> Groups, IReadOnlyList<string> Names)
{
    /// <summary>How far the number of a file is shifted up in a row's number.</summary>
    public const int FileShift = 40;

    public long Rows { get; } = Groups.Sum(g => g.Rows);
}

/// <summary>Finds the row groups of parts, and whether their keys ascend.</summary>
internal static class KeyScan
{
    private const int Batch = 4096;

    /// <summary>The row groups in order, and whether the keys of all of them ascend as bytes. An empty key and an
    /// unknown one are the same.</summary>
    public static (IReadOnlyList<RowGroup> Groups, bool Sorted) Of(IReadOnlyList<ParquetPart> parts, int threads)
    {
        var groups = new List<(ParquetPart Part, int Index, long Rows, long FirstRow)>();
        foreach (var part in parts)
        {
            using var file = new ParquetFileReader(part.Path);
            long before = 0;
            for (var i = 0; i < file.FileMetaData.NumRowGroups; i++)
            {
                using var group = file.RowGroup(i);
                var rows = group.MetaData.NumRows;
                if (rows > 0) groups.Add((part, i, rows, before));
                before += rows;
            }
        }
        var found = new RowGroup?[groups.Count];
        var slice = Math.Max(1, (groups.Count + threads - 1) / Math.Max(1, threads));
        Parallel.For(0, (groups.Count + slice - 1) / slice, new ParallelOptions { MaxDegreeOfParallelism = threads },
            (s, state) =>
            {
                ParquetFileReader? file = null;
                for (var i = s * slice; i < Math.Min(groups.Count, (s + 1) * slice) && !state.IsStopped; i++)
                {
                    var (part, index, rows, firstRow) = groups[i];
                    if (i == s * slice || groups[i - 1].Part != part)
                    {
                        file?.Dispose();
                        file = new ParquetFileReader(part.Path);
                    }
                    if (Ends(file!, index, part.Columns[0]!.Index, rows) is not { } ends) state.Stop();
                    else found[i] = new RowGroup(part, index, rows, firstRow, ends.First, ends.Last);
                }
                file?.Dispose();
            });
        if (Array.IndexOf(found, null) >= 0) return ([], false);
        for (var i = 1; i < found.Length; i++)
            if (found[i - 1]!.LastKey.AsSpan().SequenceCompareTo(found[i]!.FirstKey) > 0) return ([], false);
        return (found!, true);
    }

    /// <summary>First and last key; null where the keys do not ascend.</summary>
    private static (byte[] First, byte[] Last)? Ends(ParquetFileReader file, int index, int column, long rows)
    {
        using var group = file.RowGroup(index);
        using var keys = (ColumnReader<ByteArray>)group.Column(column);
        var most = keys.ColumnDescriptor.MaxDefinitionLevel;
        var (levels, values) = (new short[Batch], new ByteArray[Batch]);
        byte[]? first = null, last = [];
        for (long done = 0; done < rows;)
        {
            var read = (int)keys.ReadBatch(Math.Min(Batch, rows - done), levels, [], values, out var known);
            ReadOnlySpan<byte> before = last;
            var at = 0;
            for (var i = 0; i < read; i++)
            {
                ReadOnlySpan<byte> key = most > 0 && levels[i] < most ? default : Bytes(values[at++]);
                first ??= key.ToArray();
                if (before.SequenceCompareTo(key) > 0) return null;
                before = key;
            }
            last = before.ToArray();
            done += read;
        }
        return (first ?? [], last);
    }

    /// <summary>The bytes of a value; valid until the next batch is read.</summary>
    public static unsafe ReadOnlySpan<byte> Bytes(ByteArray value) => new((void*)value.Pointer, value.Length);
}
