namespace Zhida.Casework.Cases;

/// <summary>Why something could not be done, for the one who tried: what, and the mend.</summary>
/// <param name="Code">For programs: conflict, forbidden, not-found, phase, facts, decision, money, ….</param>
/// <param name="Field">The fact, material or member that it is about, where there is one.</param>
public sealed record Problem(string Code, string Message, string Mend, string? Field = null);

/// <summary>What came of something: a value, or problems.</summary>
public sealed record Result<T>(T? Value, IReadOnlyList<Problem> Problems) where T : class
{
    public bool Succeeded => Value is not null && Problems.Count == 0;

    public static implicit operator Result<T>(T value) => new(value, []);

    public static implicit operator Result<T>(Problem problem) => new(null, [problem]);
}
