namespace Zhida.Policy.Loading;

/// <summary>Values given from outside for open places and readings (<c>--set NAME=VALUE</c>): 印发日, an open place by
/// its name or as <c>4.1/NAME</c>, a reading as <c>口径.问题</c> or <c>4.1/口径.问题</c>.</summary>
internal sealed class Settings(IReadOnlyDictionary<string, string> values)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The setting for a place of an item, the more exact name first; null: none.</summary>
    public Passage? For(string policy, string item, string name) =>
        Take($"{policy}:{item}/{name}") ?? Take($"{item}/{name}") ?? Take(name);

    public Passage? Take(string name)
    {
        if (!values.TryGetValue(name, out var value)) return null;
        _used.Add(name);
        return new SourceText($"--set {name}", value).Whole.Trim();
    }

    public void ReportUnused(Report report)
    {
        foreach (var name in values.Keys.Where(n => !_used.Contains(n)))
            report.Error("setting.unknown", new Location($"--set {name}", 1, 1), $"没有名为“{name}”的待细则之处或口径",
                "写 印发日、参数名、4.1/参数名 或 4.1/口径.问题；已有定值的不能另设");
    }
}
