using System.Diagnostics;
using Xunit;

namespace Zhida.Tests;

/// <summary>Where the project and its neighbours lie, and the files under version control.</summary>
public static class Repository
{
    private static readonly Lazy<IReadOnlyList<string>> Listed = new(List);

    /// <summary>The folder that holds Zhida.slnx, found upwards from the test's own folder.</summary>
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Files of the project, relative to its root, by Git where it is there.</summary>
    public static IReadOnlyList<string> Files => Listed.Value;

    /// <summary>A file of the reference material that lies beside the project (or where ZHIDA_SHARED says); the test is
    /// skipped where it is absent.</summary>
    public static string Shared(string relative)
    {
        var folder = Environment.GetEnvironmentVariable("ZHIDA_SHARED") ?? Path.Combine(Root, "..", "shared");
        var path = Path.Combine(folder, relative);
        if (!File.Exists(path) && !Directory.Exists(path))
            Assert.Skip($"needs {relative} of ../shared (or of the folder that ZHIDA_SHARED names)");
        return path;
    }

    /// <summary>./test --long.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("ZHIDA_LONG") == "1";

    /// <summary>Skips a long test unless `./test --long` runs.</summary>
    public static void OnlyWhenLong()
    {
        if (!IsLong) Assert.Skip("long: run ./test --long");
    }

    /// <summary>Skips a test that needs a program of the system, here z3 and the like.</summary>
    public static void Needs(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program)))) Assert.Skip($"needs {program}");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Zhida.slnx"))) return folder.FullName;
        throw new InvalidOperationException("Zhida.slnx is nowhere above the tests");
    }

    private static List<string> List()
    {
        var git = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(git)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                    .Where(file => File.Exists(PathOf(file))).Distinct().Order(StringComparer.Ordinal)];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No Git: a copy of the files without history. Walk the tree instead.
        }
        string[] built = ["artifacts", ".git", "data", "node_modules", "bin", "obj"];
        return [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(built.Contains))
            .Order(StringComparer.Ordinal)];
    }
}
