using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Checking;

/// <summary>Whether an item's readings (口径) make a difference: each is asked by a rule, and its options are told apart;
/// one of them may be what <c>else</c> stands for.</summary>
internal static class ReadingCheck
{
    public static IEnumerable<Finding> Check(Item item)
    {
        foreach (var reading in item.Readings)
        {
            // 未列NAME is asked by its list; the reading of 按 by the lines.
            if (reading.Unlisted is not null || ReferenceEquals(item.Period.Reading, reading)) continue;
            var named = new HashSet<string>();
            var seen = new HashSet<Expr>(ReferenceEqualityComparer.Instance);
            var asked = false;
            foreach (var root in item.Roots()) asked |= Collect(root, reading, item.Frame.ReadingsRecord, named, seen);
            var rest = reading.Options.Where(o => !named.Contains(o)).ToList();
            if (!asked)
                yield return Finding.Error("reading.unused", reading.Location,
                    $"{item.Number} 没有规则用到口径“{reading.Question}”", "在规则里写 口径.问题 = \"读法\"，或删去");
            else if (rest.Count > 1)
                yield return Finding.Error("reading.option", reading.Location,
                    $"{item.Number} 的规则没有区别口径“{reading.Question}”的{string.Join("、", rest.Select(o => $"“{o}”"))}",
                    "在规则里分别写明，最多留一个归入 else");
        }
    }

    /// <summary>Whether a node or what it uses asks the reading; adds the words it is compared with.</summary>
    private static bool Collect(
        Expr node, Reading reading, RecordType readings, HashSet<string> named, HashSet<Expr> seen)
    {
        if (!seen.Add(node)) return false;
        var asks = node.Children.Any(c => Asks(c, reading, readings));
        if (asks) AddTexts(node, named);
        if (node is Variable { Symbol.Definition: { } definition })
            asks |= Collect(definition, reading, readings, named, seen);
        foreach (var child in node.Children) asks |= Collect(child, reading, readings, named, seen);
        return asks || Asks(node, reading, readings);
    }

    private static bool Asks(Expr node, Reading reading, RecordType readings) =>
        node is Member member && member.Name == reading.Question && ReferenceEquals(member.Source.Type, readings);

    private static void AddTexts(Expr node, HashSet<string> named)
    {
        if (node is Literal { Value: var value })
        {
            if (value.Kind == ValueKind.String) named.Add(value.Text);
            else if (value.Kind == ValueKind.List)
                named.UnionWith(value.Items.Where(i => i.Kind == ValueKind.String).Select(i => i.Text));
        }
        foreach (var child in node.Children) AddTexts(child, named);
    }
}
