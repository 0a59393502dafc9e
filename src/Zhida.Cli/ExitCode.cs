namespace Zhida.Cli;

/// <summary>What the process returns: fine (notes included), errors found or tests failed, bad input.</summary>
internal static class ExitCode
{
    public const int Fine = 0;
    public const int Failed = 1;
    public const int BadInput = 2;
}
