using System.CommandLine;
using System.Globalization;
using Zhida.Cli.Rendering;
using Zhida.Evaluation.Population;

namespace Zhida.Cli.Commands;

/// <summary>Writes Parquet tables of made-up subjects.</summary>
internal static class PopulationCommand
{
    public static Command Build()
    {
        var size = new Option<string>("--size") { HelpName = "个数", Description = "多少个主体，如 200000", Required = true };
        var seed = new Option<string>("--seed")
            { HelpName = "种子", Description = "整数；同样的种子和个数，文件逐字节相同", Required = true };
        var folder = new Option<string>("--out") { HelpName = "文件夹", Description = "写到哪里；没有就新建", Required = true };
        var threads = new Option<string?>("--threads") { HelpName = "线程数", Description = "不写为处理器个数" };
        var policies = Inputs.Policies();
        var command = new Command("population", "生成合成主体及其项目、贷款等，写成Parquet表，供批量匹配试用")
            { size, seed, folder, threads, policies };
        command.SetAction(parsed => Run(
            Number("--size", parsed.GetValue(size)!, 1, PopulationWriter.MostSubjects),
            Number("--seed", parsed.GetValue(seed)!, long.MinValue, long.MaxValue), parsed.GetValue(folder)!,
            parsed.GetValue(threads) is { } text ? (int)Number("--threads", text, 1, 1024) : Environment.ProcessorCount,
            parsed.GetValue(policies) ?? []));
        return command;
    }

    private static long Number(string option, string text, long least, long most) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) &&
        number >= least && number <= most ? number
            : throw new BadInputException($"{option}：“{text}”不合要求", least == long.MinValue ? "写一个整数，如 1"
                : $"写{least}至{most}的整数");

    private static int Run(long size, long seed, string folder, int threads, string[] policies)
    {
        var (writer, findings) = PopulationWriter.Open(Work.Tree(policies), policies);
        if (writer is null)
        {
            Findings.PrintProblems(findings.Where(Findings.IsError));
            throw new BadInputException("政策装载不了", "先运行 ./zhida check");
        }
        var report = Write(writer, size, seed, folder, threads);
        foreach (var table in report.Tables)
            Screen.Line($"{table.Rows,14:N0} 行  {table.Bytes,14:N0} 字节  {table.Name}");
        var (rows, bytes) = (report.Tables.Sum(t => t.Rows), report.Tables.Sum(t => t.Bytes));
        Screen.Line($"{rows,14:N0} 行  {bytes,14:N0} 字节  共{report.Tables.Count}张表，都是合成数据");
        Screen.Line($"{size:N0} 个主体，{report.Milliseconds / 1000m:N1} 秒" +
            $"（每秒 {size * 1000 / Math.Max(1, report.Milliseconds):N0} 个），写在 {folder}");
        return ExitCode.Fine;
    }

    private static PopulationReport Write(PopulationWriter writer, long size, long seed, string folder, int threads)
    {
        var terminal = !Console.IsErrorRedirected;
        try
        {
            var report = writer.Write(folder, size, seed, threads, done =>
            {
                if (terminal) Console.Error.Write($"\r已写 {done:N0} / {size:N0} 个主体");
            });
            if (terminal) Console.Error.WriteLine();
            return report;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"写不了 {folder}：{e.Message}", "换一个能写的文件夹");
        }
    }
}
