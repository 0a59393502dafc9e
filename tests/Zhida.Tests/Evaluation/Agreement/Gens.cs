using CsCheck;

namespace Zhida.Tests.Evaluation.Agreement;

/// <summary>One of several constants.</summary>
internal static class Gens
{
    public static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
