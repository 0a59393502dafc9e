namespace Zhida.Cli;

/// <summary>What the process returns: fine (notes included), errors found or tests failed, bad input, stopped.
/// </summary>
internal static class ExitCode
{
    public const int Fine = 0;
    public const int Failed = 1;
    public const int BadInput = 2;

    /// <summary>Stopped by Ctrl-C, as shells have it.</summary>
    public const int Stopped = 130;
}
