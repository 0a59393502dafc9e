using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Zhida.Casework.Proof;

namespace Zhida.Cli.Rendering;

/// <summary>What came of verifying the audit chain.</summary>
internal static class AuditView
{
    public static void Print(AuditReport report, DateTimeOffset now, bool signaturesChecked)
    {
        Screen.Line($"封记 {report.Seals:N0} 号，链尾 {(report.Hash.Length > 0 ? report.Hash : "（空）")}");
        Screen.Line(report.Checkpoints == 0 ? "没有检查点：截尾、整链重造都发现不了"
            : !signaturesChecked ? $"检查点 {report.Checkpoints:N0} 个，没有给出公钥，未核验签名"
            : $"检查点 {report.Checkpoints:N0} 个，签名证明到第{report.ProvedUpTo:N0}号");
        if (report.Unsealed > 0)
            Screen.Line($"还没有封存 {report.Unsealed:N0} 行" + (report.OldestUnsealed is { } oldest
                ? $"，最早的写入于 {(now.UtcTicks - oldest) / TimeSpan.TicksPerSecond:N0} 秒前" : ""));
        if (report.IsWhole)
        {
            Screen.Line("完好：没有发现改动");
            return;
        }
        var table = new Spectre.Console.Table { Border = TableBorder.Rounded };
        table.AddColumns("问题", "号", "种类", "行", "说明");
        foreach (var fault in report.Faults)
            table.AddRow(WordOf(fault.Kind), fault.Position?.ToString(CultureInfo.InvariantCulture) ?? "—",
                Markup.Escape(fault.RowKind is { } kind ? SealedWords.Of(kind) : "—"), Markup.Escape(fault.Row ?? "—"),
                Markup.Escape(fault.What));
        Screen.Out.Write(table);
        Screen.Line(report.FaultCount > report.Faults.Count
            ? $"共 {report.FaultCount:N0} 处问题，只列出前 {report.Faults.Count:N0} 处" : $"共 {report.FaultCount:N0} 处问题");
    }

    public static void PrintJson(AuditReport report) => JsonPage.Print(json =>
    {
        json.WriteBoolean("whole", report.IsWhole);
        json.WriteString("database", report.Database?.ToString());
        json.WriteNumber("seals", report.Seals);
        json.WriteString("hash", report.Hash);
        json.WriteNumber("unsealed", report.Unsealed);
        WriteTime(json, "oldestUnsealed", report.OldestUnsealed);
        json.WriteNumber("checkpoints", report.Checkpoints);
        json.WriteNumber("provedUpTo", report.ProvedUpTo);
        json.WriteNumber("faultCount", report.FaultCount);
        json.Objects("faults", report.Faults, (_, fault) =>
        {
            json.WriteString("fault", JsonNamingPolicy.KebabCaseLower.ConvertName(fault.Kind.ToString()));
            if (fault.Position is { } position) json.WriteNumber("position", position);
            else json.WriteNull("position");
            json.WriteString("kind", fault.RowKind);
            json.WriteString("row", fault.Row);
            json.WriteString("what", fault.What);
        });
    });

    private static void WriteTime(Utf8JsonWriter json, string name, long? ticks)
    {
        if (ticks is { } at) json.WriteString(name, new DateTime(at, DateTimeKind.Utc));
        else json.WriteNull(name);
    }

    private static string WordOf(FaultKind kind) => kind switch
    {
        FaultKind.Changed => "改动",
        FaultKind.Removed => "删除",
        FaultKind.Inserted => "插入",
        FaultKind.Reordered => "调换",
        FaultKind.Gap => "缺号",
        FaultKind.BrokenLink => "断链",
        FaultKind.Cut => "截尾",
        FaultKind.Rebuilt => "重造",
        FaultKind.Signature => "签名不符",
        _ => "不认识",
    };
}
