using CsCheck;
using Xunit;
using Zhida.Casework.Campaigns;

namespace Zhida.Tests.Casework.Campaigns;

public sealed class SamplingTests
{
    private static readonly Gen<(int Percent, (string City, long Fen)[] Paid)> Cases = Gen.Select(
        Gen.Int[1, 100], Gen.Select(Gen.OneOf("2101", "2102", "LN-SFXQ"), Gen.Long[1, 1_000_000_000]).Array);

    [Fact]
    public void Every_stratum_has_its_share_and_the_order_of_rows_does_not_matter() => Cases.Sample(c =>
    {
        var rows = c.Paid.Select((p, i) => (Position: i + 1L, p.City, p.Fen)).ToList();
        List<(long Position, string Stratum)> Draw(
            string seed, IEnumerable<(long Position, string City, long Fen)> of) =>
        [
            .. new Sampling(seed, c.Percent).Draw(of, r => r.Position, r => r.City, r => r.Fen)
                .Select(d => (d.Of.Position, d.Stratum)),
        ];
        var drawn = Draw("种子", rows);
        Assert.Equal(drawn, Draw("种子", rows.AsEnumerable().Reverse()));
        Assert.Equal(drawn.Count, drawn.Select(d => d.Position).Distinct().Count());
        var strata = rows.GroupBy(r => (r.City, Digits: Band(r.Fen))).ToList();
        Assert.Equal(strata.Sum(s => (int)Math.Ceiling(s.Count() * c.Percent / 100m)), drawn.Count);
        Assert.Equal(strata.Count, drawn.Select(d => d.Stratum).Distinct().Count());
    });

    [Fact]
    public void Another_seed_draws_others()
    {
        var rows = Enumerable.Range(1, 200).ToList();
        List<int> Draw(string seed) =>
            [.. new Sampling(seed, 10).Draw(rows, r => r, _ => "2101", _ => 5_000_000).Select(d => d.Of)];
        Assert.Equal(20, Draw("甲").Count);
        Assert.NotEqual(Draw("甲").Order(), Draw("乙").Order());
    }

    private static int Band(long fen) => fen < 1_000_000 ? 0 : fen < 10_000_000 ? 1 : fen < 100_000_000 ? 2 : 3;
}
