using Zhida.Ledger;

namespace Zhida.Tests.Ledger;

/// <summary>A call as its client saw it: it took effect, if at all, at one moment between <see cref="Called"/> and
/// <see cref="Returned"/>.</summary>
internal sealed record RecordedCall(
    long Called, long Returned, IReadOnlyList<Transfer> Transfers, IReadOnlyList<TransferStatus> Statuses);

/// <summary>
/// Whether calls that overlapped can be put in one order, so that each got what it would have got alone in that order
/// and all ends as it ended (Wing and Gong, Testing and verifying concurrent objects, 1993).
/// </summary>
internal static class Linearisation
{
    public static bool Exists(
        ReferenceLedger start, IReadOnlyList<RecordedCall> calls, Func<ReferenceLedger, bool> ends)
    {
        if (calls.Count == 0) return ends(start);
        // Whoever was called after another had its answer comes after it.
        var first = calls.Min(c => c.Returned);
        foreach (var call in calls.Where(c => c.Called <= first))
        {
            var next = start.Copy();
            if (next.Post(call.Transfers, now: 0).SequenceEqual(call.Statuses) &&
                Exists(next, [.. calls.Where(c => c != call)], ends)) return true;
        }
        return false;
    }
}
