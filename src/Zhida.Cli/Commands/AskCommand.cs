using System.CommandLine;
using Zhida.Cli.Rendering;
using Zhida.Policy.Deciding;

namespace Zhida.Cli.Commands;

/// <summary>The next questions, the most worth first.</summary>
internal static class AskCommand
{
    public static Command Build()
    {
        var facts = Inputs.Facts();
        var which = new Selection();
        var json = Inputs.Json();
        var command = new Command("ask", "接着该问什么：先问关系到钱和事项最多的") { facts };
        which.AddTo(command);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var (maker, read) = Work.Subject(which.Open(parsed), parsed.GetRequiredValue(facts));
            return Run(maker.Decide(read, which.On(parsed)).NextQuestions, parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(IReadOnlyList<Question> questions, bool asJson)
    {
        if (asJson) JsonPage.Print(DecisionJson.WriteQuestions(questions));
        else if (questions.Count == 0) Screen.Line("没有要问的了。");
        else DecisionView.PrintQuestions(questions);
        return ExitCode.Fine;
    }
}
