using System.CommandLine;
using Zhida.Cli.Rendering;
using Zhida.Policy.Deciding;
using Zhida.Policy.Desk;
using Zhida.Policy.Facts;

namespace Zhida.Cli.Commands;

/// <summary>Decides all items for one subject, or shows everything about one item. Stores the version, so that
/// <c>verify</c> can make the decision again.</summary>
internal static class DecideCommand
{
    public static Command Build()
    {
        var facts = Inputs.Facts();
        var which = new Selection();
        var item = Inputs.Item();
        var json = Inputs.Json();
        var command = new Command("decide", "判定一个主体：每个事项是否符合、多少、依据、还差什么") { facts };
        which.AddTo(command);
        command.Add(item);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var (maker, read) = Work.Subject(which.Open(parsed), parsed.GetRequiredValue(facts));
            return Run(maker, read, which.On(parsed), parsed.GetValue(item), parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(DecisionMaker maker, SubjectFacts facts, DateOnly on, string? item, bool asJson)
    {
        var only = item is null ? null : ExplainCommand.Find(maker, item).Select(i => i.Id).ToHashSet();
        var decision = maker.Decide(facts, on, only);
        Store(maker);
        if (asJson) JsonPage.Print(DecisionJson.Write(decision));
        else if (only is null) DecisionView.Print(decision, NameOf(facts));
        else
            foreach (var result in decision.Items) LineTree.Print(result);
        return ExitCode.Fine;
    }

    private static void Store(DecisionMaker maker)
    {
        try
        {
            maker.Bundle.Save(Home.Bundles);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"提示：版本没有存档（{e.Message}），以后不能用 verify 核对这个判定");
        }
    }

    private static string NameOf(SubjectFacts facts) =>
        facts.Source.TryGetProperty("主体", out var subject) && subject.TryGetProperty("名称", out var name) &&
        name.ValueKind == System.Text.Json.JsonValueKind.String ? name.GetString()! : facts.Subject.Id;
}
