using System.Runtime.InteropServices;
using Zhida.Policy.Deciding;

namespace Zhida.Policy.Batch;

/// <summary>Which lines meet on which accounts, in their order: for caps that look at all their lines at once.
/// </summary>
internal sealed class Meetings
{
    private readonly Dictionary<UInt128, int> _known = [];
    private readonly List<Meeting> _accounts = [];

    private sealed record Meeting(DrawClaim First, List<int> Lines, List<string> Caps);

    public void Add(int line, in DrawClaim claim)
    {
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, claim.Account, out var known);
        if (!known)
        {
            index = _accounts.Count;
            _accounts.Add(new Meeting(claim, [], []));
        }
        _accounts[index].Lines.Add(line);
        _accounts[index].Caps.Add(claim.Cap.Name);
    }

    /// <summary>Caps on the number of lines: the best stay, ties to the earlier. The others are told, with the cap, and
    /// count as nothing under caps that come after.</summary>
    public void KeepTheBest(IList<long> amounts, Action<int, string> drop)
    {
        foreach (var (first, lines, caps) in _accounts)
        {
            var places = (int)Math.Min(int.MaxValue, first.LeftOf(0));
            if (places >= lines.Count) continue;
            foreach (var i in Enumerable.Range(0, lines.Count).OrderByDescending(i => amounts[lines[i]]).Skip(places)
                .ToList())
            {
                drop(lines[i], caps[i]);
                amounts[lines[i]] = 0;
            }
        }
    }

    /// <summary>按比例: where the lines of an account ask more than is left, each gets its part. Lines that get less are
    /// told, with the cap.</summary>
    public void ShareProRata(IList<long> amounts, Action<int, string> reduce)
    {
        foreach (var (first, lines, caps) in _accounts)
        {
            var left = first.LeftOf(0);
            Int128 asked = 0;
            foreach (var line in lines) asked += amounts[line];
            if (asked <= left) continue;
            var parts = LargestRemainder.Split(left, [.. lines.Select(l => amounts[l])]);
            for (var i = 0; i < parts.Length; i++)
            {
                if (parts[i] < amounts[lines[i]]) reduce(lines[i], caps[i]);
                amounts[lines[i]] = parts[i];
            }
        }
    }
}
