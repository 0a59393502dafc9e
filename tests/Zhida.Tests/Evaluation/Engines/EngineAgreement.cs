using DuckDB.NET.Data;
using Npgsql;
using Xunit;
using Zhida.Evaluation.Engines;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Facts;
using Zhida.Policy.Plans;
using Zhida.Tests.Policy.Batch;

namespace Zhida.Tests.Evaluation.Engines;

/// <summary>Whether databases say of a population what the reference says, cell by cell.</summary>
internal static class EngineAgreement
{
    /// <summary>How many lines were compared.</summary>
    /// <param name="name">For people who look for the fault.</param>
    /// <param name="context">What is decided.</param>
    /// <param name="subjects">The population.</param>
    /// <param name="postgres">Where the same is asked; null: only in DuckDB.</param>
    public static int Check(
        string name, RunContext context, IReadOnlyList<SubjectFacts> subjects, PostgresServer? postgres = null)
    {
        var expected = new SmallRun(context).Of(subjects);
        var plan = PlanCompiler.Compile(context);
        var chunk = SmallRun.ChunksOf(context.Program.Dictionary, subjects, int.MaxValue)[0];
        var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        var source = FactTables.Write(duck, context.Program.Dictionary, chunk);
        if (postgres is not null)
        {
            var connection = new NpgsqlConnection(postgres.ConnectionString);
            connection.Open();
            PostgresLoad.FromDuckDb(connection, context.Program.Dictionary, duck, source);
            using var other = PostgresEngine.Open(context, plan, connection);
            Compare(name, context, expected, other);
        }
        using var engine = DuckDbEngine.Open(context, plan, duck, source);
        return Compare(name, context, expected, engine);
    }

    /// <summary>The same over the folder of Parquet files that the subjects were read from.</summary>
    public static int CheckFolder(
        RunContext context, IReadOnlyList<SubjectFacts> subjects, string folder, PostgresServer? postgres)
    {
        var (expected, plan) = (new SmallRun(context).Of(subjects), PlanCompiler.Compile(context));
        using var temporary = new TemporaryFolder();
        if (postgres is null)
        {
            using var engine = DuckDbEngine.Open(context, plan, folder, threads: 2, 1 << 29, temporary.Path);
            return Compare(folder, context, expected, engine);
        }
        var connection = new NpgsqlConnection(postgres.ConnectionString);
        connection.Open();
        PostgresLoad.FromParquet(connection, context.Program.Dictionary, folder);
        using var other = PostgresEngine.Open(context, plan, connection);
        return Compare(folder, context, expected, other);
    }

    private static int Compare(string name, RunContext context, List<ResultLine> expected, SqlEngine engine)
    {
        var (byItem, lines) = (expected.ToLookup(e => context.Items[e.Item]), 0);
        foreach (var item in engine.Script.Items)
        {
            var (wanted, given) = (Told(byItem[item.Item], context), Told(engine.Lines(item, all: true), context));
            Assert.True(wanted.SequenceEqual(given), $"{name}: {item.Item.Id} in {engine.Script.Dialect.Title}\n" +
                $"reference\n{string.Join('\n', wanted.Except(given).Take(10))}\n" +
                $"engine\n{string.Join('\n', given.Except(wanted).Take(10))}\n{wanted.Count} and {given.Count} lines");
            var failed = byItem[item.Item].Where(l => l.Outcome == Outcome.NotDue)
                .GroupBy(l => (l.City, l.FirstFailed)).Select(g => (g.Key.City, g.Key.FirstFailed, (long)g.Count()));
            Assert.Equal(failed.Order(), engine.Counts(item).Select(c => (c.City, c.Condition, c.Lines)).Order());
            lines += wanted.Count;
        }
        return lines;
    }

    private static List<string> Told(IEnumerable<ResultLine> lines, RunContext context) => [.. lines.Select(l =>
        $"{l.Subject} {l.Object}/{PeriodCode.Name(l.Period)} {Words.Of(l.Outcome)} {Words.Of(l.State)} {l.Amount} " +
        $"{l.FirstFailed} [{context.Missing[l.Missing]}] {l.Bit} {context.Cities.Names[l.City]}")
        .Order(StringComparer.Ordinal)];
}
