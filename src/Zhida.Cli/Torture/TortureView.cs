using Spectre.Console;
using Zhida.Casework.Cases;
using Zhida.Cli.Rendering;
using Zhida.Ledger.Storage;

namespace Zhida.Cli.Torture;

/// <summary>The report of a run.</summary>
internal static class TortureView
{
    private const int MostFindings = 20;

    public static void Print(TortureResult result)
    {
        var (log, state) = (result.Log, result.State);
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(result.Kind == DatabaseKind.Sqlite ? "SQLite" : "PostgreSQL");
        table.AddColumn(new TableColumn($"{result.Took.TotalSeconds:F0} 秒") { Alignment = Justify.Right });
        void Row(string what, object value) => table.AddRow(what, $"{value}");
        Row("服务进程被SIGKILL", result.Kills);
        if (result.Kind == DatabaseKind.PostgreSql)
            Row("数据库重启：崩溃、正常停机", $"{result.Crashes}、{result.Stops}");
        else Row("答复磁盘空间不足", log.Full);
        Row("答复", log.Answers);
        Row("没有答复而重发", log.Repeated);
        Row("同时发两遍", log.Doubled);
        Row("答复办成的办理，库中的办理", $"{log.Moves.Count}，{state.Moves.Count}");
        Row("办件，拨付和发放", $"{state.Cases.Count}，{state.Moves.Count(m => m.Move is Move.Pay or Move.Issue)}");
        Row("预算下达", log.Grants.Count);
        Row("账户，账上各笔", $"{state.Accounts.Count}，{state.Transfers.Count}");
        Row("审计链封记", result.Seals);
        foreach (var (code, count) in log.RefusedBy.OrderByDescending(r => r.Value)) Row($"答复不准：{WordOf(code)}", count);
        Screen.Out.Write(table);
        foreach (var finding in result.Findings.Take(MostFindings)) Screen.Line("✗ " + finding);
        if (result.Findings.Count > MostFindings) Screen.Line($"……共 {result.Findings.Count} 处");
        Screen.Line(result.Findings.Count == 0
            ? "✓ 答复过的都在，没有一步办两次；账户等于各笔之和，预算、额度和上限没有超过；审计链完整" : $"发现 {result.Findings.Count} 处不一致");
        // The next database takes minutes.
        Console.Out.Flush();
    }

    private static string WordOf(string code) => code switch
    {
        "conflict" => "版本已旧",
        "forbidden" => "无权",
        "phase" => "阶段不对",
        "decision" => "判定",
        "money" => "钱不够",
        "reason" => "没有理由",
        "facts" => "事实",
        "materials" => "材料",
        TortureAnswer.Away => "数据库不在（会重发）",
        TortureAnswer.Full => "磁盘空间不足（会重发）",
        _ => code,
    };
}
