using Zhida.Policy.Deciding;
using Zhida.Policy.Program;

namespace Zhida.Policy.Batch;

/// <summary>What a drawing line asks of one cap: which account, its limit, and what was granted under it before. In 分,
/// or in lines for a cap that counts lines.</summary>
internal readonly record struct DrawClaim(Cap Cap, UInt128 Account, long Limit, long Granted)
{
    public long LeftOf(long drawn) => Limit <= Granted ? 0 : Math.Max(0, Limit - Granted - drawn);
}

/// <summary>A line that is due with a fixed amount, on its way through its caps. Amounts in 分.</summary>
internal sealed class Drawing(Item item, object place, long asked, DrawClaim[] claims)
{
    public Item Item { get; } = item;

    /// <summary>Equal for the lines about one claim object.</summary>
    public object Place { get; } = place;

    public DrawClaim[] Claims { get; } = claims;

    public long Amount { get; set; } = asked;

    /// <summary>The cap that reduced the amount, or <see cref="ResultLine.Exclusion"/>.</summary>
    public string? Bit { get; set; }

    /// <summary>Another line was better.</summary>
    public bool GivenUp { get; set; }

    public void GiveUp(string why)
    {
        Bit ??= why;
        (Amount, GivenUp) = (0, true);
    }
}

/// <summary>What lines have drawn from their caps so far, and how the next ones draw (SEMANTICS 6), as <see
/// cref="Allocator"/> does for one subject.</summary>
internal sealed class DrawnAccounts
{
    private readonly Dictionary<UInt128, long> _drawn = [];
    private readonly List<(UInt128 Account, long Before)> _undo = [];
    private readonly HashSet<Drawing> _done = [];
    private bool _trying;

    public void Clear() => _drawn.Clear();

    /// <summary>Lets lines draw that come one after the other, among them all lines about the objects of those that
    /// have exclusion groups.</summary>
    public void Take(IReadOnlyList<Drawing> lines)
    {
        if (lines.Count == 1)
        {
            Grant(lines[0]);
            return;
        }
        _done.Clear();
        foreach (var line in lines)
            if (!_done.Contains(line)) Take(line, lines);
    }

    private void Take(Drawing line, IReadOnlyList<Drawing> lines)
    {
        if (line.GivenUp || line.Item.ExclusionGroups.Count == 0)
        {
            Settle(line);
            return;
        }
        var rivals = lines.Where(l => l.Place.Equals(line.Place) && !l.GivenUp && l.Item.ExclusionGroups.Count > 0 &&
            !_done.Contains(l)).ToList();
        var chosen = Exclusion.Choose([.. rivals.Select(l => l.Item).Distinct()],
            subset => Try(rivals.Where(l => subset.Contains(l.Item))));
        foreach (var rival in rivals)
        {
            if (!chosen.Contains(rival.Item)) rival.GiveUp(ResultLine.Exclusion);
            Settle(rival);
        }
    }

    private void Settle(Drawing line)
    {
        _done.Add(line);
        if (!line.GivenUp) Grant(line);
    }

    /// <summary>What lines would get together, in 元; nothing is drawn.</summary>
    private decimal Try(IEnumerable<Drawing> lines)
    {
        var sum = 0m;
        _trying = true;
        foreach (var line in lines)
        {
            var (amount, _) = Least(line);
            Draw(line, amount);
            sum += Fen.ToYuan(amount);
        }
        _trying = false;
        for (var i = _undo.Count - 1; i >= 0; i--) _drawn[_undo[i].Account] = _undo[i].Before;
        _undo.Clear();
        return sum;
    }

    private void Grant(Drawing line)
    {
        if (line.GivenUp) return;
        var (amount, least) = Least(line);
        if (amount < line.Amount) line.Bit = least;
        line.Amount = amount;
        Draw(line, amount);
    }

    private (long Amount, string? Least) Least(Drawing line)
    {
        var (amount, least) = (line.Amount, (string?)null);
        foreach (var claim in line.Claims)
        {
            if (claim.Cap.CountsLines || claim.Cap.ProRata) continue;
            var left = claim.LeftOf(_drawn.GetValueOrDefault(claim.Account));
            if (left < amount) (amount, least) = (left, claim.Cap.Name);
        }
        return (amount, least);
    }

    private void Draw(Drawing line, long amount)
    {
        foreach (var claim in line.Claims)
        {
            // Nobody comes to a line's own account again.
            if (claim.Cap.CountsLines || claim.Cap is { Scope: CapScope.Line, SharedName: null }) continue;
            var before = _drawn.GetValueOrDefault(claim.Account);
            if (_trying) _undo.Add((claim.Account, before));
            _drawn[claim.Account] = Fen.Sum(before, amount);
        }
    }
}
