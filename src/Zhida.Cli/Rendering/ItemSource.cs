using System.Text;
using Zhida.Policy;

namespace Zhida.Cli.Rendering;

/// <summary>Lines of the files that a program was read from, as they stand there.</summary>
internal sealed class ItemSource(IReadOnlyDictionary<string, byte[]> files)
{
    /// <summary>The lines below a heading, as far as <paramref name="wanted"/> goes; blank lines before are passed
    /// over.
    /// </summary>
    public IReadOnlyList<string> Below(Location heading, Func<string, bool> wanted) =>
        !files.TryGetValue(heading.File, out var bytes) ? []
            : [.. Encoding.UTF8.GetString(bytes).Split('\n').Skip(heading.Line).Select(l => l.TrimEnd('\r'))
                .SkipWhile(l => l.Length == 0).TakeWhile(wanted)];

    /// <summary>The header of an item: 对象, 按, 方式, 兑现 and so on.</summary>
    public IReadOnlyList<string> Header(Location item) =>
        Below(item, l => l.Length > 0 && !l.StartsWith('#') && !l.StartsWith('>'));

    /// <summary>A table below its heading.</summary>
    public IReadOnlyList<string> Table(Location heading) => Below(heading, l => l.StartsWith('|'));
}
