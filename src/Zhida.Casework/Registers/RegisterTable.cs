using Zhida.Policy.Program;

namespace Zhida.Casework.Registers;

/// <summary>Which register answers for which facts: the words of the dictionary's column 登记, and the register that
/// replies for each. Source: registers.csv beside this file. It is no part of a policy's version, for who is asked
/// changes no decision.</summary>
public sealed class RegisterTable
{
    private const string Columns = "register,service,proof";

    /// <summary>By the word of the dictionary: the register, or null where none replies.</summary>
    private readonly Dictionary<string, string?> _registers;

    private RegisterTable(Dictionary<string, string?> registers) => _registers = registers;

    /// <summary>Every word of the table.</summary>
    public IReadOnlyCollection<string> Sources => _registers.Keys;

    /// <summary>The registers that can be asked.</summary>
    public IReadOnlyList<string> Registers => [.. _registers.Values.OfType<string>().Distinct()];

    /// <summary>The table that comes with the program.</summary>
    public static RegisterTable Load()
    {
        using var stream = typeof(RegisterTable).Assembly.GetManifestResourceStream("registers.csv")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    /// <exception cref="FormatException">Another form.</exception>
    internal static RegisterTable Parse(string csv)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#').ToList();
        if (lines.FirstOrDefault() != Columns) throw new FormatException($"registers.csv: columns are {Columns}");
        var registers = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var cells in lines.Skip(1).Select(l => l.Split(',')))
            if (cells.Length != 3 || !registers.TryAdd(cells[0], cells[1].Length > 0 ? cells[1] : null))
                throw new FormatException($"registers.csv: {string.Join(',', cells)}");
        return new RegisterTable(registers);
    }

    /// <summary>The register that replies for a fact; null: none does, it rests on papers or on what the department
    /// knows.</summary>
    public string? RegisterOf(Fact fact) => RegisterOf(fact.Register);

    /// <summary>The register behind a source (来源).</summary>
    public string? RegisterOf(string source) => _registers.GetValueOrDefault(source);
}
