using System.Globalization;
using DuckDB.NET.Data;
using MiniExcelLibs;
using Zhida.Evaluation.Reports;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Batch;

namespace Zhida.Tests.Evaluation.Writing;

/// <summary>What each writer writes, as a reader that is not ours reads it.</summary>
public sealed class WritersTests
{
    private static readonly RunContext Context = RunContexts.Demo;
    private static readonly ResultLabels Labels = new(Context);

    [Theory]
    [InlineData("r.parquet", 5000, 700)]
    [InlineData("r.csv", 2000, 300)]
    [InlineData("r.parquet", 0, 1)]
    [InlineData("r.csv", 0, 1)]
    public void DuckDB_reads_every_cell(string name, int count, int linesOfBlock)
    {
        using var folder = new TemporaryFolder();
        var lines = SomeLines.Make(Context, count);
        var destination = Write(folder, name, SomeLines.Blocks(Context, lines, linesOfBlock));
        var from = name.EndsWith(".csv", StringComparison.Ordinal)
            ? $"read_csv('{destination.Path}', all_varchar=true, header=true, parallel=false, quote='\"', " +
              "escape='\"', delim=',')"
            : $"'{destination.Path}'";
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        var (columns, rows) = Query(duck, $"SELECT * FROM {from}");
        Assert.Equal(ResultLabels.Columns, columns);
        Assert.Equal(lines.Select(l => SomeLines.Cells(Context, l)), rows);
        AssertCounts(destination, lines);
    }

    [Fact]
    public void Parquet_keeps_amounts_as_64_bits_labels_as_dictionaries_and_everything_as_zstd()
    {
        using var folder = new TemporaryFolder();
        var destination = Write(folder, "r.parquet",
            SomeLines.Blocks(Context, SomeLines.Make(Context, 3000), 1000));
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        var (_, rows) = Query(duck,
            $"SELECT path_in_schema, type, compression, dictionary_page_offset IS NOT NULL FROM " +
            $"parquet_metadata('{destination.Path}')");
        Assert.Equal(ResultLabels.Columns, rows.Select(r => r[0]));
        Assert.All(rows, r => Assert.Equal("ZSTD", r[2]));
        Assert.Equal(["INT64"], rows.Where(r => r[0] == "金额_分").Select(r => r[1]));
        Assert.Equal(["主体", "对象", "金额_分"], rows.Where(r => r[3] == "False").Select(r => r[0]!));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void Excel_gets_as_many_sheets_as_the_lines_need(int rowsOfSheet)
    {
        using var folder = new TemporaryFolder();
        var lines = SomeLines.Make(Context, 250);
        var blocks = SomeLines.Blocks(Context, lines, 70);
        var destination = Of(folder, "r.xlsx");
        using (var writer = new XlsxResults(destination, Labels, () => blocks, rowsOfSheet)) Fill(writer, blocks);
        var sheets = MiniExcel.GetSheetNames(destination.Path);
        Assert.Equal((250 + rowsOfSheet - 1) / rowsOfSheet, sheets.Count);
        var rows = sheets.SelectMany(s => MiniExcel.Query(destination.Path, useHeaderRow: true, sheetName: s))
            .Cast<IDictionary<string, object?>>().ToList();
        Assert.All(rows, r => Assert.Equal(ResultLabels.Columns, r.Keys));
        Assert.Equal(lines.Select(l => SomeLines.Cells(Context, l)),
            rows.Select(r => r.Values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture) is { Length: > 0 } t
                ? t : null).ToArray()));
    }

    [Fact]
    public void A_writer_that_is_not_finished_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        var blocks = SomeLines.Blocks(Context, SomeLines.Make(Context, 100), 50);
        foreach (var name in new[] { "r.parquet", "r.csv", "r.xlsx" })
            using (var writer = Open(Of(folder, name), blocks))
                foreach (var block in blocks) writer.Add(block);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_block_is_the_same_after_it_was_kept()
    {
        var blocks = SomeLines.Blocks(Context, SomeLines.Make(Context, 500), 250);
        Assert.All(blocks, block => Assert.Equal(block.ToBytes(), ResultBlock.Read(block.ToBytes()).ToBytes()));
    }

    [Theory]
    [InlineData("结果", "不知道")]
    [InlineData("no/such/folder/r.csv", "没有文件夹")]
    [InlineData("postgres://localhost/db", "没有写表名")]
    [InlineData("postgres://localhost/db?table=a;b", "没有写表名")]
    [InlineData("postgres://localhost/db?tabel=a", "不认识“tabel”")]
    public void A_bad_destination_says_what_is_wrong(string text, string message)
    {
        var (destination, problem) = Destination.Parse(text);
        Assert.Null(destination);
        Assert.Contains(message, problem!.Message);
        Assert.NotNull(problem.Mend);
    }

    internal static Destination Of(TemporaryFolder folder, string name) =>
        Destination.Parse(Path.Combine(folder.Path, name)).Destination!;

    private static Destination Write(TemporaryFolder folder, string name, IReadOnlyList<ResultBlock> blocks)
    {
        var destination = Of(folder, name);
        using var writer = Open(destination, blocks);
        Fill(writer, blocks);
        return destination;
    }

    private static ResultWriter Open(Destination destination, IReadOnlyList<ResultBlock> blocks) =>
        destination.Format switch
        {
            ResultFormat.Parquet => new ParquetResults(destination, Labels),
            ResultFormat.Csv => new CsvResults(destination, Labels),
            _ => new XlsxResults(destination, Labels, () => blocks, XlsxResults.MostRows),
        };

    internal static void Fill(ResultWriter writer, IReadOnlyList<ResultBlock> blocks)
    {
        var tally = new Tally(Context, why: false);
        foreach (var block in blocks)
        {
            writer.Add(block);
            tally.Add(block);
        }
        writer.Finish(tally.Failed);
    }

    private static void AssertCounts(Destination destination, IReadOnlyList<ResultLine> lines)
    {
        var expected = lines.Where(l => l.FirstFailed >= 0).GroupBy(l => (l.Item, l.City, l.FirstFailed))
            .OrderBy(g => g.Key)
            .Select(g => (Item: Context.Items[g.Key.Item], City: Context.Cities.Names[g.Key.City], g.Key.FirstFailed,
                Count: g.Count()))
            .Select(g => new[]
            {
                g.Item.Id, g.City, $"{g.Item.Conditions[g.FirstFailed].Number}",
                g.Item.Conditions[g.FirstFailed].Label, $"{g.Count}",
            });
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        var (columns, rows) =
            Query(duck, $"SELECT * FROM read_csv('{destination.CountsPath}', all_varchar=true, header=true)");
        Assert.Equal(ResultLabels.CountColumns, columns);
        Assert.Equal(expected, rows);
    }

    internal static (IReadOnlyList<string> Columns, List<string?[]> Rows) Query(DuckDBConnection duck, string sql)
    {
        using var command = duck.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i)
                ? null : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))]);
        return ([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], rows);
    }
}
