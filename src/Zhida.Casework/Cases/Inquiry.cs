using System.Text.Json;
using Zhida.Casework.Registers;
using Zhida.Ledger.Storage;
using Zhida.Policy.Desk;

namespace Zhida.Casework.Cases;

/// <summary>Asks registers about the subject of a case, before the transaction of a move.</summary>
internal sealed class Inquiry(Database database, DecisionMaker maker, IReadOnlyList<IRegister> registers)
{
    private readonly FactsMerge _merge = new(maker.Program.Dictionary, maker.Tables, RegisterTable.Load());

    /// <summary>The facts of the case with the answers; null for other moves, and where the facts are not readable
    /// (which the move then tells).</summary>
    public async Task<MergedFacts?> AskAsync(MoveRequest request)
    {
        if (request.Move is not (Move.File or Move.Correct or Move.Verify)) return null;
        var found = await database.ReadAsync(work => work.QueryAsync(
            "SELECT subject, facts, checked, awaiting FROM cases WHERE id = $1",
            row => (Subject: row.GetString(0), Facts: row.GetString(1),
                Checked: row.IsDBNull(2) ? null : row.GetString(2), Awaiting: row.GetString(3)), [request.Case]));
        if (found is not [var file]) return null;
        if (request.Move == Move.Verify) return await VerifyAsync(file.Subject, file.Checked, file.Awaiting);
        if (Parse(request.Facts ?? file.Facts) is not { } draft) return null;
        var answers = await FactsMerge.AskAsync(registers, file.Subject, CancellationToken.None);
        return _merge.File(draft, answers, database.Clock.GetUtcNow()).Merged;
    }

    /// <summary>Asks again those that were down.</summary>
    private async Task<MergedFacts?> VerifyAsync(string subject, string? facts, string awaiting)
    {
        if (facts is null) return null;
        var still = JsonSerializer.Deserialize<List<Awaiting>>(awaiting)!;
        var asked = registers.Where(r => still.Exists(a => a.Register == r.Name));
        var answers = await FactsMerge.AskAsync(asked, subject, CancellationToken.None);
        return _merge.Verify(Parse(facts)!.Value, still, answers);
    }

    private static JsonElement? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
