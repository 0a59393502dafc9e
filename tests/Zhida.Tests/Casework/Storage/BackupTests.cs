using Xunit;
using Zhida.Casework.Cases;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework.Cases;

namespace Zhida.Tests.Casework.Storage;

/// <summary>Backups go out and come back, whole, on both databases.</summary>
public sealed class BackupTests(TestDatabases databases) : IDisposable
{
    private const string Item = "liaoning-2026:4.1";
    private readonly TemporaryFolder _folder = new();

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_restored_database_goes_on_where_it_was(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync(Item, 500_000_000);
        var file = await scene.GoAsync(await scene.FiledAsync(), (Move.Accept, CaseScene.CityClerk));
        var attachments = Folder("attachments", "ab/cd", "内容");
        var made = await Backup.MakeAsync(scene.Database, Folders(attachments), BackupPath);
        Assert.Empty(made.Problems);
        Assert.Equal((2, 2), (made.Value!.Moves, made.Value.Files.Count));
        // What happens afterwards is not in it.
        await scene.GoAsync(file, (Move.Approve, CaseScene.Province));

        await using var other = databases.Empty(kind, scene.Clock);
        var back = Path.Combine(_folder.Path, "back");
        Assert.Empty((await Backup.RestoreAsync(BackupPath, other, Folders(back))).Problems);
        Assert.Equal("内容", await File.ReadAllTextAsync(Path.Combine(back, "ab/cd")));
        await using var restored = new CaseScene(other, scene.Clock);
        var again = await restored.ReadAsync(file.Id);
        Assert.Equal((CasePhase.Reviewing, file.Version, file.Amount), (again.Phase, again.Version, again.Amount));
        Assert.Equal(file.Amount, (await restored.BudgetOfAsync(Item)).DebitsPending);
        await restored.GoAsync(again, (Move.Approve, CaseScene.Province), (Move.EndPublicity, Person.Program),
            (Move.Pay, Person.Program));
        Assert.Contains("不是空的", (await Backup.RestoreAsync(BackupPath, other, Folders(back))).Problems[0].Message);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_damaged_backup_is_refused_before_anything_is_written(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await Backup.MakeAsync(scene.Database, Folders("none"), BackupPath);
        var bytes = await File.ReadAllBytesAsync(BackupPath);
        foreach (var at in new[] { bytes.Length / 3, bytes.Length / 2 })
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x55;
            await File.WriteAllBytesAsync(BackupPath + ".bad", damaged);
            await using var other = databases.Empty(kind);
            Assert.Equal("backup", Assert.Single(
                (await Backup.RestoreAsync(BackupPath + ".bad", other, Folders("none"))).Problems).Code);
        }
    }

    public void Dispose() => _folder.Dispose();

    private string BackupPath => Path.Combine(_folder.Path, "zhida.tar.gz");

    private static Dictionary<string, string> Folders(string attachments) => new() { ["attachments"] = attachments };

    private string Folder(string name, string file, string content)
    {
        var folder = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
        File.WriteAllText(Path.Combine(folder, file), content);
        return folder;
    }
}
