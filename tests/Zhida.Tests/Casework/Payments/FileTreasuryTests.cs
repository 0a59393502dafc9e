using CsCheck;
using Xunit;
using Zhida.Casework.Cases;
using Zhida.Casework.Payments;
using Zhida.Casework.Proof;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Payments;

public sealed class FileTreasuryTests(TestDatabases databases)
{
    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Orders_leave_as_a_file_and_answers_come_as_files(DatabaseKind kind)
    {
        using var folder = new TemporaryFolder();
        var (orders, answers) = (Path.Combine(folder.Path, "拨付"), Path.Combine(folder.Path, "回执"));
        await using var scene = new PaymentScene(databases, kind);
        var cases = await scene.PayingAsync(2);
        var link = scene.Link(new FileTreasury(orders, answers));
        var batch = await scene.ReleasedAsync(cases);
        await link.SendAsync(batch.Id);
        var sent = Assert.Single(Directory.GetFiles(orders));
        Assert.Equal($"{batch.Number}-001.csv", Path.GetFileName(sent));
        var lines = await File.ReadAllLinesAsync(sent, TestContext.Current.CancellationToken);
        Assert.Equal($"批次,{batch.Number},1,省财政,2,{batch.Total}", lines[0]);
        Assert.Equal($"合计,2,{batch.Total},{Sm3.Hex(string.Concat(lines[..^1].Select(l => l + "\n")))}", lines[^1]);
        Assert.Equal(new ReconcileResult(0, 0, 0), await link.ReconcileAsync());
        var payments = await scene.PaymentsAsync();
        void Put(string name, string text) => File.WriteAllText(Path.Combine(answers, name), text);
        string Paid(int i, string id) => AnswerFile.Write([
            new TreasuryAnswer(id, payments[i].Id, AnswerKind.Paid, payments[i].Amount, "摘要,\"附言\""),
        ]);
        Put("一.csv", Paid(0, "a"));
        Put("二.csv", Paid(0, "a"));
        Put("三.csv", Paid(1, "b")[..^10]);
        Put("四.csv", Paid(1, "b").Replace(payments[1].Amount.ToString(), "1", StringComparison.Ordinal));
        Put("五.part", Paid(1, "b"));
        Assert.Equal(new ReconcileResult(1, 1, 0), await link.ReconcileAsync());
        Assert.Equal(2, Directory.GetFiles(Path.Combine(answers, "taken")).Length);
        Assert.Equal(["三.csv", "三.csv.reason.txt", "四.csv", "四.csv.reason.txt"],
            Directory.GetFiles(Path.Combine(answers, "rejected")).Select(p => Path.GetFileName(p)).Order());
        Put("六.csv", Paid(1, "b"));
        Assert.Equal(new ReconcileResult(1, 0, 0), await link.ReconcileAsync());
        Assert.Equal(CasePhase.Completed, (await scene.CaseAsync(cases[1].Id)).Phase);
    }

    [Fact]
    public void Any_answers_are_read_as_they_were_written() =>
        Gen.Select(Gen.String[Gen.Char["甲,\"a "], 1, 8], Gen.Guid, Gen.Enum<AnswerKind>(), Gen.Long[0, long.MaxValue],
                Gen.String[Gen.Char["甲,\"a '\\"], 0, 8])
            .Select((id, payment, kind, amount, text) => new TreasuryAnswer(id, payment, kind, amount, text)).List[0, 5]
            .Sample(answers => Assert.Equal(answers, AnswerFile.Read("名", AnswerFile.Write(answers)).Sheet!.Answers));

    [Fact]
    public void Any_changed_character_is_noticed()
    {
        var text = AnswerFile.Write([new TreasuryAnswer("1", Guid.CreateVersion7(), AnswerKind.Paid, 1200, "")]);
        Assert.All(Enumerable.Range(0, text.Length - 1), i =>
            Assert.Null(AnswerFile.Read("名", text[..i] + (text[i] == '7' ? '8' : '7') + text[(i + 1)..]).Sheet));
    }
}
