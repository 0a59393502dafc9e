using Zhida.Casework.Cases;

namespace Zhida.Cli.Torture;

/// <summary>What is likely to happen next to a case, so that many get to be paid and each move comes up.</summary>
internal static class NextMove
{
    private const int Anything = 25;

    /// <summary>A move; null: the case is over, and a new one may be opened for the line.</summary>
    /// <param name="isQuota">It is drawn and issued, not paid by a treasury.</param>
    public static Move? Of(CasePhase phase, bool isQuota, Random random)
    {
        // Now and then something that is mostly refused.
        if (random.Next(Anything) == 0 && MoveTable.Rules[random.Next(MoveTable.Rules.Count)].Move is var move &&
            // A campaign's, which has cases of its own.
            move != Move.Offer) return move;
        return phase switch
        {
            CasePhase.Draft => One(random, (Move.File, 6), (Move.Save, 1)),
            CasePhase.Accepting => One(random, (Move.Accept, 8), (Move.AskCorrection, 1), (Move.Decline, 1),
                (Move.Withdraw, 1)),
            CasePhase.Reviewing => One(random, (Move.Approve, 10), (Move.AskCorrection, 1), (Move.Reject, 1),
                (Move.SendBack, 1), (Move.Withdraw, 1)),
            CasePhase.Submitting => Move.Submit,
            CasePhase.Correcting => One(random, (Move.Correct, 5), (Move.Save, 1), (Move.Withdraw, 1)),
            CasePhase.Publicising => One(random, (Move.EndPublicity, 8), (Move.UpholdObjection, 1),
                (Move.Withdraw, 1)),
            CasePhase.Paying => isQuota ? Move.Issue : One(random, (Move.Pay, 4), (Move.Issue, 1)),
            CasePhase.Reconsidering => One(random, (Move.Uphold, 1), (Move.Overturn, 2)),
            CasePhase.Declined or CasePhase.Rejected => One(random, (Move.AskReconsideration, 1), (null, 1)),
            CasePhase.Completed => One(random, (Move.Recall, 3), (Move.Pay, 2), (Move.Return, 1)),
            CasePhase.Recalling => Move.Refund,
            _ => null,
        };
    }

    private static Move? One(Random random, params (Move? Move, int Weight)[] moves)
    {
        var at = random.Next(moves.Sum(m => m.Weight));
        foreach (var (move, weight) in moves)
            if ((at -= weight) < 0) return move;
        return null;
    }
}
