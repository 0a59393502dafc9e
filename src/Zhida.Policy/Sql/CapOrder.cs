using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Sql;

/// <summary>Puts the caps of an item in the order in which windows apply them: each account of one lies within an
/// account of the next. Or says why there is none.</summary>
internal sealed class CapOrder
{
    private readonly ItemPlan _plan;
    private readonly ObjectType _subject;

    private CapOrder(ItemPlan plan, ObjectType subject) => (_plan, _subject) = (plan, subject);

    /// <summary>The caps on money that are taken in the order of lines, the innermost first.</summary>
    public static (IReadOnlyList<CapPlan> Nested, string? Refusal) Of(ItemPlan plan, ObjectType subject)
    {
        var order = new CapOrder(plan, subject);
        if (plan.Item.ExclusionGroups.Count > 0) return ([], "互斥的事项要逐个对象试选最优组合，窗口函数算不出来");
        foreach (var cap in plan.Caps)
            if (order.Refusal(cap) is { } refusal) return ([], $"上限“{cap.Cap.Name}”{refusal}");
        if (plan.Caps.Count(c => c.Cap.CountsLines) > 1) return ([], "有几个按项数的上限，先后互相影响");
        if (plan.Caps.Count(c => c.Cap.ProRata) > 1) return ([], "有几个按比例分配的上限，先后互相影响");
        var money = plan.Caps.Where(c => c.Cap is { CountsLines: false, ProRata: false }).ToList();
        var nested = money.OrderByDescending(c => money.Count(other => order.Within(c, other))).ToList();
        for (var i = 0; i < nested.Count; i++)
            for (var k = i + 1; k < nested.Count; k++)
                if (!order.Within(nested[i], nested[k]))
                    return ([], $"上限“{nested[i].Cap.Name}”和“{nested[k].Cap.Name}”的账户互不包含：" +
                        "一条线用掉多少取决于另一个上限，窗口函数算不出来");
        return (nested, null);
    }

    private string? Refusal(CapPlan cap)
    {
        if (cap.Cap.SharedName is { } shared) return $"与别的事项共用“{shared}”，要各事项的行一起排队";
        return IsConstant(cap) ? null : "的额度在一个账户之内各行可以不同，窗口函数算不出来";
    }

    /// <summary>The kind of account; one by the subject's own id is the subject's.</summary>
    public static CapScope Scope(CapPlan cap, ObjectType subject) =>
        cap.Cap.Scope == CapScope.Object && cap.Key is null && cap.Path.Count > 0 && cap.Path[^1].To.Object == subject
            ? CapScope.Subject
        : cap.Key is null ? cap.Cap.Scope : IsSubjectId(cap.Key, subject) ? CapScope.Subject : CapScope.Key;

    private static bool IsSubjectId(Node key, ObjectType subject) => key.Op switch
    {
        Op.Lift when key.Payload is Hop { IsCertain: true } => IsSubjectId(key.Children[0], subject),
        Op.Fact => key.Payload is Fact { Name: TableLayout.Id } fact && fact.Object == subject,
        _ => false,
    };

    /// <summary>The account's object is the claim object itself.</summary>
    public static bool IsClaim(CapPlan cap) => cap.Path.All(h => h.Kind == HopKind.Object);

    /// <summary>Whether all lines of an account of one are lines of one account of the other.</summary>
    private bool Within(CapPlan inner, CapPlan outer)
    {
        if (ReferenceEquals(inner, outer)) return true;
        var (a, b) = (Scope(inner, _subject), Scope(outer, _subject));
        if (a == CapScope.Line) return true;
        if (outer.Cap.Period == CapPeriod.Line && inner.Cap.Period != CapPeriod.Line) return false;
        return (a, b) switch
        {
            (_, CapScope.Item) => true,
            (CapScope.Object, CapScope.Object) => IsClaim(inner) ||
                PathOf(inner).Select(h => (h.Kind, h.Reference)).SequenceEqual(PathOf(outer).Select(h => (h.Kind,
                    h.Reference))),
            (CapScope.Object or CapScope.Subject, CapScope.Subject) => true,
            (CapScope.Object, CapScope.Key) => IsClaim(inner) && OnlyOf(outer.Key!, RowPath.Here, IsObjects),
            (CapScope.Subject, CapScope.Key) => OnlyOf(outer.Key!, RowPath.Here, IsSubjects),
            (CapScope.Key, CapScope.Key) => ReferenceEquals(inner.Key, outer.Key),
            _ => false,
        };
    }

    private static IEnumerable<Hop> PathOf(CapPlan cap) => cap.Path.Where(h => h.Kind != HopKind.Object);

    private bool IsConstant(CapPlan cap) => cap.Limit.Op is Op.Constant or Op.Unknown || Scope(cap, _subject) switch
    {
        CapScope.Line => true,
        CapScope.Object when IsClaim(cap) =>
            cap.Cap.Period == CapPeriod.Line || OnlyOf(cap.Limit, RowPath.Here, IsObjects),
        CapScope.Object => OnlyOf(cap.Limit, RowPath.Here, path => IsSubjects(path) || IsOn(path, cap.Path)),
        CapScope.Subject => OnlyOf(cap.Limit, RowPath.Here, IsSubjects),
        _ => false,
    };

    private static bool IsObjects(RowPath path) => path.Steps.Count > 0;

    private bool IsSubjects(RowPath path) => path.Steps.Any(s => s.Target == _subject) &&
        path.Steps.All(s => s.Kind is HopKind.Object or HopKind.Subject);

    /// <summary>Whether a way leads to the object of the account, or on from it.</summary>
    private static bool IsOn(RowPath path, IReadOnlyList<Hop> account)
    {
        var steps = path.Steps.Where(s => s.Kind != HopKind.Object).ToList();
        var hops = account.Where(h => h.Kind != HopKind.Object).ToList();
        return steps.Count >= hops.Count &&
            hops.Select((h, i) => steps[i].Kind == h.Kind && steps[i].Reference == h.Reference).All(same => same);
    }

    /// <summary>Whether all that an expression reads lies at the end of such ways.</summary>
    private static bool OnlyOf(Node node, RowPath path, Func<RowPath, bool> allowed) => node.Op switch
    {
        Op.Constant or Op.Unknown => true,
        Op.Lift => OnlyOf(node.Children[0], path.Then((Hop)node.Payload!), allowed),
        Op.Fact or Op.LineYear or Op.LineFirst or Op.LineLast or Op.ListKnown or Op.ReferenceKnown => allowed(path),
        Op.Sum or Op.Least or Op.Most or Op.Count or Op.Some or Op.Every => allowed(path),
        _ => node.Children.All(c => OnlyOf(c, path, allowed)),
    };
}
