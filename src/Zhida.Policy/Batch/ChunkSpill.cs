using Zhida.Policy.Deciding;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Batch;

/// <summary>The asks of a line, by its index.</summary>
internal delegate ReadOnlySpan<CapAsk> AsksOfLine(int line);

/// <summary>What a chunk leaves for the end of the run: its drawing lines whose caps join subjects, and the earlier
/// grants of its subjects that count under such caps.</summary>
internal sealed class ChunkSpill(Settlement run, Chunk chunk, ChunkKeys keys, int[] cities)
{
    private readonly Dictionary<UInt128, long> _granted = [];
    private readonly HashSet<(int Subject, int Family, UInt128 Account, string Period)> _met = [];

    public void Write(List<int> global, List<DecidedLine> lines, AsksOfLine asks)
    {
        var waiting = new List<GlobalLine>(global.Count);
        foreach (var i in global) waiting.Add(LineOf(lines[i], asks(i)));
        waiting.Sort();
        AddGrants();
        var path = run.FileOf(chunk.Number);
        if (waiting.Count > 0 || _granted.Count > 0) GlobalFile.Write(path, _granted, waiting);
        else File.Delete(path);
    }

    private GlobalLine LineOf(in DecidedLine line, ReadOnlySpan<CapAsk> asks)
    {
        var item = run.Context.Items[line.Item];
        var global = new GlobalAsk[asks.Length];
        for (var cap = 0; cap < asks.Length; cap++)
            global[cap] = AskOf(line, cap, item.Caps[cap], asks[cap]);
        return new GlobalLine
        {
            Filed = keys.Filed(line), Object = GlobalLine.Bytes(keys.Object(line)),
            Subject = GlobalLine.Bytes(keys.Subject(line.Subject)), Item = line.Item, Order = line.Order,
            Period = line.Period, City = cities[line.Subject], Asked = line.Asked, Share = line.Share,
            Missing = line.Missing == 0 ? "" : run.Context.Missing[line.Missing], Asks = global,
        };
    }

    private GlobalAsk AskOf(in DecidedLine line, int cap, Cap it, in CapAsk ask)
    {
        var (key, number) = (keys.Key(line, cap, ask), run.Scopes.FamilyOf(line.Item, cap));
        var (family, period) = (run.Scopes.Families[number], PeriodCode.Name(ChunkKeys.Period(it, line)));
        if (family.IsLocal)
        {
            var own = AccountHash.Of(family.Name, keys.Subject(line.Subject), key, period);
            return new GlobalAsk(own, default, ask.Limit, keys.Granted(line, cap, key));
        }
        var account = AccountHash.Of(family.Name, null, key, period);
        if (keys.HasGrants(line.Subject)) _met.Add((line.Subject, number, account, period));
        var any = it.Period == CapPeriod.Line ? AccountHash.Of(family.Name, null, key, null) : default;
        return new GlobalAsk(account, any, ask.Limit, 0);
    }

    /// <summary>A grant that names its account counts there, and so does every one under a pool; one that names none
    /// counts once on each account that a line of its subject meets.</summary>
    private void AddGrants()
    {
        if (chunk.Grants is null) return;
        for (var subject = 0; subject < chunk.Subjects.Count; subject++)
            if (keys.HasGrants(subject))
                foreach (var grant in FactsOfChunk.GrantsOf(chunk, subject))
                foreach (var family in run.Scopes.Families.Where(f => !f.IsLocal))
                foreach (var (item, cap) in family.Members)
                    AddNamed(grant, family, run.Context.Items[item], run.Context.Items[item].Caps[cap]);
        foreach (var (subject, number, account, period) in _met)
        foreach (var (item, cap) in run.Scopes.Families[number].Members)
            AddMet(subject, account, period, run.Context.Items[item], run.Context.Items[item].Caps[cap]);
    }

    private void AddNamed(Facts.Grant grant, CapFamily family, Item item, Cap cap)
    {
        var pool = cap.Scope == CapScope.Item ? item.Id : null;
        if ((grant.Key ?? pool) is not { } key || pool is not null && key != pool ||
            !EarlierGrants.Counts(grant, cap, item, run.Sharers)) return;
        var period = cap.Period switch
        {
            CapPeriod.Line => grant.Period,
            CapPeriod.Policy => PeriodCode.Name(PeriodCode.Policy),
            _ => PeriodCode.Name(PeriodCode.Once),
        };
        Add(AccountHash.Of(family.Name, null, key, period), grant, item, cap);
    }

    private void AddMet(int subject, UInt128 account, string period, Item item, Cap cap)
    {
        if (cap.Scope == CapScope.Item) return;
        foreach (var grant in FactsOfChunk.GrantsOf(chunk, subject))
            if (grant.Key is null && EarlierGrants.Counts(grant, cap, item, run.Sharers) &&
                EarlierGrants.Meets(grant, cap, null, period))
                Add(account, grant, item, cap);
    }

    private void Add(UInt128 account, Facts.Grant grant, Item item, Cap cap)
    {
        account ^= AccountHash.OfCap(item.Id, cap.Name);
        _granted[account] = Fen.Sum(_granted.GetValueOrDefault(account), ChunkKeys.WorthOf(grant, cap));
    }
}
