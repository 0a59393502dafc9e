using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Facts;

/// <summary>The lists that references make on their targets: 项目.贷款. Known only where all the objects that could be in
/// one say to what they refer.</summary>
internal static class InverseLists
{
    /// <param name="dictionary">The data dictionary.</param>
    /// <param name="objects">Of one subject, by type, with their references; null: not known whether there are any.
    /// </param>
    public static void Fill(Dictionary dictionary, Dictionary<ObjectType, IReadOnlyList<Record>?> objects)
    {
        foreach (var target in dictionary.Objects.Values)
        foreach (var list in target.Lists)
        {
            if (objects[target] is not { Count: > 0 } targets || objects[list.Source] is not { } sources) continue;
            var reference = list.Source.References.First(r => r.Target == target);
            var slot = reference.Slot;
            if (!reference.Optional && sources.Any(s => s[slot].IsUnset)) continue;
            foreach (var record in targets)
                record[list.Slot] = Value.OfList(
                    [.. sources.Where(s => ReferenceEquals(TargetOf(s, slot), record)).Select(s => Value.Of(s))]);
        }
    }

    private static FeelContext? TargetOf(Record source, int slot) =>
        source[slot].Kind == ValueKind.Context ? source[slot].Context : null;
}
