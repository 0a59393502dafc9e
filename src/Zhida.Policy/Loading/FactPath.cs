using Zhida.Feel;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>Finds the fact that a path names: 贷款.本金, 贷款.年度.实付利息, or 行.实付利息 for the claim object's.</summary>
internal static class FactPath
{
    /// <summary>Null where there is none; that is reported with the names most like it.</summary>
    public static Fact? Find(Passage path, ObjectType claimed, Dictionary dictionary, Report report)
    {
        var parts = path.Text.Split('.');
        var ofLine = parts[0] == "行";
        if (!ofLine && !dictionary.Objects.ContainsKey(parts[0]))
        {
            report.Error("path.object", path, $"数据字典里没有对象“{parts[0]}”",
                Nearest.Mend(parts[0], dictionary.Objects.Keys));
            return null;
        }
        var type = ofLine ? claimed : dictionary.Objects[parts[0]];
        var yearly = ofLine || parts.Length == 3 && parts[1] == "年度";
        var facts = yearly ? type.YearFacts : type.Facts;
        if (parts.Length == (yearly && !ofLine ? 3 : 2) &&
            facts.Find(f => f.Name == parts[^1]) is { } fact) return fact;
        report.Error("path.fact", path, Problem(type, parts[^1], path.Text),
            Nearest.Mend(parts[^1], facts.Select(f => f.Name)));
        return null;
    }

    private static string Problem(ObjectType type, string name, string path) =>
        type.Record.SlotOf(name) is >= 0 and var slot && type.Record.Members[slot].Derivation is not null
            ? $"“{type.Name}.{name}”由其他数据项推出，不是填写的" : $"数据字典里没有“{path}”";
}
