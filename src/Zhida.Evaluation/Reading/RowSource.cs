using System.Data;
using MiniExcelLibs;
using Npgsql;
using Sylvan.Data.Csv;

namespace Zhida.Evaluation.Reading;

/// <summary>A table that is read row by row: a CSV file, a sheet, a table of a database.</summary>
/// <param name="Shown">As findings and rejects name it.</param>
/// <param name="Open">Rows under their names; the caller disposes.</param>
internal sealed record RowSource(string Shown, Func<IDataReader> Open)
{
    public static RowSource Csv(string path) => new(Path.GetFileName(path), () => CsvDataReader.Create(path,
        new CsvDataReaderOptions { MaxBufferSize = 1 << 24, HeaderComparer = StringComparer.Ordinal }));

    public static RowSource Sheet(string path, string? sheet) => new(
        sheet is null ? Path.GetFileName(path) : $"{Path.GetFileName(path)}：{sheet}",
        () => MiniExcel.GetReader(path, useHeaderRow: true, sheetName: sheet, excelType: ExcelType.XLSX));

    /// <summary>Rows in the order in which they lie, for them to have the same numbers each time.</summary>
    public static RowSource Postgres(PostgresAddress address, string table) => new(table, () =>
    {
        var connection = new NpgsqlConnection(address.ConnectionString);
        try
        {
            connection.Open();
            using (var order = new NpgsqlCommand(
                "SET synchronize_seqscans = off; SET max_parallel_workers_per_gather = 0", connection))
                order.ExecuteNonQuery();
            using var command = new NpgsqlCommand($"SELECT * FROM {address.Quoted(table)}", connection);
            command.CommandTimeout = 0;
            return command.ExecuteReader(CommandBehavior.CloseConnection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    });
}
