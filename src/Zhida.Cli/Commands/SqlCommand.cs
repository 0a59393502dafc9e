using System.CommandLine;
using Zhida.Cli.Rendering;
using Zhida.Policy.Batch;
using Zhida.Policy.Desk;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Sql;

namespace Zhida.Cli.Commands;

/// <summary>Prints items as a script that decides them within the database that holds the facts.</summary>
internal static class SqlCommand
{
    private static readonly string[] Dialects = [SqlDialect.DuckDb.Name, SqlDialect.Postgres.Name];

    public static Command Build()
    {
        var dialect = new Option<string>("--dialect")
            { HelpName = "数据库", Required = true, Description = $"给哪种数据库：{string.Join("、", Dialects)}" };
        var items = new Option<string[]>("--items")
        {
            HelpName = "事项", Arity = ArgumentArity.OneOrMore, Description = "只要哪些事项，如 4.1,5.1，可重复；不写为全部",
        };
        var which = new Selection();
        var command = new Command("sql", "把事项写成SQL脚本，在存着数据的库里判定") { dialect, items };
        which.AddTo(command);
        command.SetAction(parsed => Run(which.Open(parsed), which.On(parsed), parsed.GetRequiredValue(dialect),
            parsed.GetValue(items) ?? []));
        return command;
    }

    private static int Run(DecisionMaker maker, DateOnly on, string name, string[] asked)
    {
        var dialect = SqlDialect.Find(name) ??
            throw new BadInputException($"--dialect：没有“{name}”", $"有：{string.Join("、", Dialects)}");
        var items = Selection.Items(maker, asked);
        if (items.Count == 0) items = [.. maker.Program.Policies.SelectMany(p => p.Items)];
        var run = new RunContext(maker.Program, maker.Tables, on, items);
        var script = SqlGenerator.Generate(run, PlanCompiler.Compile(run), dialect,
            SqlSource.Of(maker.Program.Dictionary));
        if (script.Items.Count == 0)
        {
            foreach (var refusal in script.Refusals.SkipLast(1)) Screen.Error(Told(refusal));
            throw new BadInputException(Told(script.Refusals[^1]), "这些事项用 match 的 columns 或 interpreter 判定");
        }
        Console.Write(script.Text(Heading(maker, on, dialect)));
        return ExitCode.Fine;
    }

    private static string Told(SqlRefusal refusal) => $"{refusal.Item.Id}写不成SQL：{refusal.Reason}";

    private static IEnumerable<string> Heading(DecisionMaker maker, DateOnly on, SqlDialect dialect)
    {
        yield return $"直达：用{dialect.Title}判定。依次建立临时视图，结果在 {SqlScript.All}、{SqlScript.Due}、{SqlScript.Counts} 三个视图里";
        foreach (var policy in maker.Program.Policies)
        {
            var issued = policy.IssueDate is { } day ? $"印发日 {day:yyyy-MM-dd}" : "印发日待定，预判";
            yield return $"政策：{policy.Id} {policy.Title}（{issued}）";
        }
        var layers = maker.Bundle.Layers.Count == 0 ? "只按正文" : string.Join("、", maker.Bundle.Layers);
        yield return $"层：{layers}；判定日：{on:yyyy-MM-dd}；" +
            $"版本：{maker.Bundle.Id}";
        if (dialect == SqlDialect.Postgres) yield return "每一步末尾的 OFFSET 0 让这一步的列只算一次，不要去掉";
        yield return "数据表的样子见 docs/population-runs.md：每个对象一张表（主体、项目、贷款…），空值为不知道";
    }
}
