using Zhida.Evaluation.Reports;
using Zhida.Policy.Program;

namespace Zhida.Evaluation.Matching;

/// <summary>What a run tells at its end.</summary>
/// <param name="Tally">Subjects, lines, amounts, counts.</param>
/// <param name="Resumed">Chunks and subjects that an earlier process had finished.</param>
/// <param name="Backends">The items that were written, by the backend that decided them.</param>
/// <param name="Rejects">Rows that were put aside, and the file that tells of them.</param>
/// <param name="Seconds">Wall time of this process.</param>
/// <param name="Times">Ticks of the threads.</param>
/// <param name="PeakBytes">The most memory that the process held.</param>
/// <param name="Files">What was written beside the table.</param>
public sealed record MatchReport(
    Tally Tally, (int Chunks, long Subjects) Resumed, IReadOnlyDictionary<string, IReadOnlyList<Item>> Backends,
    (long Rows, string? File) Rejects, decimal Seconds, RunTimes Times, long PeakBytes, IReadOnlyList<string> Files)
{
    /// <summary>Policies that are not in force yet: all that is decided of them is 未生效（预判）.</summary>
    public IReadOnlyList<string> Drafts =>
        [.. Tally.Context.Program.Policies.Where(p => p.IssueDate is null).Select(p => p.Id)];
}
