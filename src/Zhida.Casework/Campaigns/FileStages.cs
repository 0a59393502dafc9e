using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sylvan.Data.Csv;
using Zhida.Casework.Cases;
using Zhida.Casework.Clock;
using Zhida.Casework.Proof;
using Zhida.Casework.Storage;
using Zhida.Evaluation.Matching;
using Zhida.Evaluation.Reading;
using Zhida.Evaluation.Reports;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Program;

namespace Zhida.Casework.Campaigns;

/// <summary>Snapshot and match: the files of a campaign. A file that is there is whole, and its hash is kept with the
/// state that needs it, so that a crash between the two makes the step again.</summary>
internal sealed class FileStages(StageContext context, Campaign campaign, Item item)
{
    private readonly CampaignFolder _folder = new(context.Root, campaign.Id);

    /// <summary>Copies the population and keeps the hashes.</summary>
    public async Task<StageResult> SnapshotAsync(string source)
    {
        var (alone, busy) = _folder.Take();
        if (alone is null) return StageResult.Refused(busy!);
        using (alone)
        {
            if (!Directory.Exists(_folder.Snapshot))
            {
                var part = _folder.Fresh("snapshot-part");
                if (PopulationSnapshot.Take(source, part, context.Maker.Program.Dictionary) is { } refusal)
                    return StageResult.Refused(new Problem("files", refusal.Message, refusal.Mend ?? ""));
                Directory.Move(part, _folder.Snapshot);
            }
            var files = PopulationSnapshot.NamesOf(_folder.Snapshot)
                .Select(name => PopulationSnapshot.Count(_folder.Snapshot, name)).Select(f => new CampaignFile(
                    campaign.Id, f.Name, Sm3.HexOfFile(Path.Combine(_folder.Snapshot, f.Name)), f.Bytes, f.Rows))
                .ToList();
            if (files.Count == 0)
                return StageResult.Refused(new Problem("files", $"{campaign.Source} 里没有事实表", "检查来源"));
            return await MoveAsync(CampaignState.Snapshotted, (_, tables) => tables.CampaignFiles.AddRange(files));
        }
    }

    /// <summary>Runs the population run over the snapshot and freezes its table.</summary>
    public async Task<StageResult> MatchAsync()
    {
        var (alone, busy) = _folder.Take();
        if (alone is null) return StageResult.Refused(busy!);
        using (alone)
        {
            if (await ChangedAsync() is { } changed) return StageResult.Refused(changed);
            // Without its hash in the database nobody can tell whose it is.
            File.Delete(_folder.Result);
            if (await Task.Run(Match, CancellationToken.None) is { } problem) return StageResult.Refused(problem);
            context.Stop.ThrowIfCancellationRequested();
            var hash = Sm3.HexOfFile(_folder.Result);
            return await MoveAsync(CampaignState.Matched, (found, _) => found.ResultHash = hash);
        }
    }

    /// <summary>What is wrong with the frozen files; null: they are as they were.</summary>
    public async Task<Problem?> ChangedAsync()
    {
        var files = await context.Database.ReadAsync(async work =>
        {
            await using var tables = Schema.Over(work);
            return await tables.CampaignFiles.AsNoTracking().Where(f => f.CampaignId == campaign.Id).ToListAsync();
        });
        var now = Directory.Exists(_folder.Snapshot)
            ? PopulationSnapshot.NamesOf(_folder.Snapshot) : [];
        var changed = files.Select(f => f.Name).Except(now).Concat(now.Except(files.Select(f => f.Name)))
            .Concat(files.Where(f => now.Contains(f.Name) &&
                Sm3.HexOfFile(Path.Combine(_folder.Snapshot, f.Name)) != f.Sm3).Select(f => f.Name)).ToList();
        if (campaign.ResultHash is { } result &&
            (!File.Exists(_folder.Result) || Sm3.HexOfFile(_folder.Result) != result)) changed.Add("result.csv");
        return changed.Count == 0 ? null : new Problem("files",
            $"冻结的文件与当时的SM3不符：{string.Join("、", changed)}", "恢复原来的文件，或终止这一批，另建一批");
    }

    /// <summary>The lines of the frozen table that are to be paid, by the subject's 编号.</summary>
    public ILookup<string, ResultRow> ReadResult()
    {
        using var rows = CsvDataReader.Create(_folder.Result);
        int Of(string name) => rows.GetOrdinal(name);
        var (subject, claimed, period) = (Of("主体"), Of("对象"), Of("期"));
        var (outcome, state, amount) = (Of("结果"), Of("金额状态"), Of("金额_分"));
        var found = new List<ResultRow>();
        for (var position = 1L; rows.Read(); position++)
            if (rows.GetString(outcome) == "符合" && rows.GetString(state) == "定额" &&
                long.Parse(rows.GetString(amount), CultureInfo.InvariantCulture) is > 0 and var fen)
                found.Add(new ResultRow(position, rows.GetString(subject), rows.GetString(claimed),
                    rows.GetString(period), fen));
        return found.ToLookup(r => r.Subject);
    }

    /// <summary>The snapshot as chunks, with what was read for the table and who the subjects are.</summary>
    public (FactSource? Source, Problem? Problem) OpenSnapshot()
    {
        var dictionary = context.Maker.Program.Dictionary;
        var needs = Needs.Of(Request.Context(context.Maker.Program, context.Maker.Tables).Items, dictionary);
        foreach (var fact in dictionary.Subject.Facts.Where(f => f.Name is SubjectName or SubjectCode))
            needs.Tables[dictionary.Subject].Facts.Add(fact);
        var options = new ReadOptions
        {
            Rejects = new RejectLog(TextWriter.Null), TemporaryFolder = _folder.Fresh("sort"), Threads = 1,
        };
        if (context.ChunkSubjects is { } size) options = options with { ChunkSize = size };
        var (source, findings) = FactSource.Open(_folder.Snapshot, dictionary, context.Maker.Tables, needs, options);
        return source is not null ? (source, null)
            : (null, new Problem("files", $"快照读不出来：{findings[0].Message}", findings[0].Mend ?? ""));
    }

    public const string SubjectName = "名称";
    public const string SubjectCode = "统一社会信用代码";

    private MatchRequest Request => new(_folder.Snapshot, Destination.Parse(_folder.Result).Destination!, [item],
        "columns", 1, BeijingTime.DateAt(campaign.On), All: false, Why: false, Work: null, context.Maker.Bundle.Id)
    {
        ChunkSubjects = context.ChunkSubjects,
    };

    private Problem? Match()
    {
        var (job, problems) = Population.Open(Request, context.Maker.Program, context.Maker.Tables);
        if (job is null) return new Problem("files", problems[0].Message, problems[0].Mend ?? "");
        using (job)
            job.Execute(new WhyHead("", "", Request.On, Preview: false, Request.Version), context.Stop);
        return null;
    }

    private async Task<StageResult> MoveAsync(CampaignState to, Action<Campaign, ZhidaContext> also)
    {
        var moved = await context.Database.WriteAsync(async work =>
        {
            await using var tables = Schema.Over(work);
            var found = (await CampaignLocks.LockAsync(work, tables, campaign.Id))!;
            if (found.State != campaign.State) return found;
            also(found, tables);
            found.Become(to, work.Now);
            await tables.SaveChangesAsync();
            return found;
        });
        context.Committed(moved);
        return new StageResult(true);
    }
}

/// <summary>A line of a result table that is to be paid.</summary>
/// <param name="Position">Its row, from 1.</param>
/// <param name="Amount">分.</param>
internal sealed record ResultRow(long Position, string Subject, string Object, string Period, long Amount);
