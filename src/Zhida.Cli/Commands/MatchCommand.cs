using System.CommandLine;
using System.Globalization;
using Zhida.Cli.Rendering;
using Zhida.Evaluation.Matching;
using Zhida.Evaluation.Reports;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Desk;

namespace Zhida.Cli.Commands;

/// <summary>Decides all items, or some, over a population: tables in, a result table out. It can be stopped and goes on
/// where it was when it is asked the same again.</summary>
internal static class MatchCommand
{
    private const int MostThreads = 256;

    private static readonly string[] Backends = ["columns", "interpreter", "duckdb", "postgres"];

    private sealed record Options(
        Argument<string> Source, Option<string> Out, Option<string[]> Items, Option<string> Backend,
        Option<string?> Database, Option<string?> Threads, Option<bool> All, Option<bool> Why, Option<string?> Work,
        Option<bool> Json, Option<int?> Chunk);

    public static Command Build()
    {
        var options = new Options(
            new Argument<string>("DIR") { Description = "事实表所在的文件夹（Parquet、CSV、XLSX），或 postgres:// 地址" },
            new Option<string>("--out")
            {
                HelpName = "文件", Required = true,
                Description = "结果写到哪里：.parquet、.csv、.xlsx，或 postgres://用户:口令@主机:端口/库?table=表名",
            },
            new Option<string[]>("--items")
            {
                HelpName = "事项", Arity = ArgumentArity.OneOrMore,
                Description = "只要哪些事项，如 4.1,5.1，可重复；共用上限或互斥的事项一并判定，不写出",
            },
            new Option<string>("--backend")
            {
                HelpName = "后端", DefaultValueFactory = _ => Backends[0],
                Description = $"怎样判定：{string.Join("、", Backends)}；不写为 {Backends[0]}",
            },
            new Option<string?>("--database")
            {
                HelpName = "地址",
                Description = "--backend postgres 用的数据库，如 postgres://用户:口令@主机:端口/库；不写为 DIR 那个库",
            },
            new Option<string?>("--threads") { HelpName = "线程数", Description = "不写为处理器的核数" },
            new Option<bool>("--all") { Description = "不符合的行也写出；不写则只在 文件.counts.csv 里计数" },
            new Option<bool>("--why")
                { Description = "另写原因：多少行在哪个条件上不符、差一点、缺什么（文件.why.csv、文件.why.html）" },
            new Option<string?>("--work")
                { HelpName = "文件夹", Description = "中断后据以继续的文件夹；不写为 文件.work" },
            Inputs.Json(),
            // How a population is cut changes nothing that is seen; tests show it.
            new Option<int?>("--chunk") { HelpName = "主体数", Hidden = true });
        var which = new Selection();
        var command = new Command("match", "判定全体主体：读事实表，写结果表；Ctrl-C 停下，同样的命令接着做") { options.Source };
        foreach (var option in new Option[]
                     { options.Out, options.Items, options.Backend, options.Database, options.Threads })
            command.Add(option);
        which.AddTo(command);
        foreach (var option in new Option[] { options.All, options.Why, options.Work, options.Json, options.Chunk })
            command.Add(option);
        command.SetAction(parsed => Run(parsed, options, which));
        return command;
    }

    private static int Run(ParseResult parsed, Options options, Selection which)
    {
        var (destination, problem) = Destination.Parse(parsed.GetRequiredValue(options.Out));
        Stop(problem);
        var backend = parsed.GetRequiredValue(options.Backend);
        if (!Backends.Contains(backend))
            throw new BadInputException($"--backend：没有“{backend}”", $"有：{string.Join("、", Backends)}");
        var threads = ThreadsOf(parsed.GetValue(options.Threads));
        var on = which.On(parsed);
        var maker = which.Open(parsed);
        Stop(MatchRequest.ProblemOf(maker.Program));
        var items = Selection.Items(maker, parsed.GetValue(options.Items));
        var request = new MatchRequest(parsed.GetRequiredValue(options.Source), destination!, items, backend, threads,
            on, parsed.GetValue(options.All), parsed.GetValue(options.Why), parsed.GetValue(options.Work),
            maker.Bundle.Id)
            { ChunkSubjects = parsed.GetValue(options.Chunk), Database = parsed.GetValue(options.Database) };
        try
        {
            return Run(maker, request, parsed.GetValue(options.Json));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            or System.Data.Common.DbException)
        {
            throw new BadInputException($"运行中断：{e.Message}",
                $"检查磁盘空间和权限；已完成的部分在 {request.WorkPath}，同样的命令接着做");
        }
    }

    private static int Run(DecisionMaker maker, MatchRequest request, bool asJson)
    {
        var (job, problems) = Population.Open(request, maker.Program, maker.Tables);
        foreach (var problem in problems.SkipLast(1)) Screen.Error(problem.Message, problem.Mend);
        if (problems.Count > 0) Stop(problems[^1]);
        using (job!)
        {
            maker.Bundle.Save(Home.Bundles);
            using var stop = new StopSignals();
            var head = new WhyHead(string.Join("、", maker.Program.Policies.Select(p => p.Title)),
                LayersOf(maker), request.On, maker.Program.Policies.Any(p => p.IssueDate is null), request.Version);
            var run = Task.Factory.StartNew(
                () => job!.Execute(head, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
            // A database decides all subjects at once, so that lines tell more of how far it is.
            if (job!.StartsOver) new RunProgress(() => job!.Run.LinesWritten, () => null, "行").Watch(run);
            else new RunProgress(() => job!.Run.SubjectsDone, () => job!.Subjects, "个主体").Watch(run);
            if (run.GetAwaiter().GetResult() is { } report)
            {
                if (asJson) MatchView.PrintJson(report, request);
                else MatchView.Print(report, request, LayersOf(maker));
                return ExitCode.Fine;
            }
            if (job.StartsOver)
                Console.Error.WriteLine($"已停下：{request.Backend} 判定没有中间结果可以继续，同样的命令从头做起；" +
                    $"可删除 {request.WorkPath}");
            else Console.Error.WriteLine($"已停下：完成了 {job.Run.SubjectsDone} 个主体，存在 {request.WorkPath}；" +
                                    "用同样的命令接着做，或删除这个文件夹重来");
            return ExitCode.Stopped;
        }
    }

    /// <summary>The layers with what they say of themselves: figures of an illustrative one are 示范 wherever they
    /// appear.</summary>
    private static string LayersOf(DecisionMaker maker) => maker.Bundle.Layers.Count == 0 ? "只按正文"
        : "层 " + string.Join("、", maker.Bundle.Layers.Select(id =>
            maker.Program.Policies.SelectMany(p => p.Layers).FirstOrDefault(l => l.Id == id)?.Remark
                is { Length: > 0 } remark ? $"{id}（{remark.Split('：')[0]}）" : id));

    private static int ThreadsOf(string? text)
    {
        if (text is null) return Environment.ProcessorCount;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) &&
               threads is > 0 and <= MostThreads
            ? threads : throw new BadInputException($"--threads：“{text}”不行", $"写 1 到 {MostThreads} 的整数");
    }

    private static void Stop(Refusal? problem)
    {
        if (problem is not null) throw new BadInputException(problem.Message, problem.Mend);
    }
}
