namespace Zhida.Tests.Populations;

/// <summary>What no facts can bring about, each with the reason.</summary>
internal static class Unreachable
{
    public static IReadOnlyDictionary<string, string> For(string program) => new Dictionary<string, string>();
}
