using System.CommandLine;
using System.CommandLine.Help;
using Zhida.Cli.Commands;

namespace Zhida.Cli;

/// <summary>All commands, in the order of the help page.</summary>
internal static class CommandTree
{
    public static RootCommand Build()
    {
        var root = new RootCommand("直达：政策即程序。逐条判定谁能享受、享受多少、依据哪一句、还差什么。")
        {
            CheckCommand.Build(), TestCommand.Build(), DecideCommand.Build(), AskCommand.Build(),
                ExplainCommand.Build(), SqlCommand.Build(),
            VerifyCommand.Build(), FactsCommand.Build(), PopulationCommand.Build(), MatchCommand.Build(),
            TckCommand.Build(), BenchCommand.Build(),
            CaseCommand.Build(), JobsCommand.Build(), DatabaseCommand.Build(), AuditCommand.Build(),
            TortureCommand.Build(), TortureServerCommand.Build(),
        };
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Description = "显示帮助";
            help.Action = new HelpPage();
        }
        foreach (var version in root.Options.OfType<VersionOption>()) version.Description = "显示版本";
        return root;
    }
}
