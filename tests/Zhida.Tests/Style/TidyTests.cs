using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Zhida.Tests.Style;

/// <summary>The rules of style that a program can check, over every file of the project.</summary>
public sealed partial class TidyTests
{
    private const int MostLines = 800;
    private const int MostColumns = 120;
    private const int MostLinesOfFunction = 70;

    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".slnx", ".json", ".md", ".txt", ".csv", ".xml", ".yml", ".editorconfig"];

    private static readonly string[] Scripts = ["run", "test", "zhida", ".ci/run"];

    /// <summary>Code that people write; migrations are written by a tool.</summary>
    private static IEnumerable<string> Code => Repository.Files.Where(f =>
        f.EndsWith(".cs", StringComparison.Ordinal) && !f.Contains("/Migrations/", StringComparison.Ordinal));

    private static IEnumerable<string> Source => Code.Where(f => f.StartsWith("src/", StringComparison.Ordinal));

    /// <summary>Text that people write; not lock files and not reference data, which others wrote.</summary>
    private static IEnumerable<string> Texts => Repository.Files.Where(file =>
        (TextEndings.Contains(Path.GetExtension(file)) || Scripts.Contains(file)) &&
        !file.StartsWith("reference/", StringComparison.Ordinal) &&
        !file.EndsWith("packages.lock.json", StringComparison.Ordinal) &&
        !file.EndsWith("原文.txt", StringComparison.Ordinal));

    [Fact]
    public void There_are_files_to_look_at()
    {
        Assert.Contains("Zhida.slnx", Repository.Files);
        Assert.NotEmpty(Source);
    }

    [Fact]
    public void Code_files_are_short() => None(Code
        .Select(file => (File: file, Lines: Lines(file).Length)).Where(f => f.Lines > MostLines)
        .Select(f => $"{f.File}: {f.Lines} lines, at most {MostLines}"));

    [Fact]
    public void Lines_of_code_are_short() => None(EachLine(Code, line => Columns(line) > MostColumns
        ? $"longer than {MostColumns} columns" : null));

    [Fact]
    public void Functions_are_short() => None(Code.SelectMany(file => FunctionScan.Functions(Read(file))
        .Where(f => f.Lines > MostLinesOfFunction)
        .Select(f => $"{file}:{f.Line}: {f.Name} has {f.Lines} lines, at most {MostLinesOfFunction}")));

    [Fact]
    public void Nothing_is_left_undone() => None(EachLine(Code.Where(IsNotThisFile), line => Undone().Match(line) switch
    {
        { Success: true } found => found.Value,
        _ => null,
    }));

    [Fact]
    public void Source_has_no_binary_floats() => None(EachLine(Source, line =>
        Floats().IsMatch(CodeOf(line)) ? "a binary float: amounts and rates are decimal" : null));

    [Fact]
    public void Public_types_say_what_they_are() => None(Source.Where(IsFirstPart).SelectMany(file =>
    {
        var lines = Lines(file);
        return lines.Select((line, i) => (Line: line, Number: i + 1))
            .Where(l => PublicType().IsMatch(l.Line) && !HasSummary(lines, l.Number - 1))
            .Select(l => $"{file}:{l.Number}: a public type without a <summary>");
    }));

    [Fact]
    public void Texts_are_clean() => None(EachLine(Texts, (file, line) =>
        line.Contains('\t') ? "a tab"
        : line.EndsWith('\r') ? "a carriage return"
        : line.EndsWith(' ') && !file.EndsWith(".md", StringComparison.Ordinal) ? "a space at the end"
        : null));

    [Fact]
    public void Texts_end_with_one_line_end() => None(Texts.Where(file =>
    {
        var text = Read(file);
        return text.Length > 0 && (!text.EndsWith('\n') || text.EndsWith("\n\n", StringComparison.Ordinal));
    }));

    [Fact]
    public void No_path_of_a_machine() => None(EachLine(Texts.Where(IsNotThisFile), line =>
        MachinePath().Match(line) is { Success: true } found ? $"a path of one machine: {found.Value}" : null));

    [Fact]
    public void Links_lead_somewhere() => None(Texts.Where(f => f.EndsWith(".md", StringComparison.Ordinal))
        .SelectMany(file => Link().Matches(WithoutCode(Read(file)))
            .Select(link => Uri.UnescapeDataString(link.Groups["to"].Value.Split('#')[0]))
            .Where(to => to.Length > 0 && !to.Contains("://", StringComparison.Ordinal))
            .Where(to => !Path.Exists(Path.Combine(Path.GetDirectoryName(Repository.PathOf(file))!, to)))
            .Select(to => $"{file}: no {to}")));

    [Fact]
    public void Files_named_in_the_guides_exist() => None(Guides().SelectMany(file =>
        NamedFile().Matches(Read(file)).Select(m => m.Groups["file"].Value)
            .Where(named => !Path.Exists(Repository.PathOf(named)))
            .Select(named => $"{file}: no {named}")));

    [Fact]
    public void Projects_lock_their_packages() => None(Repository.Files
        .Where(f => f.EndsWith(".csproj", StringComparison.Ordinal))
        .Select(f => f[..(f.LastIndexOf('/') + 1)] + "packages.lock.json")
        .Where(f => !Repository.Files.Contains(f)));

    [Fact]
    public void Scripts_can_be_run() => None(Scripts.Where(script => OperatingSystem.IsLinux() &&
        !File.GetUnixFileMode(Repository.PathOf(script)).HasFlag(UnixFileMode.UserExecute)));

    private static IEnumerable<string> Guides() =>
        Repository.Files.Where(f => f is "README.md" or "README.zh-CN.md" or "ARCHITECTURE.md");

    private static void None(IEnumerable<string> faults)
    {
        var list = faults.ToList();
        Assert.True(list.Count == 0, string.Join('\n', list.Prepend($"{list.Count} to mend:")));
    }

    private static IEnumerable<string> EachLine(IEnumerable<string> files, Func<string, string?> fault) =>
        EachLine(files, (_, line) => fault(line));

    private static IEnumerable<string> EachLine(IEnumerable<string> files, Func<string, string, string?> fault) =>
        files.SelectMany(file => Lines(file)
            .Select((line, i) => fault(file, line) is { } found ? $"{file}:{i + 1}: {found}" : null)
            .OfType<string>());

    private static string Read(string file) => File.ReadAllText(Repository.PathOf(file));

    private static string[] Lines(string file) => Read(file).Split('\n');

    /// <summary>Columns as an editor counts them: a Chinese character is one.</summary>
    private static int Columns(string line) => line.EnumerateRunes().Count();

    private static bool IsNotThisFile(string file) => !file.EndsWith("Style/TidyTests.cs", StringComparison.Ordinal);

    /// <summary>The line without string literals and comments, roughly.</summary>
    private static string CodeOf(string line)
    {
        var code = Literal().Replace(line, "\"\"");
        var comment = code.IndexOf("//", StringComparison.Ordinal);
        return comment < 0 ? code : code[..comment];
    }

    /// <summary>Not a further part of a type that is spread over files: Parser.cs is the first part, Parser.Tests.cs
    /// another.</summary>
    private static bool IsFirstPart(string file) => !Path.GetFileNameWithoutExtension(file).Contains('.');

    private static bool HasSummary(string[] lines, int at)
    {
        for (var i = at - 1; i >= 0; i--)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("///", StringComparison.Ordinal) && line.Contains("<summary>")) return true;
            if (!line.StartsWith("///", StringComparison.Ordinal) && !line.StartsWith('[')) return false;
        }
        return false;
    }

    /// <summary>Markdown without code: what stands there is not a link.</summary>
    private static string WithoutCode(string markdown) =>
        InlineCode().Replace(FencedCode().Replace(markdown, ""), "");

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Undone();

    [GeneratedRegex(@"\b(double|float|Double|Single|Half)\b(?!\s*(=>|,|\}|\())|\d[dDfF]\b(?<!0x\w*)")]
    private static partial Regex Floats();

    [GeneratedRegex(@"^\s*public\s+((static|sealed|abstract|readonly|partial|ref|unsafe)\s+)*" +
        @"(class|struct|record|interface|enum)\s")]
    private static partial Regex PublicType();

    [GeneratedRegex(@"(?<![\w.])/(work|tmp|home|root|Users|mnt|opt)/[\w.]+|\b[A-Z]:\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<file>(src|docs|policies|samples|tests|conformance|reference)/" +
        @"[^`\s…*]*\.(md|json|cs|csv|txt))`")]
    private static partial Regex NamedFile();

    [GeneratedRegex("\"(\\\\.|[^\"\\\\])*\"|'(\\\\.|[^'\\\\])'")]
    private static partial Regex Literal();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex FencedCode();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex InlineCode();
}
