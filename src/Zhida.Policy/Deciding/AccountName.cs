using System.Text;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>
/// Names that mean one thing across subjects and decisions, so that a ledger can use them for its accounts: segments
/// between <c>/</c>, escaped as in a JSON Pointer (RFC 6901: <c>~</c> is <c>~0</c>, <c>/</c> is <c>~1</c>). What stays
/// within a subject names the subject; a key and a pool join subjects and don't (decision 0010). Names rest on 编号: they
/// hold only as long as the subject and its objects keep theirs.
/// </summary>
public static class AccountName
{
    private const string Shared = "共享", Exclusive = "互斥";

    /// <summary>The account of a cap as a line meets it: <c>liaoning-2026:4.1/项目·年度/整机线/2026</c>. First the item and
    /// the cap, or 共享 and the shared name; then what the cap counts by (主体; 主体, 对象; 主体, 对象, 期 of the
    /// line; the key; nothing for an item's pool); last the cap's period. Null: the facts don't say which account.
    /// </summary>
    internal static string? Of(in CapClaim claim, Line line, string subject)
    {
        if (claim.Key is not { } key) return null;
        var cap = claim.Cap;
        // Of an object that nobody has told of.
        if (cap.Scope is CapScope.Line or CapScope.Object && (key.Length == 0 || line.Object.Id.Length == 0))
            return null;
        var (owner, name) = cap.SharedName is { } shared ? (Shared, shared) : (line.Item.Id, cap.Name);
        return cap.Scope switch
        {
            CapScope.Line => Join(owner, name, subject, line.Object.Id, line.Period, claim.Period),
            CapScope.Object => Join(owner, name, subject, key, claim.Period),
            CapScope.Item when cap.SharedName is null => Join(owner, name, claim.Period),
            _ => Join(owner, name, key, claim.Period),
        };
    }

    /// <summary>The place that an item of an exclusion group takes for a claim object, whatever the period:
    /// <c>互斥/GROUP/主体/贷款/贷一</c>. Lines of one item share the place; another item of the group may not have it.
    /// </summary>
    /// <param name="group">One of the item's <see cref="Item.ExclusionGroups"/>.</param>
    /// <param name="line">About a known object.</param>
    /// <param name="subject">编号 of the subject.</param>
    public static string OfPlace(string group, Line line, string subject) =>
        Join(Exclusive, group, subject, line.Item.Object.Name, line.Object.Id);

    /// <summary>The caps that draw on accounts of such a name; empty: there are none in the program.</summary>
    internal static IReadOnlyList<Cap> CapsOf(string account, IEnumerable<Item> items)
    {
        var segments = account.Split('/');
        if (segments.Length < 3) return [];
        var (owner, name) = (segments[0], segments[1]);
        return [.. items.SelectMany(i => i.Caps.Where(c => c.SharedName is { } shared
            ? owner == Shared && name == Escape(shared) : owner == Escape(i.Id) && name == Escape(c.Name)))];
    }

    private static string Join(params ReadOnlySpan<string> segments)
    {
        var text = new StringBuilder();
        foreach (var segment in segments)
            (text.Length == 0 ? text : text.Append('/')).Append(Escape(segment));
        return text.ToString();
    }

    private static string Escape(string segment) =>
        segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
