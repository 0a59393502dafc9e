namespace Zhida.Tests.Ledger;

/// <summary>A clock that goes when it is told to.</summary>
internal sealed class TestClock(long ticks) : TimeProvider
{
    public long Ticks { get; set; } = ticks;

    public override DateTimeOffset GetUtcNow() => new(Ticks, TimeSpan.Zero);
}
