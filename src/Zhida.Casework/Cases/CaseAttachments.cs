using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Attachments;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;
using Zhida.Policy.Program;

namespace Zhida.Casework.Cases;

/// <summary>A file that an applicant handed in for a material of a case; its content is in the store, by
/// hash.</summary>
public sealed class CaseAttachment
{
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>As the item names it (材料).</summary>
    public required string Material { get; init; }

    /// <summary>SM3 of the content.</summary>
    public required string Hash { get; init; }

    /// <summary>As the applicant called it; shown, never used as a path.</summary>
    public required string Name { get; init; }

    public required FileType Type { get; init; }

    public required long Size { get; init; }

    public ScanState Scan { get; internal set; }

    public required long At { get; init; }

    public required string By { get; init; }
}

/// <summary>Takes files into a case, one by one, while the applicant holds it.</summary>
public sealed class CaseAttachments(Database database, AttachmentStore store)
{
    private const int MostOfCase = 100;
    private const int MostOfName = 120;

    /// <summary>Stores a file and adds it to a material. A file that is refused changes nothing.</summary>
    public async Task<Result<CaseAttachment>> AddAsync(
        Person by, Guid id, string material, string name, Stream content, CancellationToken stop)
    {
        // First, so that nobody fills the store with what no case takes.
        var may = await database.ReadAsync(async work => await MayChangeAsync(work, by, id));
        if (!may.Succeeded) return new Result<CaseAttachment>(null, may.Problems);
        var stored = await store.Store(content, stop);
        if (stored.Value is not { } file) return new Result<CaseAttachment>(null, stored.Problems);
        return await ChangeAsync<CaseAttachment>(by, id, async (work, context) =>
        {
            if (await context.Attachments.CountAsync(a => a.CaseId == id) >= MostOfCase)
                return new Problem("too-many", $"一个办件最多{MostOfCase}个附件", "合并后再上传");
            var attachment = new CaseAttachment
            {
                Id = Guid.CreateVersion7(), CaseId = id, Material = material, Hash = file.Hash, Name = Clean(name),
                Type = file.Type, Size = file.Size, Scan = file.Scan, At = work.Now, By = by.Id,
            };
            context.Attachments.Add(attachment);
            return attachment;
        });
    }

    /// <summary>Takes a file out of a case; its content goes with the next sweep, if nothing else has it.</summary>
    public Task<Result<CaseAttachment>> RemoveAsync(Person by, Guid id, Guid attachment) =>
        ChangeAsync<CaseAttachment>(by, id, async (_, context) =>
        {
            var found = await context.Attachments.SingleOrDefaultAsync(a => a.Id == attachment && a.CaseId == id);
            if (found is null) return new Problem("not-found", "没有这个附件", "刷新后再试");
            context.Attachments.Remove(found);
            return found;
        });

    /// <summary>The content, for whoever may see the case.</summary>
    public async Task<Result<Stream>> OpenAsync(
        PolicyProgram program, Person by, Guid id, Guid attachment, CancellationToken stop)
    {
        var hash = await database.ReadAsync(async work =>
        {
            if (await CaseQueries.FindAsync(work, program, by, id) is null) return null;
            await using var context = Schema.Over(work);
            return await context.Attachments.Where(a => a.Id == attachment && a.CaseId == id).Select(a => a.Hash)
                .SingleOrDefaultAsync();
        });
        return hash is null ? new Problem("not-found", "没有这个附件", "检查编号") : await store.Open(hash, stop);
    }

    /// <summary>Scans what the scanner has not seen; one found infected is taken out of its case. How many are still
    /// 待扫描.</summary>
    public Task<int> RescanAsync(CancellationToken stop) => database.WriteAsync(async work =>
    {
        await using var context = Schema.Over(work);
        var pending = await context.Attachments.Where(a => a.Scan == ScanState.Pending).Take(MostOfCase).ToListAsync();
        foreach (var attachment in pending)
        {
            var again = await store.Rescan(new StoredFile(
                attachment.Hash, attachment.Size, attachment.Type, attachment.Scan), stop);
            if (again.Value is { } file) attachment.Scan = file.Scan;
            else context.Attachments.Remove(attachment);
        }
        await context.SaveChangesAsync();
        foreach (var id in pending.Select(a => a.CaseId).Distinct()) await ListAsync(context, id);
        await context.SaveChangesAsync();
        return pending.Count(a => a.Scan == ScanState.Pending);
    });

    /// <summary>Removes contents that no case has, stored before a time. How many.</summary>
    public async Task<int> SweepAsync(DateTime olderThan)
    {
        var referenced = await database.ReadAsync(async work =>
            await work.QueryAsync("SELECT DISTINCT hash FROM case_attachments", row => row.GetString(0), []));
        return store.Sweep(referenced.ToHashSet(), olderThan);
    }

    private Task<Result<T>> ChangeAsync<T>(
        Person by, Guid id, Func<UnitOfWork, ZhidaContext, Task<Result<T>>> change) where T : class =>
        database.WriteAsync(async work =>
        {
            var may = await MayChangeAsync(work, by, id);
            if (!may.Succeeded) return new Result<T>(null, may.Problems);
            await using var context = Schema.Over(work);
            var made = await change(work, context);
            if (!made.Succeeded)
            {
                work.Abandon();
                return made;
            }
            await context.SaveChangesAsync();
            await ListAsync(context, id);
            await context.SaveChangesAsync();
            return made;
        });

    private static async Task<Result<Case>> MayChangeAsync(UnitOfWork work, Person by, Guid id)
    {
        await using var context = Schema.Over(work);
        var file = await CaseQueries.LockAsync(work, context, id);
        if (file is null || by.Role != Role.Applicant || !by.Subjects.Contains(file.Subject))
            return new Problem("not-found", "没有这个办件", "检查编号");
        return file.Phase is CasePhase.Draft or CasePhase.Correcting ? file
            : new Problem("phase", $"办件现在是“{PhaseWords.Of(file.Phase)}”，不能改材料", "需要补充的，等补正通知");
    }

    /// <summary>The case's list of hashes by material, as its moves record it.</summary>
    private static async Task ListAsync(ZhidaContext context, Guid id)
    {
        var all = await context.Attachments.AsNoTracking().Where(a => a.CaseId == id).OrderBy(a => a.Id).ToListAsync();
        var file = await context.Cases.SingleAsync(c => c.Id == id);
        file.Materials = JsonSerializer.Serialize(all.GroupBy(a => a.Material)
            .ToDictionary(g => g.Key, g => g.Select(a => a.Hash)), MoveMaking.Json);
    }

    private static string Clean(string name)
    {
        var clean = new string([.. Path.GetFileName(name.Replace('\\', '/')).Where(c => !char.IsControl(c))]);
        return clean.Length == 0 ? "附件" : clean.Length <= MostOfName ? clean : clean[^MostOfName..];
    }
}
