using System.Diagnostics;

namespace Zhida.Policy.Checking.Smt;

/// <summary>An answer of the solver.</summary>
public enum Satisfiability { Sat, Unsat, Unknown }

/// <summary>A z3 process that is spoken to in SMT-LIB 2 over its standard streams; one question at a time.</summary>
public sealed class Solver : IDisposable
{
    private const int MillisecondsPerQuestion = 1500;

    private readonly Process _process;

    private Solver(Process process) => _process = process;

    /// <summary>Starts z3; null where it is not installed.</summary>
    public static Solver? Start()
    {
        try
        {
            var process = Process.Start(new ProcessStartInfo("z3", ["-in", $"-t:{MillisecondsPerQuestion}"])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            });
            return process is null ? null : new Solver(process);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Forgets everything and declares anew.</summary>
    public void Reset(IEnumerable<string> declarations)
    {
        _process.StandardInput.WriteLine("(reset)");
        foreach (var line in declarations) _process.StandardInput.WriteLine(line);
    }

    /// <summary>Whether all assertions can hold together with what was declared.</summary>
    public Satisfiability Check(params IEnumerable<string> assertions)
    {
        var input = _process.StandardInput;
        input.WriteLine("(push)");
        foreach (var assertion in assertions) input.WriteLine($"(assert {assertion})");
        input.WriteLine("(check-sat)");
        input.WriteLine("(pop)");
        input.Flush();
        while (_process.StandardOutput.ReadLine() is { } line)
            switch (line)
            {
                case "sat":
                    return Satisfiability.Sat;
                case "unsat":
                    return Satisfiability.Unsat;
                case "unknown" or "timeout":
                    return Satisfiability.Unknown;
                default:
                    if (line.StartsWith("(error", StringComparison.Ordinal))
                        throw new InvalidOperationException($"z3: {line}");
                    break;
            }
        return Satisfiability.Unknown;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
