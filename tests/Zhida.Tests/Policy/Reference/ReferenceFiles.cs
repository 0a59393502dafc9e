using System.Text;
using Zhida.Feel.Values;
using Zhida.Policy.Reference;

namespace Zhida.Tests.Policy.Reference;

/// <summary>The files of <c>reference/</c> as the program loads them, and days as tests write them.</summary>
internal static class ReferenceFiles
{
    public static IReadOnlyDictionary<string, byte[]> Files { get; } = Directory
        .GetFiles(Repository.PathOf("reference"), "*.csv")
        .ToDictionary(p => "reference/" + Path.GetFileName(p), File.ReadAllBytes);

    public static ReferenceTables Tables { get; } = ReferenceTables.Load(Files);

    /// <summary>The tables with one file replaced.</summary>
    public static ReferenceTables With(string name, string text) =>
        ReferenceTables.Load(
            new Dictionary<string, byte[]>(Files) { ["reference/" + name] = Encoding.UTF8.GetBytes(text) });

    /// <summary>The rows of a table without its head.</summary>
    public static IEnumerable<string[]> Rows(string name) => Encoding.UTF8.GetString(Files["reference/" + name])
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#').Skip(1).Select(l => l.Split(','));

    public static long Day(string date) =>
        FeelDate.TryParse(date, out var day) ? day : throw new ArgumentException(date);
}
