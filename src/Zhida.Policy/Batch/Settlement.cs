using System.Globalization;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Batch;

/// <summary>
/// Gives the lines of a run their money under caps and exclusions. What stays within a subject is settled with its
/// chunk, on any thread; what joins subjects waits in one file a chunk until all chunks are decided, and is then taken
/// in the order of (申报时间, object, subject, item, period). The result does not depend on how subjects are cut into
/// chunks, nor on the order of these. A run that goes on where another stopped finds the files of the chunks that are
/// done. </summary>
public sealed class Settlement
{
    private const string Prefix = "global-", Suffix = ".lines", Merged = "merge-";

    private readonly string _folder;
    private readonly int _filesAtOnce;

    /// <param name="context">The run.</param>
    /// <param name="scopes">Of its caps.</param>
    /// <param name="folder">The run's own; it must exist.</param>
    /// <param name="memory">Bytes that reading the waiting lines may take; accounts come on top.</param>
    public Settlement(RunContext context, CapScopes scopes, string folder, long memory)
    {
        (Context, Scopes, _folder) = (context, scopes, folder);
        _filesAtOnce = (int)Math.Clamp(memory / GlobalFile.Memory, 2, 256);
        Sharers = Allocator.SharersOf(context.Program.Policies.SelectMany(p => p.Items));
        HasGlobal = scopes.Clusters.Any(c => !c.IsLocal);
    }

    public RunContext Context { get; }

    public CapScopes Scopes { get; }

    /// <summary>Whether any item of the run has to wait for the end.</summary>
    public bool HasGlobal { get; }

    internal ILookup<string, Item> Sharers { get; }

    /// <summary>Takes the lines of a chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="cities">Of its subjects, from <see cref="SubjectCities"/>.</param>
    public ChunkSettler Of(Chunk chunk, int[] cities) => new(this, chunk, cities);

    internal string FileOf(int chunk) =>
        Path.Combine(_folder, Prefix + chunk.ToString("D8", CultureInfo.InvariantCulture) + Suffix);

    internal long Payable(long amount, decimal share, int item) => share >= 1 ? amount
        : Fen.Of(PayerSplit.Payable(Fen.ToYuan(amount), share, Context.Items[item].Rounding));

    /// <summary>The lines that waited, once all chunks are finished. May be asked again after an interruption: the
    /// files of the chunks stay.</summary>
    public IEnumerable<ResultLine> Global()
    {
        if (!HasGlobal) yield break;
        ForgetMerged();
        var files = Directory.GetFiles(_folder, Prefix + "*" + Suffix).Order(StringComparer.Ordinal).ToList();
        var granted = new Dictionary<UInt128, long>();
        foreach (var file in files) GlobalFile.AddGrants(file, granted);
        foreach (var line in new GlobalSettlement(this, MergeDown(files), granted).Run()) yield return line;
        ForgetMerged();
    }

    private void ForgetMerged()
    {
        foreach (var file in Directory.GetFiles(_folder, Merged + "*")) File.Delete(file);
    }

    /// <summary>Merges files until few enough are left to be read at once.</summary>
    private List<string> MergeDown(List<string> files)
    {
        for (var round = 0; files.Count > _filesAtOnce; round++)
        {
            var fewer = new List<string>();
            foreach (var some in files.Chunk(_filesAtOnce))
            {
                var path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture,
                    $"{Merged}{round}-{fewer.Count}{Suffix}"));
                GlobalFile.Write(path, [], GlobalFile.Merge(some));
                fewer.Add(path);
                if (round > 0)
                    foreach (var file in some) File.Delete(file);
            }
            files = fewer;
        }
        return files;
    }
}
