using System.Text.RegularExpressions;

namespace Zhida.Tests.Style;

/// <summary>A function: where it begins and how many lines its body with its head has.</summary>
internal readonly record struct ScannedFunction(string Name, int Line, int Lines);

/// <summary>Finds functions in tidy C#: a head at the indentation of a member, a body between braces at that same
/// indentation. That the code is laid out so is what the formatter sees to.</summary>
internal static partial class FunctionScan
{
    public static IEnumerable<ScannedFunction> Functions(string code)
    {
        var lines = code.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var head = Head().Match(lines[i]);
            if (!head.Success) continue;
            var open = BodyStart(lines, i, head.Groups["indent"].Value);
            if (open < 0) continue;
            var close = Array.FindIndex(lines, open, l => l.TrimEnd('\r', ' ') == head.Groups["indent"].Value + "}");
            if (close >= 0) yield return new ScannedFunction(head.Groups["name"].Value, i + 1, close - i + 1);
        }
    }

    /// <summary>The line of the opening brace at the head's own indentation, before a statement ends; −1 for none.
    /// </summary>
    private static int BodyStart(string[] lines, int head, string indent)
    {
        for (var i = head; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r', ' ');
            if (i > head && line == indent + "{") return i;
            if (line.EndsWith(';') || line.EndsWith('}') || line.Length == 0) return -1;
        }
        return -1;
    }

    /// <summary>Four or eight columns in, not a statement: something, a name, and a parenthesis.</summary>
    [GeneratedRegex(@"^(?<indent>    |        )" +
        "(?!return|if|for|while|switch|using|lock|else|new|case|throw|yield|catch|await|var )" +
        @"[\w<>\[\]?,.() ]*?\b(?<name>\w+)(<[\w, ]+>)?\(")]
    private static partial Regex Head();
}
