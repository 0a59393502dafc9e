using Zhida.Policy.Deciding;

namespace Zhida.Policy.Batch;

/// <summary>Settles the lines that join subjects, read in the order in which they draw: once where caps only take from
/// their accounts, once before for caps that count lines, once after for what is shared pro rata.</summary>
internal sealed class GlobalSettlement
{
    private readonly Settlement _run;
    private readonly IReadOnlyList<string> _files;
    private readonly Dictionary<UInt128, long> _granted;
    private readonly UInt128[][] _caps;
    private readonly DrawnAccounts _drawn = new();

    /// <summary>For lines of clusters that count lines, in their order: the cap that dropped one.</summary>
    private string?[] _dropped = [];

    private int _counted;

    public GlobalSettlement(Settlement run, IReadOnlyList<string> files, Dictionary<UInt128, long> granted)
    {
        (_run, _files, _granted) = (run, files, granted);
        _caps = [.. run.Context.Items.Select(i => i.Caps.Select(c => AccountHash.OfCap(i.Id, c.Name)).ToArray())];
    }

    public IEnumerable<ResultLine> Run()
    {
        if (_run.Scopes.Clusters.Any(c => c is { IsLocal: false, Counts: true })) KeepTheBest();
        if (!_run.Scopes.Clusters.Any(c => c is { IsLocal: false, ProRata: true }))
        {
            foreach (var (line, drawing) in Drawn()) yield return Result(line, drawing.Amount, drawing.Bit);
            yield break;
        }
        var (amounts, bits, meetings) = (new List<long>(), new List<string?>(), new Meetings());
        foreach (var (line, drawing) in Drawn())
        {
            if (!ClusterOf(line).ProRata)
            {
                yield return Result(line, drawing.Amount, drawing.Bit);
                continue;
            }
            if (!drawing.GivenUp)
                foreach (var claim in drawing.Claims)
                    if (claim.Cap.ProRata) meetings.Add(amounts.Count, claim);
            amounts.Add(drawing.Amount);
            bits.Add(drawing.Bit);
        }
        meetings.ShareProRata(amounts, (i, cap) => bits[i] = cap);
        var next = 0;
        foreach (var line in Lines())
        {
            if (!ClusterOf(line).ProRata) continue;
            yield return Result(line, amounts[next], bits[next]);
            next++;
        }
    }

    private IEnumerable<GlobalLine> Lines() => GlobalFile.Merge(_files);

    private CapCluster ClusterOf(GlobalLine line) => _run.Scopes.Clusters[_run.Scopes.ClusterOf(line.Item)];

    private void KeepTheBest()
    {
        var (amounts, meetings) = (new List<long>(), new Meetings());
        foreach (var line in Lines())
        {
            if (!ClusterOf(line).Counts) continue;
            foreach (var claim in ClaimsOf(line))
                if (claim.Cap.CountsLines) meetings.Add(amounts.Count, claim);
            amounts.Add(line.Asked);
        }
        _dropped = new string?[amounts.Count];
        meetings.KeepTheBest(amounts, (i, cap) => _dropped[i] ??= cap);
    }

    /// <summary>The lines with what they drew, one claim object after the other.</summary>
    private IEnumerable<(GlobalLine Line, Drawing Drawing)> Drawn()
    {
        _counted = 0;
        var place = new List<(GlobalLine Line, Drawing Drawing)>();
        foreach (var line in Lines())
        {
            if (place.Count > 0 && line.ComparePlace(place[0].Line) != 0)
            {
                Draw(place);
                foreach (var drawn in place) yield return drawn;
                place.Clear();
            }
            place.Add((line, DrawingOf(line)));
        }
        Draw(place);
        foreach (var drawn in place) yield return drawn;
    }

    private void Draw(List<(GlobalLine Line, Drawing Drawing)> place)
    {
        if (place.Count == 1) _drawn.Take([place[0].Drawing]);
        else
            foreach (var cluster in place.GroupBy(p => _run.Scopes.ClusterOf(p.Line.Item)))
                _drawn.Take([.. cluster.Select(p => p.Drawing)]);
    }

    private Drawing DrawingOf(GlobalLine line)
    {
        var item = _run.Context.Items[line.Item];
        var drawing = new Drawing(item, item.Object, line.Asked, ClaimsOf(line));
        if (ClusterOf(line).Counts && _dropped[_counted++] is { } cap) drawing.GiveUp(cap);
        return drawing;
    }

    private DrawClaim[] ClaimsOf(GlobalLine line)
    {
        var item = _run.Context.Items[line.Item];
        var claims = new DrawClaim[line.Asks.Length];
        for (var cap = 0; cap < claims.Length; cap++)
        {
            var ask = line.Asks[cap];
            var granted = _granted.Count == 0 ? ask.Granted
                : Fen.Sum(ask.Granted, Fen.Sum(_granted.GetValueOrDefault(ask.Account ^ _caps[line.Item][cap]),
                    ask.AnyPeriod == default ? 0 : _granted.GetValueOrDefault(ask.AnyPeriod ^ _caps[line.Item][cap])));
            claims[cap] = new DrawClaim(item.Caps[cap], ask.Account, ask.Limit, granted);
        }
        return claims;
    }

    private ResultLine Result(GlobalLine line, long amount, string? bit) => new(
        GlobalLine.Text(line.Subject), GlobalLine.Text(line.Object), line.Item, line.Period, Outcome.Due,
        AmountState.Fixed, _run.Payable(amount, line.Share, line.Item), -1,
        line.Missing.Length == 0 ? 0 : _run.Context.Missing.Add(line.Missing), bit, line.City) { Filed = line.Filed };
}
