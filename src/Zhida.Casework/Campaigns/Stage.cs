using Zhida.Casework.Cases;
using Zhida.Ledger.Storage;
using Zhida.Policy.Desk;

namespace Zhida.Casework.Campaigns;

/// <summary>What the stages of a campaign work with.</summary>
/// <param name="Root">The folder of all campaigns.</param>
/// <param name="Batch">Lines that a transaction checks.</param>
/// <param name="ChunkSubjects">Subjects of a chunk; null: as reading has it.</param>
/// <param name="Committed">Called after each transaction: what is done until then stays.</param>
internal sealed record StageContext(
    Database Database, CaseDesk Cases, DecisionMaker Maker, Registers.IRegister Credit, string Root, int Batch,
    int? ChunkSubjects, Action<Campaign> Committed, CancellationToken Stop);

/// <summary>What came of working at a stage.</summary>
/// <param name="Problem">It can't go on; null: it can, or it waits.</param>
/// <param name="Went">The campaign is at another stage now, or at another place of it.</param>
internal readonly record struct StageResult(bool Went, Problem? Problem = null)
{
    public static StageResult Waits => new(false);

    public static StageResult Refused(Problem problem) => new(false, problem);
}
