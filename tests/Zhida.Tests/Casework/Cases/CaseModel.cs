using Zhida.Casework.Cases;

namespace Zhida.Tests.Casework.Cases;

/// <summary>What a history of cases of 4.1 must come to, told without tables, ledger or database: three loans of one
/// firm, the first two for one project, one budget. In 分.</summary>
internal sealed class CaseModel(long budget)
{
    /// <summary>What the loans ask for: 6000万 × 1.5% × 356 ÷ 365, 3000万 × 306 ÷ 365, 4000万 × 214 ÷ 365.</summary>
    private static readonly long[] Asked = [87_780_822, 37_726_027, 35_178_082];

    private const long ProjectCap = 100_000_000, FirmCap = 500_000_000;

    private readonly CasePhase[] _phases = new CasePhase[3];
    private readonly CasePhase[] _before = new CasePhase[3];
    private readonly CasePhase[] _asked = new CasePhase[3];
    private readonly long[] _held = new long[3];
    private readonly bool[] _corrected = new bool[3];
    private long _budget = budget;

    public CasePhase PhaseOf(int loan) => _phases[loan];

    public long Held(int loan) => _held[loan];

    public long Left => _budget - _held.Sum();

    public void Grant(long fen) => _budget += fen;

    public CaseModel Copy()
    {
        var copy = new CaseModel(_budget);
        for (var i = 0; i < 3; i++)
            (copy._phases[i], copy._before[i], copy._asked[i], copy._held[i], copy._corrected[i]) =
                (_phases[i], _before[i], _asked[i], _held[i], _corrected[i]);
        return copy;
    }

    /// <summary>Makes a move as somebody who may make it; false: it can't be made now.</summary>
    public bool Go(int loan, Move move)
    {
        switch (move, _phases[loan])
        {
            case (Move.Save, CasePhase.Draft or CasePhase.Correcting): return true;
            case (Move.File, CasePhase.Draft): return To(loan, CasePhase.Accepting);
            case (Move.Accept, CasePhase.Accepting): return Decide(loan) && To(loan, CasePhase.Reviewing);
            case (Move.Approve, CasePhase.Reviewing): return Decide(loan) && To(loan, CasePhase.Publicising);
            case (Move.AskCorrection, CasePhase.Accepting or CasePhase.Reviewing) when !_corrected[loan]:
                (_corrected[loan], _asked[loan]) = (true, _phases[loan]);
                return To(loan, CasePhase.Correcting);
            case (Move.Correct, CasePhase.Correcting): return To(loan, _asked[loan]);
            case (Move.Decline, CasePhase.Accepting): return Drop(loan, CasePhase.Declined);
            case (Move.Reject, CasePhase.Reviewing): return Drop(loan, CasePhase.Rejected);
            case (Move.SendBack, CasePhase.Reviewing): return To(loan, CasePhase.Accepting);
            case (Move.Withdraw, CasePhase.Accepting or CasePhase.Reviewing or CasePhase.Correcting or
                CasePhase.Publicising): return Drop(loan, CasePhase.Withdrawn);
            case (Move.EndPublicity, CasePhase.Publicising): return To(loan, CasePhase.Paying);
            case (Move.Issue, _): return false;
            case (Move.Pay, CasePhase.Paying): return To(loan, CasePhase.Completed);
            case (Move.Return, CasePhase.Completed): return To(loan, CasePhase.Paying);
            case (Move.AskReconsideration, CasePhase.Declined or CasePhase.Rejected):
                _before[loan] = _phases[loan];
                return To(loan, CasePhase.Reconsidering);
            case (Move.Uphold, CasePhase.Reconsidering): return To(loan, _before[loan]);
            case (Move.Overturn, CasePhase.Reconsidering):
                return To(loan, _before[loan] == CasePhase.Declined ? CasePhase.Accepting : CasePhase.Reviewing);
            case (Move.Recall, CasePhase.Completed): return To(loan, CasePhase.Recalling);
            case (Move.Refund, CasePhase.Recalling): return Drop(loan, CasePhase.Recalled);
            default: return false;
        }
    }

    private bool Decide(int loan)
    {
        var others = Enumerable.Range(0, 3).Where(i => i != loan).ToList();
        var project = others.Where(i => (i < 2) == (loan < 2)).Sum(i => _held[i]);
        var amount = Math.Min(Asked[loan], Math.Min(ProjectCap - project, FirmCap - others.Sum(i => _held[i])));
        if (amount <= 0 || amount > Left + _held[loan]) return false;
        _held[loan] = amount;
        return true;
    }

    private bool To(int loan, CasePhase phase)
    {
        _phases[loan] = phase;
        return true;
    }

    private bool Drop(int loan, CasePhase phase)
    {
        _held[loan] = 0;
        return To(loan, phase);
    }
}
