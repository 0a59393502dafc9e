using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;
using Zhida.Cli.Rendering;
using Zhida.Feel.Types;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;

namespace Zhida.Cli.Commands;

/// <summary>The data dictionary: tables for people, JSON Schema for programs.</summary>
internal static class FactsCommand
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build()
    {
        var json = Inputs.Json();
        var command = new Command("facts", "数据字典：有哪些数据项、怎样问；--json 为 JSON Schema") { json };
        command.SetAction(parsed =>
        {
            var dictionary = Work.Maker([], [], new Dictionary<string, string>()).Program.Dictionary;
            if (parsed.GetValue(json))
                JsonPage.Print(Encoding.UTF8.GetBytes(FactsSchema.Of(dictionary).ToJsonString(Indented)));
            else
                foreach (var type in dictionary.Objects.Values) Print(type);
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Print(ObjectType type)
    {
        Screen.Line($"{type.Name}：{type.Description}");
        var table = new Spectre.Console.Table { Border = TableBorder.Rounded };
        table.AddColumns("数据项", "类型", "问题", "登记");
        foreach (var fact in type.Facts.Concat(type.YearFacts))
            table.AddRow(Markup.Escape(fact.Yearly ? $"（每年）{fact.Name}" : fact.Name), Markup.Escape(TypeOf(fact)),
                Markup.Escape(fact.Question), Markup.Escape(fact.Register));
        Screen.Out.Write(table);
    }

    private static string TypeOf(Fact fact) => fact.Type switch
    {
        StringType { IsEnumeration: true } words => string.Join("；", words.Allowed),
        ListType { Item: StringType { IsEnumeration: true } words } => $"多选：{string.Join("；", words.Allowed)}",
        NumberType { Unit: { IsNone: false } unit } => $"{FactKinds.WordOf(fact.Kind)}（{unit}）",
        _ => FactKinds.WordOf(fact.Kind),
    };
}
