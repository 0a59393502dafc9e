using System.CommandLine;
using Zhida.Cli.Commands;
using Zhida.Policy.Desk;
using Zhida.Policy.Program;

namespace Zhida.Cli;

/// <summary>The options that say which policies decide, under which layers and settings, on which day.</summary>
internal sealed class Selection
{
    private readonly Option<string[]> _policies = Inputs.Policies();
    private readonly Option<string[]> _layers = Inputs.Layers();
    private readonly Option<string[]> _settings = Inputs.Settings();
    private readonly Option<string?> _on = Inputs.On();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _policies, _layers, _settings, _on }) command.Add(option);
    }

    /// <param name="parsed">The arguments.</param>
    /// <param name="meant">The policy where --policy names none; null: all but samples.</param>
    /// <param name="withExamples">Whether items have their examples: to be shown, not to decide.</param>
    public DecisionMaker Open(ParseResult parsed, string? meant = null, bool withExamples = false) => Work.Maker(
        parsed.GetValue(_policies) is { Length: > 0 } given ? given : meant is null
            ? [] : [meant], parsed.GetValue(_layers) ?? [],
        Inputs.SettingsOf(parsed.GetValue(_settings) ?? []), withExamples);

    public DateOnly On(ParseResult parsed) => Inputs.DateOf(parsed.GetValue(_on));

    /// <summary>The items that words such as 4.1,5.1 name, each once.</summary>
    public static List<Item> Items(DecisionMaker maker, string[]? asked) =>
    [
        .. (asked ?? []).SelectMany(a => a.Split([',', '，', '、', '；'],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .SelectMany(i => ExplainCommand.Find(maker, i)).Distinct(),
    ];
}
