using System.Text.Encodings.Web;
using System.Text.Json;
using Zhida.Casework.Cases;
using Zhida.Casework.Storage;
using Zhida.Evaluation.Reading;
using Zhida.Feel.Values;
using Zhida.Ledger;
using Zhida.Policy.Batch;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Casework.Campaigns;

/// <summary>Loads the lines of the frozen table that are to be paid, each with the subject's facts of the snapshot: a
/// chunk a transaction, and where the next one begins is kept with it.</summary>
internal sealed class LoadStage(StageContext context, Campaign campaign, Item item, FileStages files)
{
    private static readonly JsonSerializerOptions Json =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary _dictionary = context.Maker.Program.Dictionary;

    public async Task<StageResult> RunAsync()
    {
        if (await files.ChangedAsync() is { } changed) return StageResult.Refused(changed);
        var rows = files.ReadResult();
        var (source, problem) = files.OpenSnapshot();
        if (source is null) return StageResult.Refused(problem!);
        using var reader = source.OpenReader();
        for (var chunk = campaign.Chunk; chunk < source.Chunks; chunk++)
        {
            context.Stop.ThrowIfCancellationRequested();
            var lines = LinesOf(reader.Read(chunk), rows);
            if (!await KeepAsync(chunk, lines, isLast: chunk == source.Chunks - 1, rows.Sum(r => r.Count())))
                return new StageResult(true);
        }
        return new StageResult(true);
    }

    /// <summary>False: another process has loaded the chunk.</summary>
    private async Task<bool> KeepAsync(int chunk, List<CampaignLine> lines, bool isLast, int all)
    {
        var kept = await context.Database.WriteAsync(async work =>
        {
            await using var tables = Schema.Over(work);
            var found = (await CampaignLocks.LockAsync(work, tables, campaign.Id))!;
            if (found.State != CampaignState.Matched || found.Chunk != chunk) return null;
            tables.CampaignLines.AddRange(lines);
            found.Chunk = chunk + 1;
            await tables.SaveChangesAsync();
            if (!isLast) return found;
            if (tables.CampaignLines.Count(l => l.CampaignId == campaign.Id) is var loaded && loaded != all)
                throw new InvalidOperationException($"campaign {campaign.Id}: {loaded} lines of {all} have a subject");
            found.Become(CampaignState.Checking, work.Now);
            await tables.SaveChangesAsync();
            return found;
        });
        if (kept is not null) context.Committed(kept);
        return kept is not null;
    }

    private List<CampaignLine> LinesOf(Chunk chunk, ILookup<string, ResultRow> rows)
    {
        var (lines, facts) = (new List<CampaignLine>(), new FactsOfChunk(_dictionary));
        for (var subject = 0; subject < chunk.Subjects.Count; subject++)
        {
            var key = chunk.Subjects.Ids.Pool[chunk.Subjects.Ids[subject]];
            if (!rows.Contains(key)) continue;
            var known = facts.Of(chunk, subject);
            var json = FactsJson.Of(known).ToJsonString(Json);
            var code = Text(known, FileStages.SubjectCode);
            lines.AddRange(rows[key].Select(row => new CampaignLine
            {
                Id = NamedId.Of($"{campaign.Id}/{row.Position}"), CampaignId = campaign.Id, Position = row.Position,
                SubjectKey = key, Subject = code, SubjectName = Text(known, FileStages.SubjectName),
                // In a case the subject goes by its credit code.
                Object = item.Object == _dictionary.Subject ? code : row.Object,
                Period = row.Period, Amount = row.Amount, Facts = json,
            }));
        }
        return lines;
    }

    private static string Text(SubjectFacts facts, string name) =>
        facts.Subject[facts.Subject.Type.SlotOf(name)] is { Kind: ValueKind.String } text ? text.Text : "";
}
