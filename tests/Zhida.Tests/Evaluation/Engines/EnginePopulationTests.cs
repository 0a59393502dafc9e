using System.Text;
using Xunit;
using Zhida.Evaluation.Population;
using Zhida.Policy.Batch;
using Zhida.Policy.Desk;
using Zhida.Policy.Facts;
using Zhida.Tests.Populations;

namespace Zhida.Tests.Evaluation.Engines;

/// <summary>A made-up population, written as Parquet, comes out of the databases as the reference decides it.</summary>
public sealed class EnginePopulationTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private const int Size = 1500;

    [Theory]
    [InlineData(null)]
    [InlineData("liaoning-2026-demo")]
    public void Duckdb_reads_the_folder(string? layer) => Assert.True(Check(layer, null) > Size);

    [Fact]
    public void Postgres_takes_a_copy()
    {
        if (postgres.ConnectionString.Length > 0) Assert.True(Check("liaoning-2026-demo", postgres) > Size);
    }

    private static int Check(string? layer, PostgresServer? server)
    {
        var context = layer is null ? RunContexts.Of() : RunContexts.Of(layer);
        var (writer, _) = PopulationWriter.Open(PolicyTree.Read(Repository.Root), ["liaoning-2026"]);
        using var folder = new TemporaryFolder();
        writer!.Write(folder.Path, Size, seed: 7, threads: 2);
        var reader = new FactsReader(context.Program.Dictionary, context.Reference);
        var subjects = new PopulationReader(folder.Path, context.Program.Dictionary).Read().Values
            .Select(json => reader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), "facts").Facts!).ToList();
        return EngineAgreement.CheckFolder(context, subjects, folder.Path, server);
    }
}
