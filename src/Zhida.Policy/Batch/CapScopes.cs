using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Batch;

/// <summary>
/// Which caps of a run join the lines of several subjects, under the readings in force. An object is its subject's own,
/// so that caps by 行, object and 主体 stay within a subject, and so does a key that comes down to 主体.编号; 事项 and every
/// other key are global. A shared cap stays within a subject only if it does so for every item of the run that has it.
/// </summary>
public sealed class CapScopes
{
    private readonly int[][] _families;
    private readonly int[] _clusters;
    private readonly List<CapFamily> _all = [];
    private readonly List<CapCluster> _found = [];

    public CapScopes(RunContext context)
    {
        _families = [.. context.Items.Select(i => new int[i.Caps.Count])];
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var item = 0; item < _families.Length; item++)
        for (var cap = 0; cap < _families[item].Length; cap++)
        {
            var (owner, it) = (context.Items[item], context.Items[item].Caps[cap]);
            var name = it.SharedName is { } shared ? $"s {shared}" : $"i {owner.Id} {it.Name}";
            if (!byName.TryGetValue(name, out var family))
            {
                byName[name] = family = _all.Count;
                _all.Add(new CapFamily(name));
            }
            _families[item][cap] = family;
            _all[family].Members.Add((item, cap));
            _all[family].IsLocal &= StaysWithin(it, owner, context);
        }
        _clusters = Join(context.Items);
        for (var item = 0; item < _clusters.Length; item++)
            if (_clusters[item] >= 0) Describe(context.Items[item], _families[item], _found[_clusters[item]]);
    }

    /// <summary>Whether a cap of an item joins only lines of one subject.</summary>
    public bool IsLocal(int item, int cap) => _all[_families[item][cap]].IsLocal;

    /// <summary>Whether the amounts of an item hang on lines of the same subject alone.</summary>
    public bool IsLocal(int item) => _clusters[item] < 0 || _found[_clusters[item]].IsLocal;

    /// <summary>The items that an item's money hangs together with, by shared caps and exclusion groups, have one
    /// number; −1: the item has neither caps nor exclusion groups.</summary>
    public int ClusterOf(int item) => _clusters[item];

    internal int FamilyOf(int item, int cap) => _families[item][cap];

    internal IReadOnlyList<CapFamily> Families => _all;

    internal IReadOnlyList<CapCluster> Clusters => _found;

    private int[] Join(IReadOnlyList<Item> items)
    {
        var clusters = new int[items.Count];
        Array.Fill(clusters, -1);
        for (var item = 0; item < clusters.Length; item++)
        {
            if (clusters[item] >= 0 || items[item] is { Caps.Count: 0, ExclusionGroups.Count: 0 }) continue;
            var together = Allocator.Together(items[item], items);
            for (var other = 0; other < clusters.Length; other++)
                if (together.Contains(items[other])) clusters[other] = _found.Count;
            _found.Add(new CapCluster());
        }
        return clusters;
    }

    private void Describe(Item item, int[] families, CapCluster cluster)
    {
        for (var cap = 0; cap < families.Length; cap++)
        {
            cluster.IsLocal &= _all[families[cap]].IsLocal;
            cluster.Counts |= item.Caps[cap].CountsLines;
            cluster.ProRata |= item.Caps[cap].ProRata;
        }
    }

    private static bool StaysWithin(Cap cap, Item item, RunContext context) => cap.Scope switch
    {
        CapScope.Item => false,
        CapScope.Key => IsSubjectId(cap.Key!, item, context),
        _ => true,
    };

    /// <summary>Whether a key is 主体.编号, once the questions that readings answer are answered.</summary>
    private static bool IsSubjectId(Expr key, Item item, RunContext context)
    {
        switch (key)
        {
            case IfElse branch:
                var answer = branch.Condition.Evaluate(ReadingsOnly(item, context));
                return answer.IsTrue ? IsSubjectId(branch.Then, item, context)
                    : answer.IsFalse ? IsSubjectId(branch.Else, item, context)
                    : IsSubjectId(branch.Then, item, context) && IsSubjectId(branch.Else, item, context);
            case Variable { Symbol: { IsGlobal: false, Definition: { } definition } }:
                return IsSubjectId(definition, item, context);
            default:
                return key is Member
                {
                    Name: TableLayout.Id, Source: Variable { Symbol: { IsGlobal: false, Slot: var slot } },
                    Source.Type: RecordType,
                } && slot == item.Frame.SubjectSlot;
        }
    }

    /// <summary>A frame in which nothing is known but the readings in force.</summary>
    private static Frame ReadingsOnly(Item item, RunContext context)
    {
        var policy = context.Program.Policies.First(p => p.Items.Contains(item));
        var evaluation = new Evaluation(strict: true, Decider.GlobalsOf(policy, context.On));
        return new ItemEvaluator(item, policy, evaluation).Frame;
    }
}

/// <summary>The caps that draw on the same accounts: one cap of one item, or all of one shared name.</summary>
internal sealed class CapFamily(string name)
{
    /// <summary>Tells a family from every other of the program.</summary>
    public string Name { get; } = name;

    /// <summary>Its caps, by the item's index among those of the run and the cap's among the item's.</summary>
    public List<(int Item, int Cap)> Members { get; } = [];

    public bool IsLocal { get; set; } = true;
}

/// <summary>Items whose money hangs together.</summary>
internal sealed class CapCluster
{
    public bool IsLocal { get; set; } = true;

    /// <summary>Has a cap on the number of lines.</summary>
    public bool Counts { get; set; }

    /// <summary>Has a cap that is shared pro rata.</summary>
    public bool ProRata { get; set; }
}
