using System.Globalization;
using ParquetSharp;
using ParquetSharp.Schema;

namespace Zhida.Evaluation.Population;

/// <summary>A Parquet file that is written row group by row group, in their order, by whichever thread has the next
/// one.</summary>
internal sealed class TableFile : IDisposable
{
    /// <summary>The mark that every file of made-up subjects carries (key 说明).</summary>
    public const string Mark = "合成数据，非真实主体";

    private readonly ParquetFileWriter _writer;
    private readonly GroupNode _schema;
    private readonly WriterProperties _properties;
    private int _next;

    /// <param name="path">Written over where it is there.</param>
    /// <param name="columns">Only their names and types are used.</param>
    /// <param name="plain">Columns without a dictionary of values.</param>
    /// <param name="seed">For the metadata.</param>
    /// <param name="size">For the metadata.</param>
    public TableFile(string path, IReadOnlyList<ColumnBuffer> columns, IEnumerable<string> plain, long seed, long size)
    {
        Path = path;
        _schema = new GroupNode("schema", Repetition.Required, [.. columns.Select(c => c.Node())]);
        var builder = new WriterPropertiesBuilder().Compression(Compression.Zstd).CompressionLevel(1);
        foreach (var name in plain) builder = builder.DisableDictionary(name).DisableStatistics(name);
        _properties = builder.Build();
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["说明"] = Mark, ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
            ["size"] = size.ToString(CultureInfo.InvariantCulture),
        };
        _writer = new ParquetFileWriter(path, _schema, _properties, metadata);
    }

    public string Path { get; }

    public long Rows { get; private set; }

    /// <summary>Writes row group <paramref name="number"/>, once those before it are written.</summary>
    /// <param name="stopped">Asked while waiting: another thread has failed, and the turn would never come.</param>
    /// <returns>False: stopped.</returns>
    public bool Write(int number, TableBuffer rows, Func<bool> stopped)
    {
        while (Volatile.Read(ref _next) != number)
        {
            if (stopped()) return false;
            Thread.Sleep(1);
        }
        using (var group = _writer.AppendRowGroup())
            foreach (var column in rows.Columns)
            {
                using var writer = group.NextColumn();
                column.Write(writer);
            }
        Rows += rows.Rows;
        Volatile.Write(ref _next, number + 1);
        return true;
    }

    /// <summary>Writes the end of the file.</summary>
    public void Close() => _writer.Close();

    public void Dispose()
    {
        _writer.Dispose();
        _schema.Dispose();
        _properties.Dispose();
    }
}
