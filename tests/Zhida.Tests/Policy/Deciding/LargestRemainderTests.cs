using CsCheck;
using Xunit;
using Zhida.Policy.Deciding;

namespace Zhida.Tests.Policy.Deciding;

public class LargestRemainderTests
{
    private static readonly Gen<decimal> Fen = Gen.Long[0, 10_000_000_000].Select(f => f / 100m);

    [Fact]
    public void Parts_add_up_to_the_total_and_stay_within_a_fen_of_their_share() =>
        Gen.Select(Fen, Gen.Int[0, 1_000_000].Select(w => (decimal)w).List[1, 12]).Sample((total, weights) =>
        {
            var parts = LargestRemainder.Split(total, weights);
            var sum = weights.Sum();
            if (sum == 0) return parts.All(p => p == 0);
            return parts.Sum() == total &&
                   parts.Zip(weights).All(p => Math.Abs(p.First - total * p.Second / sum) < 0.01m);
        });

    [Fact]
    public void Left_over_fen_go_to_the_largest_remainders_and_ties_to_the_earlier()
    {
        Assert.Equal([33.34m, 33.33m, 33.33m], LargestRemainder.Split(100m, [1, 1, 1]));
        Assert.Equal([0.01m, 0.02m], LargestRemainder.Split(0.03m, [1, 2]));
        Assert.Equal([0m, 0.01m], LargestRemainder.Split(0.01m, [1, 2]));
    }

    [Fact]
    public void Remainders_are_compared_exactly()
    {
        // A third, a third, two and a third: rounded quotients would give the fen to the last.
        Assert.Equal([0.01m, 0m, 0.02m], LargestRemainder.Split(0.03m, [1, 1, 7]));
        Assert.Equal([1L, 0, 2], LargestRemainder.Split(3L, [1, 1, 7]));
    }

    [Fact]
    public void Both_forms_give_the_same() =>
        Gen.Select(Gen.Long[0, 10_000_000_000], Gen.Long[0, 1_000_000].List[1, 12]).Sample((total, weights) =>
        {
            var fen = LargestRemainder.Split(total, weights);
            var yuan = LargestRemainder.Split(total / 100m, [.. weights.Select(w => w / 1000m)]);
            return fen.Select(f => f / 100m).SequenceEqual(yuan);
        });
}
