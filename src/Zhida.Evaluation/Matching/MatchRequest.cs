using System.Globalization;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Evaluation.Matching;

/// <summary>What a population run is asked.</summary>
/// <param name="Source">The folder or the database that holds the tables of facts.</param>
/// <param name="Asked">The items whose lines are written; empty: all.</param>
/// <param name="Backend">columns, interpreter, duckdb, postgres.</param>
/// <param name="Threads">How many threads decide.</param>
/// <param name="All">Whether lines that are 不符合 are written too.</param>
/// <param name="Why">Whether reasons are gathered.</param>
/// <param name="Work">The folder of what is finished; null: beside the result.</param>
/// <param name="Version">The id of the bundle that decides.</param>
public sealed record MatchRequest(
    string Source, Destination Out, IReadOnlyList<Item> Asked, string Backend, int Threads, DateOnly On, bool All,
    bool Why, string? Work, string Version)
{
    /// <summary>How many subjects a chunk has; null: as reading has it. Only tests have reason to change it.</summary>
    public int? ChunkSubjects { get; init; }

    /// <summary>The PostgreSQL database that decides, for postgres; null: the source.</summary>
    public string? Database { get; init; }

    /// <summary>The folder of what is finished.</summary>
    public string WorkPath => Work ?? Out.Path + ".work";

    /// <summary>What is decided: the items asked for, with those on which their money may hang.</summary>
    public RunContext Context(PolicyProgram program, ReferenceTables tables)
    {
        var all = program.Policies.SelectMany(p => p.Items).ToList();
        if (Asked.Count == 0) return new RunContext(program, tables, On, all);
        var together = Asked.SelectMany(item => Allocator.Together(item, all)).ToHashSet();
        return new RunContext(program, tables, On, [.. all.Where(together.Contains)]);
    }

    /// <summary>For each item of the run, whether it was asked for.</summary>
    public bool[] Written(RunContext context) =>
        [.. context.Items.Select(i => Asked.Count == 0 || Asked.Contains(i))];

    /// <summary>What a run must be asked again to go on where it was stopped.</summary>
    /// <param name="input">What tells this input from another.</param>
    public IReadOnlyDictionary<string, string> Arguments(string input) => new Dictionary<string, string>
    {
        ["数据"] = input,
        ["政策版本"] = Version,
        ["判定日"] = On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["--items"] = Asked.Count == 0 ? "全部" : string.Join(",", Asked.Select(i => i.Id)),
        ["--backend"] = Backend,
        ["--out"] = Out.Name,
        ["--all"] = All ? "是" : "否",
        ["--why"] = Why ? "是" : "否",
        ["每块主体"] = ChunkSubjects?.ToString(CultureInfo.InvariantCulture) ?? "默认",
    };

    /// <summary>Why the layers can't be run over a population; null where they can.</summary>
    public static Refusal? ProblemOf(PolicyProgram program)
    {
        var city = program.Policies.SelectMany(p => p.Layers).FirstOrDefault(l => l.Division is not null);
        return city is null ? null : new Refusal(
            $"--layer：层“{city.Id}”只适用于{city.Division}管辖的主体（管辖），全体运行还不能按主体分别加层",
            "去掉这一层；一个主体用 ./zhida decide，它会按管辖加层");
    }
}
