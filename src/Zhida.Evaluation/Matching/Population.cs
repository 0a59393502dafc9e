using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Zhida.Evaluation.Engines;
using Zhida.Evaluation.Reading;
using Zhida.Evaluation.Writing;
using Zhida.Policy;
using Zhida.Policy.Batch;
using Zhida.Policy.Columns;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Evaluation.Matching;

/// <summary>Opens a run over tables of facts.</summary>
public static class Population
{
    /// <summary>Bytes that the lines may take that wait for the end of a run.</summary>
    private const long MemoryOfWaiting = 64 << 20;

    public static (MatchJob? Job, IReadOnlyList<Refusal> Problems) Open(
        MatchRequest request, PolicyProgram program, ReferenceTables tables)
    {
        var context = request.Context(program, tables);
        if (Fingerprint(request.Source) is not { } input)
            return (null, [new Refusal($"没有 {request.Source}", "写事实表所在的文件夹；./zhida population 可以生成一个")]);
        return MatchJob.Open(request, context, input,
            (folder, rejects) => OpenBackend(request, context, folder, rejects));
    }

    internal static (Backend? Backend, IReadOnlyList<Refusal> Problems) OpenBackend(
        MatchRequest request, RunContext context, string folder, RejectFile file)
    {
        var (address, problem) = request.Backend is "duckdb" or "postgres" ? EngineOf(request) : (null, null);
        if (problem is not null) return (null, [problem]);
        var rejects = new RejectLog(file.Writer, keepsChunks: true);
        var options = new ReadOptions
        {
            Rejects = rejects, TemporaryFolder = Directory.CreateDirectory(Path.Combine(folder, "sort")).FullName,
            Threads = request.Threads,
        };
        if (request.ChunkSubjects is { } size) options = options with { ChunkSize = size };
        var needs = Needs.Of(context.Items, context.Program.Dictionary);
        var (source, findings) = FactSource.Open(
            request.Source, context.Program.Dictionary, context.Reference, needs, options);
        if (source is null)
            return (null, [.. findings.Where(f => f.Severity == Severity.Error)
                .Select(f => new Refusal($"{f.Location.File}：{f.Message}", f.Mend))]);
        var settlement = new Settlement(context, new CapScopes(context), folder, MemoryOfWaiting);
        if (request.Backend is "interpreter" or "columns")
            return (new ChunkBackend(request, context, source, settlement, Deciders(request, context)), []);
        try
        {
            EngineHost host = address is null
                ? DuckDbHost.Open(context, request.Threads, MemoryOfEngine, options.TemporaryFolder)
                : PostgresHost.Open(context, address, request.Threads);
            return (new EngineBackend(request, context, source, settlement, host, folder), []);
        }
        catch (NpgsqlException e)
        {
            return (null, [new Refusal($"--database：连不上或用不了：{e.Message}", "检查地址、用户，以及建临时表的权限")]);
        }
    }

    /// <summary>Half of what the machine has: what is more goes to the disk.</summary>
    private static long MemoryOfEngine => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>What Npgsql connects with, for postgres; or why a database can't decide what is asked.</summary>
    private static (string? Address, Refusal? Problem) EngineOf(MatchRequest request)
    {
        if (request.Why)
            return (null, new Refusal($"--why：用 {request.Backend} 判定时不统计差一点的行", "用 --backend columns，或去掉 --why"));
        if (request.Backend == "duckdb") return (null, null);
        if ((request.Database ?? (PostgresAddress.Is(request.Source) ? request.Source : null)) is not { } text)
            return (null, new Refusal("--backend postgres：没有用 --database 写明哪个数据库",
                "加 --database postgres://用户:口令@主机:端口/库；事实表只进临时表，运行结束就没有了"));
        return PostgresAddress.Parse(text) is { } address ? (address.ConnectionString, null)
            : (null, new Refusal("--database：PostgreSQL 的地址不对", "写成 postgres://用户:口令@主机:端口/库"));
    }

    private static Func<ChunkDecider> Deciders(MatchRequest request, RunContext context)
    {
        if (request.Backend != "columns") return () => new InterpretingDecider(context);
        var plan = PlanCompiler.Compile(context, gaps: request.Why);
        return () => new ColumnDecider(context, plan);
    }

    /// <summary>What tells an input from another: of files their names, lengths and times; of a database its address
    /// without the password. Null: there is nothing.</summary>
    internal static string? Fingerprint(string source)
    {
        if (File.Exists(source)) return Of([new FileInfo(source)]);
        if (Directory.Exists(source))
            return Of([.. new DirectoryInfo(source).EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal)]);
        return source.Contains("://", StringComparison.Ordinal) || source.Contains('=')
            ? "数据库 " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..16] : null;

        string Of(IReadOnlyList<FileInfo> files)
        {
            var text = string.Join('\n', files.Select(f => $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}"));
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
            return $"{Path.GetFullPath(source)}（{files.Count} 个文件，{hash}）";
        }
    }
}
