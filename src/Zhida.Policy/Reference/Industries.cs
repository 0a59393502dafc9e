using System.Collections.Frozen;
using System.Globalization;

namespace Zhida.Policy.Reference;

/// <summary>A section (1), division (2), group (3) or class (4) of GB/T 4754-2017. The code has its section's letter:
/// C3525.</summary>
public sealed record Industry(string Code, int Level, string Name, string Parent);

/// <summary>
/// The industries of GB/T 4754-2017: 门类 (a letter), 大类, 中类, 小类 (two to four digits). A code may be given with or
/// without the letter of its section. Immutable.
/// </summary>
public sealed class Industries
{
    internal const string Columns = "code,level,name,parent";

    private readonly FrozenDictionary<string, Industry> _byCode;

    /// <summary>The section's letter by the number of the division; '\0' where there is no such division.</summary>
    private readonly char[] _sections = new char[100];

    private Industries(IEnumerable<Industry> industries)
    {
        _byCode = industries.ToFrozenDictionary(i => i.Code, StringComparer.Ordinal);
        foreach (var industry in _byCode.Values.Where(i => i.Level == 2))
            _sections[int.Parse(industry.Code.AsSpan(1), CultureInfo.InvariantCulture)] = industry.Code[0];
    }

    public static Industries Empty { get; } = new([]);

    public IEnumerable<Industry> All => _byCode.Values;

    /// <summary>The industry of a code with or without its letter (C3525, 3525, 35, C); null where there is
    /// none.</summary>
    public Industry? Find(string code)
    {
        if (_byCode.TryGetValue(code, out var industry)) return industry;
        return Section(code) is { } section && code[0] != section ? _byCode.GetValueOrDefault(section + code) : null;
    }

    /// <summary>The letter of the section a code belongs to; null where it is not the code of an industry.</summary>
    public char? Section(ReadOnlySpan<char> code)
    {
        if (code.IsEmpty || code.Length > 5) return null;
        var letter = char.IsAsciiLetterUpper(code[0]) ? code[0] : '\0';
        var digits = letter == '\0' ? code : code[1..];
        if (digits.IsEmpty) return _byCode.ContainsKey(letter.ToString()) ? letter : null;
        if (digits.Length is < 2 or > 4 || digits.ContainsAnyExceptInRange('0', '9')) return null;
        var section = _sections[(digits[0] - '0') * 10 + digits[1] - '0'];
        return section == '\0' || (letter != '\0' && letter != section) ? null : section;
    }

    /// <summary>The number of the group (中类): 352 for C3525; null for a code above the group, or of no industry.
    /// </summary>
    public int? Group(string code) =>
        Find(code) is { Level: >= 3 } found ? int.Parse(found.Code.AsSpan(1, 3), CultureInfo.InvariantCulture) : null;

    /// <summary>Whether an industry is, or is part of, another: 属于("3525", "C"), 属于("C3525", "35"). Null where the
    /// first is not the code of an industry.</summary>
    public bool? Within(ReadOnlySpan<char> code, ReadOnlySpan<char> whole)
    {
        if (Section(code) is not { } section) return null;
        if (char.IsAsciiLetterUpper(code[0])) code = code[1..];
        if (!char.IsAsciiLetterUpper(whole[0])) return code.StartsWith(whole);
        return whole[0] == section && code.StartsWith(whole[1..]);
    }

    /// <summary>What is wrong with a code, in Chinese with the mend; null where nothing is.</summary>
    public string? Problem(string code) => Find(code) is null
        ? $"“{code}”不是国民经济行业分类（GB/T 4754—2017）的代码：例如 3525 或 C3525"
        : null;

    internal static Industries Read(Csv csv)
    {
        var industries = new Dictionary<string, Industry>(StringComparer.Ordinal);
        foreach (var row in csv.Rows)
        {
            var (code, level) = (row.Cells[0], row.Cells[1]);
            if (code.Length == 0 || !char.IsAsciiLetterUpper(code[0]) || level is not ("1" or "2" or "3" or "4") ||
                code.Length != (level == "1" ? 1 : level[0] - '0' + 1) || !code.Skip(1).All(char.IsAsciiDigit))
                csv.Error(row.Line, $"“{code}”与级别“{level}”不合", "门类是一个字母，大类、中类、小类再加2、3、4位数字");
            else if (!industries.TryAdd(code, new Industry(code, level[0] - '0', row.Cells[2], row.Cells[3])))
                csv.Error(row.Line, $"{code}写了两次", "删去一行");
        }
        return new Industries(industries.Values);
    }
}
