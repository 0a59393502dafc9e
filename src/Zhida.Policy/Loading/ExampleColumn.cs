using Zhida.Feel;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>What a column of 示例, or a line of its base, is about.</summary>
/// <param name="Type">The object; null for a column that is no fact.</param>
/// <param name="Id">The object's id where the path gives one (贷款#L2), else null: the only or first one.</param>
/// <param name="Member">A fact's or a reference's name; null: the object itself (无, 未知).</param>
/// <param name="Year">For facts of a year: the year, or <see cref="EveryYear"/> for 行 (行.实付利息, 贷款#L2.行.实付利息).</param>
internal sealed record ExampleColumn(string Path, ObjectType? Type, string? Id, string? Member, string? Year,
    Fact? Fact)
{
    public const string EveryYear = "行";

    /// <summary>Reads a path; null where it names nothing, which is reported.</summary>
    public static ExampleColumn? Read(Passage path, ObjectType claimed, Dictionary dictionary, Report report)
    {
        var parts = path.Text.Split('.');
        var (name, id) = parts[0].Split('#') is [var n, var i] ? (n, i) : (parts[0], null);
        var ofLine = name == EveryYear;
        var type = ofLine ? claimed : dictionary.Objects.GetValueOrDefault(name);
        if (type is null)
        {
            string[] known = [.. dictionary.Objects.Keys, .. ExamplesReader.Known];
            report.Error("example.path", path, $"不认识的列“{path.Text}”", Nearest.Mend(name, known));
            return null;
        }
        if (parts.Length == 1 && !ofLine) return new ExampleColumn(path.Text, type, id, null, null, null);
        if (parts is [_, EveryYear, _]) (ofLine, parts) = (true, [parts[0], parts[2]]);
        var yearly = ofLine ? parts.Length == 2 : parts.Length == 4 && parts[1] == "年度";
        if (!yearly && parts.Length == 2 && type.References.Any(r => r.Target.Name == parts[1]))
            return new ExampleColumn(path.Text, type, id, parts[1], null, null);
        var facts = yearly ? type.YearFacts : type.Facts;
        if (!yearly && parts.Length != 2 || facts.Find(f => f.Name == parts[^1]) is not { } fact)
        {
            report.Error("example.path", path, Problem(type, parts), Mend(type, facts, parts));
            return null;
        }
        return new ExampleColumn(path.Text, type, id, fact.Name, !yearly ? null : ofLine ? EveryYear : parts[2], fact);
    }

    private static string Problem(ObjectType type, string[] parts) =>
        parts.Length == 2 && type.Record.SlotOf(parts[1]) is >= 0 and var slot &&
        type.Record.Members[slot].Derivation is not null
            ? $"“{type.Name}.{parts[1]}”由其他数据项推出，不能填写"
            : $"数据字典里没有“{string.Join('.', parts)}”";

    private static string? Mend(ObjectType type, List<Fact> facts, string[] parts)
    {
        if (type.YearFacts.Exists(f => f.Name == parts[^1]))
            return $"每年的数据项写 行.{parts[^1]} 或 {type.Name}.年度.2026.{parts[^1]}";
        return Nearest.Mend(parts[^1], facts.Select(f => f.Name));
    }
}
