using Zhida.Policy;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Evaluation.Reading;

/// <summary>How tables are read.</summary>
public sealed record ReadOptions
{
    /// <summary>Where bad rows go.</summary>
    public required RejectLog Rejects { get; init; }

    /// <summary>A folder for what has to be ordered first; what is left there is the caller's to delete.</summary>
    public required string TemporaryFolder { get; init; }

    /// <summary>Subjects in a chunk; a chunk at the end of a row group may have fewer.</summary>
    public int ChunkSize { get; init; } = 16_384;

    /// <summary>Bytes of memory for ordering rows; beyond it they go to the temporary folder.</summary>
    public long SortMemory { get; init; } = 512L << 20;

    /// <summary>Threads for taking in tables; chunks may be read by any number.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Gives up taking in tables: <see cref="FactSource.Open"/> throws.</summary>
    public CancellationToken Cancel { get; init; }
}

/// <summary>
/// Tables of facts (<see cref="Zhida.Policy.Tables.TableLayout"/>) as chunks: a folder of Parquet or CSV files, an XLSX
/// file, or a PostgreSQL database. What is not Parquet ordered by subject is ordered first. Chunks are the same however
/// many threads read them; each thread has a reader of its own.
/// </summary>
public sealed class FactSource
{
    /// <summary>The most chunks that a reader takes at once: several readers share a large row group.</summary>
    private const int MostAtOnce = 16;

    private readonly List<ChunkGroup> _groups = [];
    private readonly List<(int First, int Last)> _runs = [];
    private int _claimed;
    private bool _isPlain, _isMended;

    internal FactSource(Dictionary dictionary, IReadOnlyList<TablePlan> plans, IReadOnlyList<ParquetTable> tables,
        ReadOptions options)
    {
        (Dictionary, Plans, Tables, Rejects, ChunkSize) =
            (dictionary, plans, tables, options.Rejects, options.ChunkSize);
        var first = new List<long>();
        long rows = 0, start = 0;
        var groups = tables[0].Groups;
        for (var i = 0; i < groups.Count; i++)
        {
            first.Add(rows);
            rows += groups[i].Rows;
            if (rows - start < ChunkSize && i + 1 < groups.Count) continue;
            if (i + 1 < groups.Count && groups[i].LastKey.AsSpan().SequenceEqual(groups[i + 1].FirstKey)) continue;
            Add(start, rows);
            start = rows;
        }
        // Without subjects there is one chunk all the same: what belongs to nobody is refused there.
        if (_groups.Count == 0) Add(0, 0);
        (FirstRows, Subjects) = (first, rows);
    }

    /// <summary>Chunks are numbered from 0 in the order of subjects by the bytes of their ids.</summary>
    public int Chunks => _groups[^1].FirstChunk + _groups[^1].Chunks;

    /// <summary>The most chunks that a reader takes at once.</summary>
    public int MostChunksAtOnce => _runs.Max(r => r.Last - r.First + 1);

    /// <summary>Rows of 主体, those that will be refused among them.</summary>
    public long Subjects { get; }

    /// <summary>Rows of all tables that are read.</summary>
    public long Rows => Tables.Sum(t => t.Rows);

    /// <summary>The first chunk that <see cref="ChunkReader.Next"/> gives: those before it are done. Set before the
    /// first reader takes one.</summary>
    public int FirstChunk { get; set; }

    /// <summary>Whether a folder holds, as Parquet, what the chunks hold that have been read: nothing was refused, put
    /// in order or understood in another way.</summary>
    public bool IsAsItLies => _isPlain && !Volatile.Read(ref _isMended);

    internal Dictionary Dictionary { get; }

    internal IReadOnlyList<TablePlan> Plans { get; }

    /// <summary>主体 first, then those that there are.</summary>
    internal IReadOnlyList<ParquetTable> Tables { get; }

    internal RejectLog Rejects { get; }

    internal int ChunkSize { get; }

    /// <summary>For each row group of 主体 the rows before it.</summary>
    internal IReadOnlyList<long> FirstRows { get; }

    /// <summary>Opens tables; with any error among the findings there is no source.</summary>
    /// <param name="path">A folder, an XLSX file, or a PostgreSQL connection string.</param>
    public static (FactSource? Source, IReadOnlyList<Finding> Findings) Open(string path, Dictionary dictionary,
        ReferenceTables tables, Needs needs, ReadOptions options)
    {
        var plans = TablePlan.Of(dictionary, tables, needs);
        var intake = new Intake(options);
        var opened = intake.Open(path, plans);
        return intake.Findings.Any(f => f.Severity == Severity.Error) ? (null, intake.Findings)
            : (new FactSource(dictionary, plans, opened, options) { _isPlain = opened.All(t => IsPlain(path, t)) },
                intake.Findings);
    }

    private static bool IsPlain(string folder, ParquetTable table)
    {
        var path = Path.Combine(folder, table.Plan.Name + ".parquet");
        return File.Exists(path) && table.Groups.All(g => g.Part.Path == path && g.Part.RowNumbers is null);
    }

    /// <summary>What was read differs from what stands in the files.</summary>
    internal void Mended() => Volatile.Write(ref _isMended, true);

    /// <summary>A reader for one thread.</summary>
    public ChunkReader OpenReader() => new(this);

    /// <summary>The next chunks that belong together; null where all are taken.</summary>
    internal (int First, int Last)? Claim()
    {
        while (true)
        {
            var index = Interlocked.Increment(ref _claimed) - 1;
            if (index >= _runs.Count) return null;
            var (first, last) = _runs[index];
            if (last >= FirstChunk) return (Math.Max(FirstChunk, first), last);
        }
    }

    internal ChunkGroup GroupOf(int chunk)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chunk, Chunks);
        var index = _groups.Count - 1;
        while (_groups[index].FirstChunk > chunk) index--;
        return _groups[index];
    }

    private void Add(long start, long end)
    {
        var first = _groups.Count == 0 ? 0 : Chunks;
        _groups.Add(new ChunkGroup(start, end, first, (int)Math.Max(1, (end - start + ChunkSize - 1) / ChunkSize)));
        for (; first < Chunks; first += MostAtOnce) _runs.Add((first, Math.Min(first + MostAtOnce, Chunks) - 1));
    }
}

/// <summary>Chunks that are cut from whole row groups of 主体: rows from <paramref name="Start"/> up to
/// <paramref name="End"/>.</summary>
internal sealed record ChunkGroup(long Start, long End, int FirstChunk, int Chunks);
