using Zhida.Casework.Cases;

namespace Zhida.Cli.Torture;

/// <summary>What is wrong with a database after all that, judged from its rows and from what clients were told.
/// </summary>
internal static class TortureCheck
{
    /// <summary>In Chinese, one line each; none: nothing acknowledged is lost, nothing is done twice.</summary>
    public static IEnumerable<string> Find(TortureState state, TortureLog log) =>
        Moves(state, log).Concat(Cases(state))
            .Concat(LedgerCheck.Accounts(state)).Concat(LedgerCheck.Grants(state, log))
            .Concat(MoneyCheck.Find(state)).Concat(Seals(state));

    /// <summary>Every client had its last answer: the moves of the database are those that were acknowledged.</summary>
    private static IEnumerable<string> Moves(TortureState state, TortureLog log)
    {
        var stored = state.Moves.ToDictionary(m => m.Id);
        foreach (var (id, told) in log.Moves)
            if (!stored.TryGetValue(id, out var move)) yield return $"答复办成的不在库中：{id} {told}";
            else if ((move.Case, move.Move, move.Version, move.To) != (told.Case, told.Move, told.Version, told.Phase))
                yield return $"库中的与答复的不同：{told} {move}";
        foreach (var move in state.Moves)
            if (log.Refused.TryGetValue(move.Id, out var code)) yield return $"答复不准（{code}）的却办成了：{move}";
            else if (!log.Moves.ContainsKey(move.Id)) yield return $"没有人要求的办理：{move}";
        foreach (var id in log.Opened.Keys)
            if (!state.Cases.ContainsKey(id)) yield return $"答复建立的办件不在库中：{id}";
    }

    /// <summary>The moves of a case are a chain, by the table, and end where the case is.</summary>
    private static IEnumerable<string> Cases(TortureState state)
    {
        var moves = state.Moves.ToLookup(m => m.Case);
        foreach (var file in state.Cases.Values)
        {
            var (phase, version) = (CasePhase.Draft, 0L);
            foreach (var move in moves[file.Id])
            {
                if (move.Version != version + 1) yield return $"办件 {file.Id} 第{version}版之后是第{move.Version}版";
                if (move.From != phase) yield return $"办件 {file.Id} 第{move.Version}版始于{move.From}，前一步止于{phase}";
                if (!MoveTable.Of(move.Move).From.Contains(move.From)) yield return $"表中没有的办理：{move}";
                (phase, version) = (move.To, move.Version);
            }
            if ((file.Phase, file.Version) != (phase, version))
                yield return $"办件 {file.Id} 是{file.Phase}第{file.Version}版，末次办理是{phase}第{version}版";
        }
        foreach (var number in state.Cases.Values.Where(c => c.Number is not null).CountBy(c => c.Number!))
            if (number.Value > 1) yield return $"编号 {number.Key} 用了{number.Value}次";
        var closed = state.Cases.Values.Where(c => c.Phase <= CasePhase.Completed)
            .CountBy(c => (c.Item, c.Subject, c.Object, c.Period)).Where(l => l.Value > 1);
        foreach (var line in closed) yield return $"同一事项有{line.Value}件在办：{line.Key}";
    }

    /// <summary>What can never change is in the audit chain once: each move, transfer, decision and paper. Whether the
    /// chain is whole, its verifier tells.</summary>
    private static IEnumerable<string> Seals(TortureState state)
    {
        var rows = state.Moves.Select(m => m.Id).Concat(state.Others).Concat(state.Transfers.Select(t => t.Id));
        var seals = state.Sealed.CountBy(n => n.Row).ToDictionary();
        foreach (var row in rows)
            if (seals.GetValueOrDefault(row) != 1) yield return $"{row} 在审计链里有{seals.GetValueOrDefault(row)}次";
    }
}
