using Zhida.Ledger.Storage;

namespace Zhida.Ledger;

/// <summary>
/// What the audit chain has still to seal: every row that must never change is noted here in the transaction that
/// writes it. The sealer takes the notes away soon after.
/// </summary>
public static class Journal
{
    public const string Transfers = "transfer";

    private static readonly Rows<(string Kind, Guid Id)> Notes = Rows<(string Kind, Guid Id)>.Insert("journal",
        new("kind", typeof(string), n => n.Kind), new("row_id", typeof(Guid), n => n.Id));

    /// <summary>Notes a row of a kind.</summary>
    public static void Note(UnitOfWork work, string kind, Guid id) => Notes.Write(work, [(kind, id)]);

    internal static void Note(UnitOfWork work, string kind, IEnumerable<Guid> ids) =>
        Notes.Write(work, [.. ids.Select(id => (kind, id))]);
}

/// <summary>A row that is not sealed yet.</summary>
public sealed record JournalEntry
{
    /// <summary>Ascending, with gaps; given by the database.</summary>
    public long Seq { get; init; }

    public required string Kind { get; init; }

    public required Guid RowId { get; init; }
}
