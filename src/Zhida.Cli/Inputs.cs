using System.CommandLine;
using System.Globalization;

namespace Zhida.Cli;

/// <summary>Arguments and options that several commands share, and how their texts are read.</summary>
internal static class Inputs
{
    private const long MostBytes = 16 << 20;

    public static Option<bool> Json() => new("--json") { Description = "输出JSON" };

    public static Option<string[]> Policies() => new("--policy")
        { HelpName = "政策", Description = "判定哪些政策（policies/ 下的文件夹名），可重复", Arity = ArgumentArity.OneOrMore };

    public static Option<string[]> Layers() => new("--layer")
        { HelpName = "层", Description = "加上细则或地方配套，可重复，按顺序", Arity = ArgumentArity.OneOrMore };

    public static Option<string[]> Settings() => new("--set")
        { HelpName = "名称=值", Description = "给一处待细则定值，如 印发日=2026-03-01，可重复", Arity = ArgumentArity.OneOrMore };

    public static Option<string?> On() => new("--on") { HelpName = "日期", Description = "判定日，如 2026-06-30；不写为今天" };

    public static Option<string?> Item() => new("--item")
        { HelpName = "事项", Description = "只看一个事项，写出全部理由，如 4.1" };

    public static Argument<string> Facts() => new("FACTS.json") { Description = "事实文件；- 为标准输入" };

    public static Argument<string[]> PolicyArguments() => new("政策")
        { Description = "policies/ 下的文件夹名；不写为全部", Arity = ArgumentArity.ZeroOrMore };

    public static DateOnly DateOf(string? text)
    {
        if (text is null) return DateOnly.FromDateTime(DateTime.Now);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var day)
            ? day : throw new BadInputException($"--on：“{text}”不是日期", "写成 2026-06-30 这样真实存在的日期");
    }

    public static Dictionary<string, string> SettingsOf(IEnumerable<string> texts)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var at = text.IndexOf('=');
            if (at <= 0 || at == text.Length - 1)
                throw new BadInputException($"--set：“{text}”缺少名称或值", "写成 名称=值，如 印发日=2026-03-01");
            if (!settings.TryAdd(text[..at].Trim(), text[(at + 1)..].Trim()))
                throw new BadInputException($"--set：“{text[..at]}”写了两次");
        }
        return settings;
    }

    /// <summary>The bytes of a file, or of the standard input for "-"; never more than 16 MB.</summary>
    public static byte[] BytesOf(string path)
    {
        try
        {
            using var stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            using var memory = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                memory.Write(buffer, 0, read);
                if (memory.Length > MostBytes) throw new BadInputException($"{path}：超过 {MostBytes >> 20} MB，读不了");
            }
            return memory.ToArray();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"没有文件 {path}", "检查路径；样例在 samples/ 下");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"读不了 {path}：{e.Message}");
        }
    }

    public static void WriteFile(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"写不了 {path}：{e.Message}");
        }
    }
}
