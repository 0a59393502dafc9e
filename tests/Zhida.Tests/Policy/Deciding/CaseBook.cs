using System.Text;
using System.Text.Json;
using Zhida.Policy.Deciding;
using Zhida.Policy.Desk;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;

namespace Zhida.Tests.Policy.Deciding;

/// <summary>Decides one line after another as casework does: once to learn the accounts, then with what the book of
/// accounts says, then draws. What an account gave before the first of them is what the facts tell.</summary>
internal sealed class CaseBook(DecisionMaker maker, DateOnly on, JsonElement facts)
{
    private readonly Dictionary<string, decimal> _drawn = [];

    /// <summary>The claimed line, decided with the balances of its accounts.</summary>
    public Line Take(LineClaim claim)
    {
        var first = Decide(claim, []);
        foreach (var cap in first.Caps) _drawn.TryAdd(cap.Account!, cap.Used);
        var line = Decide(claim, [.. first.Caps.Select(c => new Balance(c.Account!, _drawn[c.Account!]))]);
        foreach (var cap in line.Caps)
            if (line.Amount is { } amount && line.Outcome == Outcome.Due) _drawn[cap.Account!] += amount;
        return line;
    }

    private Line Decide(LineClaim claim, Balance[] balances)
    {
        var (read, findings) = maker.ReadFacts(CaseFacts.With(facts, claim, balances), "facts");
        if (read is null) throw new InvalidOperationException(string.Join('\n', findings));
        return maker.Decide(read, on).Items.Single().Lines.Single();
    }

    /// <summary>Lines in the order in which caps are drawn from.</summary>
    public static IEnumerable<Line> InOrder(IEnumerable<ItemResult> items) => items.SelectMany(i => i.Lines)
        .OrderBy(l => l.Item.Object.FiledOnSlot is >= 0 and var slot && l.Object[slot] is { IsUnset: false } filed
            ? filed.Days : long.MaxValue)
        .ThenBy(l => l.Object.Id, Utf8Order.Instance);

    public static LineClaim ClaimOf(Line line) => new(line.Item.Id, line.Object.Id, line.Period);

    /// <summary>Whether what a line gets hangs on nothing but the order: no choice of the best, no shares.</summary>
    public static bool IsInOrder(Item item) =>
        item.ExclusionGroups.Count == 0 && item.Caps.All(c => !c.ProRata && !c.CountsLines);

    public static DecisionMaker Open(IReadOnlyDictionary<string, byte[]> files, string policy, params string[] layers)
    {
        var (maker, findings) = DecisionMaker.Open(files, [policy], layers, new Dictionary<string, string>());
        return maker ?? throw new InvalidOperationException(string.Join('\n', findings));
    }

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
        return document.RootElement.Clone();
    }
}
