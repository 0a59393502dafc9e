using System.Diagnostics;
using System.Text.Json.Nodes;
using ParquetSharp;
using Zhida.Policy;
using Zhida.Policy.Desk;
using Zhida.Policy.Facts;
using Zhida.Policy.Loading;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Population;

/// <summary>A table that was written: how many rows, how many bytes.</summary>
public sealed record WrittenTable(string Name, string Path, long Rows, long Bytes);

/// <summary>What was written, and in how many milliseconds.</summary>
public sealed record PopulationReport(IReadOnlyList<WrittenTable> Tables, long Milliseconds);

/// <summary>
/// Writes made-up subjects (合成) as Parquet tables, one for each <see cref="TableLayout"/> of the dictionary and 已得.
/// The same seed and size give the same bytes, whatever the threads. Rows are in the order of subjects; row group k of
/// every table holds what belongs to the subjects of row group k of 主体.
/// </summary>
public sealed class PopulationWriter
{
    /// <summary>Subjects of a row group.</summary>
    public const int GroupSize = 131_072;

    /// <summary>Ids have nine digits.</summary>
    public const long MostSubjects = 1_000_000_000;

    private readonly PopulationPlan _plan;
    private readonly ArchetypeBook _book;

    /// <param name="dictionary">Of the policies for which subjects are made up.</param>
    /// <param name="reference">Places and industries.</param>
    /// <param name="examples">Worked examples, which come first and again and again with other amounts.</param>
    public PopulationWriter(Dictionary dictionary, ReferenceTables reference, IEnumerable<SubjectFacts> examples)
    {
        _plan = new PopulationPlan(dictionary, reference);
        _book = new ArchetypeBook(_plan, examples);
    }

    /// <summary>How many subjects at the beginning are worked examples, or are there to have every word.</summary>
    public int Archetypes => _book.Archetypes.Count + _book.Sweeps;

    /// <summary>A writer for policies with the examples of their measure files and of every layer; or what is wrong
    /// with these.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="policies">Empty: all but samples.</param>
    public static (PopulationWriter? Writer, IReadOnlyList<Finding> Findings) Open(
        PolicyTree tree, IReadOnlyList<string> policies)
    {
        var none = new Dictionary<string, string>();
        var load = PolicyLoader.Load(tree.Files, policies, [], none);
        if (load.Program is not { } program) return (null, load.Findings);
        var examples = program.Policies.SelectMany(p => p.Items).SelectMany(i => i.Examples).ToList();
        foreach (var layer in tree.Entries.Where(e => e.Of is { } of && program.Policies.Any(p => p.Id == of)))
        {
            var layered = PolicyLoader.Load(tree.Files, policies, [layer.Id], none);
            if (layered.Program is null) return (null, layered.Findings);
            examples.AddRange(layered.Program.Policies.SelectMany(p => p.Items).SelectMany(i => i.Examples));
        }
        var reader = new FactsReader(program.Dictionary, load.Tables);
        var facts = examples.Select(e => (Text: e.Facts.ToJsonString(), e.Location.File)).Concat(Further())
            .DistinctBy(e => e.Text)
            .Select(e => reader.Read(System.Text.Encoding.UTF8.GetBytes(e.Text), e.File)).ToList();
        var wrong = facts.SelectMany(f => f.Findings).ToList();
        return wrong.Count > 0 ? (null, wrong)
            : (new PopulationWriter(program.Dictionary, load.Tables, facts.Select(f => f.Facts!)), []);
    }

    /// <summary>Facts that bring about what no worked example does: archetypes.json, where each says what.</summary>
    private static IEnumerable<(string Text, string File)> Further()
    {
        const string File = "archetypes.json";
        using var stream = typeof(PopulationWriter).Assembly.GetManifestResourceStream(File)!;
        foreach (var facts in JsonNode.Parse(stream)!.AsArray()) yield return (facts!.ToJsonString(), File);
    }

    /// <summary>Writes the tables into a folder, which is made where it isn't there; files of the same names are
    /// written over.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="size">How many subjects, at most <see cref="MostSubjects"/>.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="progress">Told how many subjects are written; from several threads.</param>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public PopulationReport Write(string folder, long size, long seed, int threads, Action<long>? progress = null)
    {
        var watch = Stopwatch.StartNew();
        Directory.CreateDirectory(folder);
        List<TableFile> files = [];
        try
        {
            files = Files(folder, size, seed);
            var groups = (int)((size + GroupSize - 1) / GroupSize);
            new Run(_plan, _book, files, size, seed, groups, progress).On(Math.Clamp(threads, 1, Math.Max(1, groups)));
            foreach (var file in files) file.Close();
        }
        catch (ParquetException e)
        {
            // What the library can't write is a matter of the disk.
            throw new IOException(e.Message, e);
        }
        finally
        {
            foreach (var file in files) file.Dispose();
        }
        return new PopulationReport([.. files.Select(f => new WrittenTable(Path.GetFileNameWithoutExtension(f.Path),
            f.Path, f.Rows, new FileInfo(f.Path).Length))], watch.ElapsedMilliseconds);
    }

    private List<TableFile> Files(string folder, long size, long seed)
    {
        var files = _plan.Tables.Select(table => new TableFile(
            Path.Combine(folder, table.Name + ".parquet"),
            [.. Enumerable.Range(0, table.Width).Select(table.NewColumn)],
            Enumerable.Range(0, table.Width).Where(table.HasManyTexts).Select(i => table.Layout.Columns[i].Name),
            seed, size)).ToList();
        files.Add(new TableFile(Path.Combine(folder, TableLayout.Grants + ".parquet"), [.. GrantRow.Columns()],
            [TableLayout.Subject], seed, size));
        return files;
    }

    /// <summary>Row groups are made by several threads and written in order, table by table: while one thread writes a
    /// table's rows, the next can write those of the table before.</summary>
    private sealed class Run(
        PopulationPlan plan, ArchetypeBook book, IReadOnlyList<TableFile> files, long size, long seed, int groups,
        Action<long>? progress)
    {
        private int _taken = -1;
        private Exception? _failure;

        public void On(int threads)
        {
            var workers = Enumerable.Range(0, threads).Select(_ => new Thread(Work)).ToList();
            workers.ForEach(w => w.Start());
            workers.ForEach(w => w.Join());
            if (_failure is { } failure)
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }

        private void Work()
        {
            try
            {
                var maker = new SubjectMaker(plan, book, seed);
                for (int k; (k = Interlocked.Increment(ref _taken)) < groups;)
                {
                    var first = (long)k * GroupSize;
                    var count = Math.Min(GroupSize, size - first);
                    maker.Make(first, count);
                    for (var t = 0; t < files.Count; t++)
                        if (!files[t].Write(k, t < maker.Buffers.Count ? maker.Buffers[t] : maker.Grants, Stopped))
                            return;
                    progress?.Invoke(first + count);
                }
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref _failure, e, null);
            }
        }

        private bool Stopped() => Volatile.Read(ref _failure) is not null;
    }
}
