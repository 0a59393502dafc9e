using System.Security.Cryptography;
using System.Text;
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
        if (request.Backend is not ("interpreter" or "columns"))
            return (null, [new Refusal($"--backend：{request.Backend} 还不能用来运行", "用 columns 或 interpreter")]);
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
        return (new ChunkBackend(request, context, source, settlement, Deciders(request, context)), []);
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
