using System.Globalization;
using System.Text;
using Zhida.Casework.Proof;

namespace Zhida.Casework.Payments;

/// <summary>
/// A treasury that exchanges files (docs/payments.md has their form): orders go into one folder, answers come from
/// another. A file is there whole or not at all: it is written under another name and renamed, by both sides.
/// Answers that were taken go to <c>taken</c>; files that can't be read to <c>rejected</c>, beside the reason.
/// </summary>
public sealed class FileTreasury(string ordersFolder, string answersFolder) : ITreasury
{
    private const string Ending = ".csv";

    public async Task SubmitAsync(PaymentOrders orders)
    {
        Directory.CreateDirectory(ordersFolder);
        var name = $"{orders.Batch}-{orders.Sending.ToString("000", CultureInfo.InvariantCulture)}";
        var unfinished = Path.Combine(ordersFolder, $"{name}.{Guid.NewGuid():N}.part");
        await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(TextOf(orders)));
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, Path.Combine(ordersFolder, name + Ending), overwrite: true);
    }

    public async Task<IReadOnlyList<AnswerSheet>> ReceiveAsync()
    {
        Directory.CreateDirectory(answersFolder);
        var sheets = new List<AnswerSheet>();
        foreach (var path in Directory.EnumerateFiles(answersFolder, "*" + Ending).Order(StringComparer.Ordinal))
        {
            var (sheet, reason) = AnswerFile.Read(Path.GetFileName(path), await File.ReadAllTextAsync(path));
            if (sheet is not null) sheets.Add(sheet);
            else
            {
                var rejected = PutAway(path, "rejected");
                await File.WriteAllTextAsync(rejected + ".reason.txt", reason + "\n");
            }
        }
        return sheets;
    }

    public Task TakenAsync(AnswerSheet sheet)
    {
        var path = Path.Combine(answersFolder, sheet.Name);
        if (File.Exists(path)) PutAway(path, "taken");
        return Task.CompletedTask;
    }

    private static string TextOf(PaymentOrders batch)
    {
        static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
        var (count, total) = (Number(batch.Orders.Count), Number(batch.Orders.Sum(o => o.Amount)));
        var text = new StringBuilder();
        void Line(params IReadOnlyList<string> fields) => text.Append(CsvLine.Of(fields)).Append('\n');
        Line("批次", batch.Batch, Number(batch.Sending), batch.Payer, count, total);
        Line("列", "编号", "办件", "户名", "开户行", "账号", "金额（分）");
        foreach (var order in batch.Orders)
            Line("拨付", order.Id.ToString(), order.CaseNumber, order.PayeeName, order.Bank, order.AccountNumber,
                Number(order.Amount));
        var body = text.ToString();
        Line("合计", count, total, Sm3.Hex(body));
        return text.ToString();
    }

    /// <summary>Moves a file into a folder beside it; one of the same name that is there already keeps its own.
    /// </summary>
    private static string PutAway(string path, string folder)
    {
        var target = Path.Combine(Path.GetDirectoryName(path)!, folder);
        Directory.CreateDirectory(target);
        var name = Path.Combine(target, Path.GetFileName(path));
        if (File.Exists(name)) name = $"{name}.{Guid.NewGuid():N}";
        File.Move(path, name);
        return name;
    }
}
