namespace Zhida.Cli;

/// <summary>The folder that holds policies/ and reference/: ZHIDA_HOME, or the first one upwards from the current
/// folder or from the program.</summary>
internal static class Home
{
    private static readonly Lazy<string> Found = new(Find);

    public static string Root => Found.Value;

    /// <summary>Where versions are stored that decisions name.</summary>
    public static string Bundles => Path.Combine(Root, "data", "bundles");

    /// <summary>The embedded database.</summary>
    public static string Database => Path.Combine(Root, "data", "zhida.db");

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("ZHIDA_HOME") is { Length: > 0 } given) return Path.GetFullPath(given);
        return Upwards(Directory.GetCurrentDirectory()) ?? Upwards(AppContext.BaseDirectory)
            ?? throw new BadInputException("找不到 policies/ 文件夹", "在项目的目录里运行，或设环境变量 ZHIDA_HOME");
    }

    private static string? Upwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "policies", "common", "facts.md"))) return folder.FullName;
        return null;
    }
}
