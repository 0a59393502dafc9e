using System.Text;
using Xunit;
using Zhida.Casework.Attachments;
using Zhida.Casework.Cases;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Cases;

/// <summary>Files of a case, on both databases.</summary>
public sealed class CaseAttachmentsTests(TestDatabases databases) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_case_is_filed_with_the_files_that_its_item_asks_for(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        var files = Files(scene);
        var draft = (await scene.Desk.OpenAsync(
            CaseScene.Owner, "4.1", CaseScene.Firm, "示范低空", "贷一", "2026", CaseScene.Facts())).Value!;
        var contract = (await AddAsync(files, CaseScene.Owner, draft.Id, "借款合同与放款凭证", "..\\合同.pdf")).Value!;
        Assert.Equal(("合同.pdf", FileType.Pdf), (contract.Name, contract.Type));
        Assert.Equal(["付息凭证"],
            (await scene.MoveAsync(draft, Move.File, CaseScene.Owner)).Problems.Select(p => p.Field));
        var receipt = (await AddAsync(files, CaseScene.Owner, draft.Id, "付息凭证", "付息.pdf")).Value!;
        Assert.Empty((await files.RemoveAsync(CaseScene.Owner, draft.Id, receipt.Id)).Problems);
        Assert.NotEmpty((await scene.MoveAsync(draft, Move.File, CaseScene.Owner)).Problems);
        await AddAsync(files, CaseScene.Owner, draft.Id, "付息凭证", "付息.pdf");
        var filed = (await scene.MoveAsync(draft, Move.File, CaseScene.Owner)).Value!;
        Assert.Equal("phase", (await AddAsync(files, CaseScene.Owner, filed.Id, "付息凭证", "再来.pdf")).Problems[0].Code);

        await using var open = (await OpenAsync(files, CaseScene.CityClerk, filed.Id, contract.Id)).Value!;
        Assert.Equal(Pdf("借款合同与放款凭证"), new StreamReader(open).ReadToEnd());
        foreach (var stranger in new[] { CaseScene.DalianClerk, CaseScene.Owner with { Subjects = ["别家"] } })
            Assert.Equal("not-found", (await OpenAsync(files, stranger, filed.Id, contract.Id)).Problems[0].Code);
        Assert.Equal(0, await files.SweepAsync(DateTime.UtcNow.AddDays(1)));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_file_that_is_refused_changes_nothing(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        var files = Files(scene);
        var draft = (await scene.Desk.OpenAsync(
            CaseScene.Owner, "4.1", CaseScene.Firm, "示范低空", "贷一", "2026", "{}")).Value!;
        using var page = new MemoryStream(Encoding.UTF8.GetBytes("<html><script>1</script></html>"));
        Assert.NotEmpty((await files.AddAsync(
            CaseScene.Owner, draft.Id, "付息凭证", "a.pdf", page, CancellationToken.None)).Problems);
        Assert.Equal("not-found",
            (await AddAsync(files, CaseScene.Owner with { Subjects = [] }, draft.Id, "付息凭证", "a.pdf"))
                .Problems[0].Code);
        Assert.Equal("{}", (await scene.ReadAsync(draft.Id)).Materials);
    }

    public void Dispose() => _folder.Dispose();

    private CaseAttachments Files(CaseScene scene) => new(scene.Database,
        new AttachmentStore(Path.Combine(_folder.Path, Guid.NewGuid().ToString("N")), new AttachmentLimits(),
            new NoScanner()));

    private static async Task<Result<CaseAttachment>> AddAsync(
        CaseAttachments files, Person by, Guid id, string material, string name)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(Pdf(material)));
        return await files.AddAsync(by, id, material, name, content, CancellationToken.None);
    }

    private static Task<Result<Stream>> OpenAsync(
        CaseAttachments files, Person by, Guid id, Guid attachment) =>
        files.OpenAsync(CaseScene.Program, by, id, attachment, CancellationToken.None);

    /// <summary>The least that is told to be a PDF.</summary>
    private static string Pdf(string about) =>
        $"%PDF-1.4\n%{about}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
        "2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n";
}
