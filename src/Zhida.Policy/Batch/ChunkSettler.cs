using System.Runtime.InteropServices;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Batch;

/// <summary>Takes the lines of one chunk and gives those their amounts whose caps stay within a subject; the others go
/// to the chunk's file of the run. Used by one thread.</summary>
public sealed class ChunkSettler : LineSink
{
    private readonly Settlement _run;
    private readonly Chunk _chunk;
    private readonly int[] _cities;
    private readonly ChunkKeys _keys;
    private readonly List<DecidedLine> _lines = [];
    private readonly List<int> _firstAsk = [];
    private readonly List<CapAsk> _asks = [];
    private readonly Dictionary<(int Item, int City, int Condition), long> _failed = [];
    private readonly DrawnAccounts _drawn = new();
    private readonly Dictionary<(int Family, string Key, int Period), int> _accounts = [];

    internal ChunkSettler(Settlement run, Chunk chunk, int[] cities)
    {
        (_run, _chunk, _cities) = (run, chunk, cities);
        _keys = new ChunkKeys(run, chunk);
    }

    /// <summary>How many lines failed, by the condition that failed first, among all lines of the chunk.</summary>
    public IReadOnlyDictionary<(int Item, int City, int Condition), long> Failed => _failed;

    public override void Add(in DecidedLine line, ReadOnlySpan<CapAsk> asks)
    {
        _lines.Add(line);
        _firstAsk.Add(_asks.Count);
        _asks.AddRange(asks);
    }

    public override void CountFailed(int item, int city, int condition, long lines) =>
        _failed[(item, city, condition)] = _failed.GetValueOrDefault((item, city, condition)) + lines;

    /// <summary>The results that are final, in the order in which the lines were added. Called once, after the last
    /// line; the lines that wait for other subjects are in the run's folder then.</summary>
    public IReadOnlyList<ResultLine> Finish()
    {
        var amounts = new long[_lines.Count];
        var bits = new string?[_lines.Count];
        var (local, global) = (new List<int>(), new List<int>());
        for (var i = 0; i < _lines.Count; i++)
        {
            var line = _lines[i];
            if (!line.Draws) continue;
            amounts[i] = line.Asked;
            if (_run.Scopes.ClusterOf(line.Item) < 0) continue;
            (_run.Scopes.IsLocal(line.Item) ? local : global).Add(i);
        }
        SettleLocal(local, amounts, bits);
        if (_run.HasGlobal) new ChunkSpill(_run, _chunk, _keys, _cities).Write(global, _lines, Asks);
        var results = new List<ResultLine>(_lines.Count - global.Count);
        for (var i = 0; i < _lines.Count; i++)
        {
            var line = _lines[i];
            if (line.Draws && !_run.Scopes.IsLocal(line.Item)) continue;
            long? amount = line.Draws ? _run.Payable(amounts[i], line.Share, line.Item) : null;
            results.Add(new ResultLine(
                _keys.Subject(line.Subject), _keys.Object(line), line.Item, line.Period, line.Outcome, line.State,
                amount, line.FirstFailed, line.Missing, bits[i], _cities[line.Subject]));
        }
        return results;
    }

    private ReadOnlySpan<CapAsk> Asks(int line)
    {
        var end = line + 1 < _firstAsk.Count ? _firstAsk[line + 1] : _asks.Count;
        return CollectionsMarshal.AsSpan(_asks)[_firstAsk[line]..end];
    }

    /// <summary>Lines of one subject whose money hangs together, group by group.</summary>
    private void SettleLocal(List<int> lines, long[] amounts, string?[] bits)
    {
        var order = lines.ToArray();
        var keys = Array.ConvertAll(order,
            i => (ulong)_lines[i].Subject << 32 | (uint)_run.Scopes.ClusterOf(_lines[i].Item));
        Array.Sort(keys, order);
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start]) end++;
            var first = order[start];
            if (end == start + 1 && !_keys.HasGrants(_lines[first].Subject))
                (amounts[first], bits[first]) = SettleAlone(_lines[first], Asks(first));
            else SettleGroup(order[start..end], amounts, bits);
            start = end;
        }
    }

    /// <summary>What the most lines come down to: nobody is before them on any account.</summary>
    private (long Amount, string? Bit) SettleAlone(in DecidedLine line, ReadOnlySpan<CapAsk> asks)
    {
        var caps = _run.Context.Items[line.Item].Caps;
        var (amount, bit) = (line.Asked, (string?)null);
        for (var cap = 0; cap < asks.Length; cap++)
            if (caps[cap].CountsLines && asks[cap].Limit < 1) return (0, caps[cap].Name);
        for (var shared = 0; shared < 2; shared++)
        for (var cap = 0; cap < asks.Length; cap++)
            if (!caps[cap].CountsLines && caps[cap].ProRata == (shared == 1) && asks[cap].Limit < amount)
                (amount, bit) = (asks[cap].Limit, caps[cap].Name);
        return (amount, bit);
    }

    private int InTurn(int a, int b)
    {
        var (one, other) = (_lines[a], _lines[b]);
        var order = _keys.Filed(one).CompareTo(_keys.Filed(other));
        if (order == 0) order = Utf8Order.Instance.Compare(_keys.Object(one), _keys.Object(other));
        if (order == 0) order = one.Item.CompareTo(other.Item);
        return order == 0 ? one.Order.CompareTo(other.Order) : order;
    }

    private void SettleGroup(int[] group, long[] amounts, string?[] bits)
    {
        var cluster = _run.Scopes.Clusters[_run.Scopes.ClusterOf(_lines[group[0]].Item)];
        Array.Sort(group, InTurn);
        _drawn.Clear();
        _accounts.Clear();
        var drawings = Array.ConvertAll(group, DrawingOf);
        if (cluster.Counts) KeepTheBest(drawings);
        _drawn.Take(drawings);
        if (cluster.ProRata) ShareProRata(drawings);
        for (var i = 0; i < group.Length; i++)
            (amounts[group[i]], bits[group[i]]) = (drawings[i].Amount, drawings[i].Bit);
    }

    private Drawing DrawingOf(int index)
    {
        var line = _lines[index];
        var item = _run.Context.Items[line.Item];
        var asks = Asks(index);
        var claims = new DrawClaim[asks.Length];
        for (var cap = 0; cap < claims.Length; cap++)
        {
            var key = _keys.Key(line, cap, asks[cap]);
            var account = (_run.Scopes.FamilyOf(line.Item, cap), key, ChunkKeys.Period(item.Caps[cap], line));
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, account, out var known);
            if (!known) number = _accounts.Count;
            claims[cap] = new DrawClaim(
                item.Caps[cap], (UInt128)number, asks[cap].Limit, _keys.Granted(line, cap, key));
        }
        return new Drawing(item, (item.Object, line.Object), line.Asked, claims);
    }

    private static void KeepTheBest(Drawing[] drawings)
    {
        var meetings = new Meetings();
        for (var i = 0; i < drawings.Length; i++)
            foreach (var claim in drawings[i].Claims)
                if (claim.Cap.CountsLines) meetings.Add(i, claim);
        meetings.KeepTheBest(drawings.Select(d => d.Amount).ToArray(), (i, cap) => drawings[i].GiveUp(cap));
    }

    private static void ShareProRata(Drawing[] drawings)
    {
        var meetings = new Meetings();
        for (var i = 0; i < drawings.Length; i++)
            foreach (var claim in drawings[i].Claims)
                if (claim.Cap.ProRata && !drawings[i].GivenUp) meetings.Add(i, claim);
        var amounts = drawings.Select(d => d.Amount).ToArray();
        meetings.ShareProRata(amounts, (i, cap) => drawings[i].Bit = cap);
        for (var i = 0; i < drawings.Length; i++) drawings[i].Amount = amounts[i];
    }
}
