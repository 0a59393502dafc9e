using Zhida.Ledger;

namespace Zhida.Casework.Proof;

/// <summary>A kind of rows that never change: what <see cref="Journal.Note"/> calls it, and where it lies.</summary>
/// <param name="Form">Counts changes of the table. One whose columns change gets another line with the next form; rows
/// that were sealed before stay proved by the line of theirs.</param>
/// <param name="Table">Its key is <c>id</c>.</param>
/// <param name="Columns">All columns with their types, in the order in which they are hashed: uuid, integer, text,
/// boolean, bytes.</param>
internal sealed record SealedKind(string Kind, int Form, string Table, string Columns)
{
    public IReadOnlyList<(string Name, string Type)> Fields { get; } =
        [.. Columns.Split(", ").Select(c => c.Split(' ')).Select(c => (c[0], c[1]))];
}

/// <summary>Every kind of rows that is sealed. One more is one line here, and a <see cref="Journal.Note"/> in the
/// transaction that writes the row.</summary>
internal static class SealedKinds
{
    public static IReadOnlyList<SealedKind> All { get; } = Array.AsReadOnly<SealedKind>(
    [
        new(Journal.Transfers, 1, "transfers",
            "id uuid, debit_id uuid, credit_id uuid, amount integer, pending_id uuid, flags integer, " +
            "expires_at integer, code text, reference uuid, at integer"),
        new("move", 1, "case_moves",
            "id uuid, case_id uuid, version integer, move integer, from integer, to integer, step integer, " +
            "step_name text, person_id text, person_name text, office text, at integer, reason text, " +
            "decision uuid, body text"),
        new("decision", 1, "case_decisions",
            "id uuid, case_id uuid, at integer, bundle text, outcome text, amount_state text, amount integer, " +
            "json text"),
        new("paper", 1, "case_papers",
            "id uuid, number text, about uuid, title text, digest text, content text, at integer"),
        new("answer", 1, "payment_answers",
            "id uuid, payment_id uuid, answer_id text, kind integer, amount integer, text text, at integer, " +
            "effect integer"),
        new("refund", 1, "refunds",
            "id uuid, case_id uuid, amount integer, reference text, person_id text, person_name text, at integer, " +
            "left integer"),
        new("payee", 1, "payee_accounts",
            "id uuid, case_id uuid, kind integer, name text, bank text, number text, version integer, " +
            "given_by text, at integer"),
    ]);

    /// <summary>The form in which new rows are sealed, of each kind.</summary>
    public static IEnumerable<SealedKind> Newest => All.GroupBy(k => k.Kind).Select(g => g.MaxBy(k => k.Form)!);

    /// <summary>Null: this version of the program doesn't know it.</summary>
    public static SealedKind? Find(string kind, int form) => All.FirstOrDefault(k => k.Kind == kind && k.Form == form);

    /// <summary>The kinds as a list of SQL literals.</summary>
    public static string Literals => string.Join(", ", Newest.Select(k => $"'{k.Kind}'"));
}
