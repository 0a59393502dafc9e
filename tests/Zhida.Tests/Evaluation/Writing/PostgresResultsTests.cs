using System.Globalization;
using Npgsql;
using Zhida.Evaluation.Reports;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Batch;

namespace Zhida.Tests.Evaluation.Writing;

/// <summary>Results in a PostgreSQL table.</summary>
public sealed class PostgresResultsTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly RunContext Context = RunContexts.Demo;

    [Fact]
    public void Every_cell_and_count_arrives_when_the_run_is_complete()
    {
        var lines = SomeLines.Make(Context, 500);
        var (writer, problem) = Open("结果_a");
        Assert.Null(problem);
        using (writer!)
        {
            var tally = new Tally(Context, why: false);
            foreach (var block in SomeLines.Blocks(Context, lines, 80))
            {
                writer!.Add(block);
                tally.Add(block);
            }
            Assert.Equal("0", Query("SELECT count(*) FROM pg_tables WHERE tablename LIKE '结果_a%'")[0][0]);
            writer!.Finish(tally.Failed);
        }
        Assert.Equal(lines.Select(l => string.Join('|', SomeLines.Cells(Context, l))).Order(StringComparer.Ordinal),
            Query("SELECT * FROM \"结果_a\"").Select(r => string.Join('|', r)).Order(StringComparer.Ordinal));
        Assert.Equal([[lines.Count(l => l.FirstFailed >= 0).ToString()]],
            Query("SELECT sum(\"行数\")::bigint FROM \"结果_a_counts\""));
        Assert.Contains("已经有表", Open("结果_a").Problem!.Message);
    }

    [Fact]
    public void What_is_not_finished_leaves_no_table()
    {
        using (var writer = Open("b").Writer!)
            foreach (var block in SomeLines.Blocks(Context, SomeLines.Make(Context, 50), 20)) writer.Add(block);
        Assert.Equal("0", Query("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'b%'")[0][0]);
        Assert.Contains("写不了", Open("b", "no_such_database").Problem!.Message);
    }

    private (PostgresResults? Writer, Refusal? Problem) Open(string table, string? database = null)
    {
        var address = database is null ? server.Address : server.Address.Replace("/postgres", $"/{database}");
        var (destination, problem) =
            Destination.Parse($"{address}?table={Uri.EscapeDataString(table)}");
        Assert.Null(problem);
        return PostgresResults.Open(destination!, new ResultLabels(Context));
    }

    private List<string?[]> Query(string sql)
    {
        using var connection = new NpgsqlConnection(server.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i)
                ? null : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))]);
        return rows;
    }
}
