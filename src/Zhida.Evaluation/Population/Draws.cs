namespace Zhida.Evaluation.Population;

/// <summary>Random numbers that are a function of their key alone (SplitMix64): what is drawn for one subject doesn't
/// hang on who was drawn before it, nor on the thread.</summary>
internal struct Draws
{
    private ulong _state;

    /// <param name="seed">Of the population.</param>
    /// <param name="stream">What is drawn for.</param>
    /// <param name="index">Of the subject, or of the group of subjects.</param>
    public Draws(long seed, int stream, long index) =>
        _state = Mix(Mix(Mix((ulong)seed) + (ulong)stream) + (ulong)index);

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>Both ends counted.</summary>
    public long Between(long least, long most) =>
        least + (long)Math.BigMul(Next(), (ulong)(most - least) + 1, out _);

    public bool Chance(int inTenThousand) => Below(10_000) < inTenThousand;

    /// <summary>As likely in every octave: small ones often, large ones seldom (a heavy tail).</summary>
    /// <param name="least">Above 0.</param>
    public long HeavyTailed(long least, long most)
    {
        var octaves = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(most / least));
        var from = least << Below(octaves);
        return Between(from, from > most / 2 ? most : from * 2);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
