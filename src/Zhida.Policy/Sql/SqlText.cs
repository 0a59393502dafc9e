using System.Globalization;
using System.Text.RegularExpressions;
using Zhida.Policy.Plans;

namespace Zhida.Policy.Sql;

/// <summary>A piece of SQL with what is needed to put it into another.</summary>
/// <param name="Text">As it stands in the script.</param>
/// <param name="Binding">How tightly its outermost operator binds: one of the constants here.</param>
/// <param name="Wide">For a number: its type is the dialect's wide one, else BIGINT.</param>
internal readonly record struct SqlText(string Text, int Binding, bool Wide = false)
{
    public const int Or = 1, And = 2, Not = 3, Is = 4, Comparison = 5, Other = 6, Sum = 7, Product = 8, Atom = 9;

    private static readonly string[] Tests = ["NULL", "TRUE", "FALSE"];

    /// <summary>The most columns that a list of conditions or branches has on one line.</summary>
    private const int Columns = 90;

    public static SqlText True => new("TRUE", Atom);

    public static SqlText False => new("FALSE", Atom);

    /// <summary>NULL itself, of whatever type.</summary>
    public bool IsNull => Binding == Atom && Text.StartsWith("NULL", StringComparison.Ordinal);

    public override string ToString() => Text;

    /// <summary>For IS …: the text of the one that holds where this doesn't.</summary>
    private string? Opposite
    {
        get
        {
            if (Binding != Is) return null;
            foreach (var word in Tests)
                if (Text.EndsWith($" IS {word}", StringComparison.Ordinal)) return $"{Text[..^word.Length]}NOT {word}";
                else if (Text.EndsWith($" IS NOT {word}", StringComparison.Ordinal))
                    return $"{Text[..^$"NOT {word}".Length]}{word}";
            return null;
        }
    }

    /// <summary>NOT, shorter where it can be said.</summary>
    public SqlText Negated() => Text == "TRUE" ? False : Text == "FALSE" ? True
        : Opposite is { } opposite ? new SqlText(opposite, Is) : new SqlText($"NOT {In(Other)}", Not);

    /// <summary>As an operand of an operator that binds like this.</summary>
    public string In(int binding) => Binding >= binding ? Text : $"({Text})";

    /// <summary>As the right operand of an operator that binds like this and goes from left to right.</summary>
    public string After(int binding) => Binding > binding ? Text : $"({Text})";

    public static SqlText Join(bool and, IReadOnlyList<SqlText> parts)
    {
        parts = [.. parts.DistinctBy(p => p.Text)];
        if (parts.Any(p => p.Text == (and ? "FALSE" : "TRUE") || p.Opposite is { } not &&
            parts.Any(o => o.Text == not))) return and ? False : True;
        parts = [.. parts.Where(p => p.Text != (and ? "TRUE" : "FALSE"))];
        if (parts.Count <= 1) return parts.Count == 1 ? parts[0] : and ? True : False;
        var binding = and ? And : Or;
        string[] texts = [.. parts.Select(p => p.In(binding))];
        var (word, length) = (and ? "AND" : "OR", texts.Sum(t => t.Length));
        return new SqlText(length < Columns && !texts.Any(t => t.Contains('\n'))
            ? string.Join($" {word} ", texts) : string.Join($"\n  {word} ", texts.Select(t => Indent(t, 2))), binding);
    }

    /// <summary>CASE WHEN … THEN … [ELSE …] END; a condition that is null takes the next branch.</summary>
    public static SqlText Case(
        IReadOnlyList<(SqlText When, SqlText Then)> branches, SqlText? otherwise = null, bool wide = false)
    {
        var (possible, rest) = (branches.Where(b => b.When.Text != "FALSE").ToList(), otherwise);
        // What certainly holds is the end of it.
        if (possible.FindIndex(b => b.When.Text == "TRUE") is >= 0 and var certain)
            (possible, rest) = (possible[..certain], possible[certain].Then);
        if (possible.Count == 0) return (rest ?? new SqlText("NULL", Atom)) with { Wide = wide };
        var parts = possible.Select(b => $"WHEN {Indent(b.When.Text, 7)} THEN {Indent(b.Then.Text, 7)}").ToList();
        if (rest is { IsNull: false } last) parts.Add($"ELSE {Indent(last.Text, 7)}");
        var flat = $"CASE {string.Join(' ', parts)} END";
        return new SqlText(flat.Length <= Columns && !flat.Contains('\n') ? flat
            : $"CASE {string.Join("\n  ", parts)}\nEND", Atom, wide);
    }

    public static string Indent(string text, int columns) =>
        text.Contains('\n') ? text.Replace("\n", "\n" + new string(' ', columns), StringComparison.Ordinal) : text;

    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Quoted(IEnumerable<string> texts) => string.Join(", ", texts.Select(Quote));

    /// <summary>A type that both dialects call the same; a wide number is not among them.</summary>
    public static string TypeName(NodeType type) => type switch
    {
        NodeType.Bool => "BOOLEAN",
        NodeType.Number => "BIGINT",
        NodeType.Date => "DATE",
        _ => "TEXT",
    };

    public static SqlText Null(NodeType type) => new($"NULL::{TypeName(type)}", Atom);

    public static string Date(long days) =>
        $"DATE '{Feel.Values.FeelDate.ToDateOnly(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";
}

/// <summary>Names of views and columns: quoted where the grammar asks for it, told apart within the 63 bytes that
/// PostgreSQL keeps.</summary>
internal sealed partial class SqlNames
{
    private const int MostBytes = 60;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>A name that nobody has yet, as like the wanted one as can be; not quoted.</summary>
    public string Take(string wanted)
    {
        var name = Cut(wanted, MostBytes);
        for (var n = 2; !_taken.Add(name); n++)
            name = Cut(wanted, MostBytes - 3) + n.ToString(CultureInfo.InvariantCulture);
        return name;
    }

    public static string Quote(string name) =>
        Plain().IsMatch(name) ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Cut(string text, int bytes)
    {
        var length = text.Length;
        while (System.Text.Encoding.UTF8.GetByteCount(text.AsSpan(0, length)) > bytes) length--;
        return text[..length];
    }

    // Chinese characters, digits and _; Latin letters would be folded or be words of the language.
    [GeneratedRegex(@"^[\u4e00-\u9fff_][\u4e00-\u9fff0-9_]*$")]
    private static partial Regex Plain();
}
