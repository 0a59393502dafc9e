using Zhida.Policy.Deciding;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Batch;

/// <summary>Ids, filing days and account keys of the lines of one chunk.</summary>
internal sealed class ChunkKeys
{
    private readonly Settlement _run;
    private readonly Chunk _chunk;
    private readonly ObjectTable[] _tables;
    private readonly DateColumn?[] _filed;

    public ChunkKeys(Settlement run, Chunk chunk)
    {
        (_run, _chunk) = (run, chunk);
        _tables = [.. run.Context.Items.Select(i => chunk.Tables[i.Object])];
        _filed = [.. run.Context.Items.Select((item, i) => FiledColumn(item.Object, _tables[i]))];
    }

    private static DateColumn? FiledColumn(ObjectType type, ObjectTable table) =>
        type.Facts.Find(f => f.Name == TableLayout.Filed) is { } fact
            ? table.Facts.GetValueOrDefault(fact) as DateColumn : null;

    public string Subject(int row) => _chunk.Subjects.Ids.Pool[_chunk.Subjects.Ids[row]];

    public string Object(in DecidedLine line) => _tables[line.Item].Ids.Pool[_tables[line.Item].Ids[line.Object]];

    public int Filed(in DecidedLine line) =>
        _filed[line.Item] is { } filed && Bits.Get(filed.Known, line.Object) ? filed.Days[line.Object] : int.MaxValue;

    /// <summary>What a cap counts a line by, as <see cref="CapClaim.Key"/>.</summary>
    public string Key(in DecidedLine line, int cap, in CapAsk ask)
    {
        var item = _run.Context.Items[line.Item];
        switch (item.Caps[cap].Scope)
        {
            case CapScope.Line:
                return $"{Object(line)}/{PeriodCode.Name(line.Period)}";
            case CapScope.Item:
                return item.Id;
            case CapScope.Subject:
                return Subject(line.Subject);
            case CapScope.Key:
                return ask.Key!;
            default:
                var table = _chunk.Tables[_run.Context.Program.Dictionary.Objects[item.Caps[cap].ScopeName]];
                return table.Ids.Pool[table.Ids[ask.ObjectRow]];
        }
    }

    /// <summary>The period of a cap's account, as <see cref="CapClaim.Period"/>.</summary>
    public static int Period(Cap cap, in DecidedLine line) => cap.Period switch
    {
        CapPeriod.Line => line.Period,
        CapPeriod.Policy => PeriodCode.Policy,
        _ => PeriodCode.Once,
    };

    public bool HasGrants(int subject) =>
        _chunk.Grants is { } grants && grants.First[subject] < grants.First[subject + 1];

    /// <summary>What the line's own subject was granted before from an account.</summary>
    public long Granted(in DecidedLine line, int cap, string key)
    {
        if (!HasGrants(line.Subject)) return 0;
        var item = _run.Context.Items[line.Item];
        var period = PeriodCode.Name(Period(item.Caps[cap], line));
        var sum = 0L;
        foreach (var grant in FactsOfChunk.GrantsOf(_chunk, line.Subject))
            if (EarlierGrants.Counts(grant, item.Caps[cap], item, _run.Sharers) &&
                EarlierGrants.Meets(grant, item.Caps[cap], key, period))
                sum = Fen.Sum(sum, WorthOf(grant, item.Caps[cap]));
        return sum;
    }

    public static long WorthOf(Facts.Grant grant, Cap cap) =>
        cap.CountsLines ? 1 : Fen.Up(EarlierGrants.Worth(grant, cap));
}
