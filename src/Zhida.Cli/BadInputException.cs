namespace Zhida.Cli;

/// <summary>Input that the command can't work with: thrown on the way from arguments and files to the engine, printed
/// once at the top, exit code 2.</summary>
internal sealed class BadInputException(string message, string? mend = null) : Exception(message)
{
    public string? Mend { get; } = mend;
}
