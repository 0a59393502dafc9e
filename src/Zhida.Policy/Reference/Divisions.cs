using System.Collections.Frozen;

namespace Zhida.Policy.Reference;

/// <summary>A place: its code (GB/T 2260, six digits, or <see cref="Divisions.Zone"/>), its name, the code of the place
/// it belongs to (empty for a province).</summary>
public sealed record Division(string Code, string Level, string Name, string Parent);

/// <summary>
/// Administrative divisions (GB/T 2260): Liaoning down to counties, other provinces by name only, and 沈抚示范区 as an
/// overlay: a code of our own that belongs to Liaoning and to no city. Immutable.
/// </summary>
public sealed class Divisions
{
    /// <summary>省沈抚改革创新示范区: its enterprises are registered under 2101xx or 2104xx.</summary>
    public const string Zone = "LN-SFXQ";

    internal const string Columns = "code,level,name,parent";

    private readonly FrozenDictionary<string, Division> _byCode;

    private Divisions(IEnumerable<Division> divisions) =>
        _byCode = divisions.ToFrozenDictionary(d => d.Code, StringComparer.Ordinal);

    public static Divisions Empty { get; } = new([]);

    public IEnumerable<Division> All => _byCode.Values;

    public Division? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>辽宁省沈阳市和平区. A place of another province has the province's name; null where there is no such code.
    /// </summary>
    public string? FullName(string code)
    {
        if (code != Zone && Problem(code) is not null) return null;
        if (Find(code) is not { } place) return Find(Province(code))!.Name;
        return code == Zone || place.Parent.Length == 0 ? place.Name : FullName(place.Parent) + place.Name;
    }

    /// <summary>What is wrong with a code as the place of a fact, in Chinese with the mend; null where nothing is.
    /// Codes of other provinces are only checked down to the province; the zone is no place to be registered
    /// in.</summary>
    public string? Problem(string code)
    {
        if (code == Zone) return $"{Zone}不是区划代码：示范区企业填登记地在沈阳或抚顺的代码，另答是否属示范区";
        if (_byCode.ContainsKey(code)) return null;
        if (code.Length != 6 || !code.All(char.IsAsciiDigit))
            return $"“{code}”不是区划代码：应为6位数字，例如 210102";
        var province = Province(code);
        if (!_byCode.ContainsKey(province)) return $"“{code}”不是区划代码：没有以{code[..2]}开头的省份";
        var listed = _byCode.Values.Any(d => d.Parent == province && d.Level != "zone");
        return listed ? $"“{code}”不是区划代码：{Find(province)!.Name}没有这个市、县（市、区）" : null;
    }

    /// <summary>Whether a place lies in another, given by its code or the beginning of one (21, 2101,
    /// 210100).</summary>
    public static bool Within(ReadOnlySpan<char> code, ReadOnlySpan<char> place)
    {
        if (place.SequenceEqual(Zone) || code.SequenceEqual(Zone))
            return code.SequenceEqual(place) || (code.SequenceEqual(Zone) && Trim(place) is "21");
        return code.StartsWith(Trim(place));
    }

    /// <summary>210000 becomes 21, 210100 becomes 2101.</summary>
    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> place)
    {
        if (place.Length != 6) return place;
        while (place.Length > 2 && place.EndsWith("00")) place = place[..^2];
        return place;
    }

    private static string Province(string code) => code[..2] + "0000";

    internal static Divisions Read(Csv csv)
    {
        var places = new Dictionary<string, Division>(StringComparer.Ordinal);
        foreach (var row in csv.Rows)
        {
            var place = new Division(row.Cells[0], row.Cells[1], row.Cells[2], row.Cells[3]);
            if (place.Parent.Length > 0 && !places.ContainsKey(place.Parent))
                csv.Error(row.Line, $"上级{place.Parent}不在前面", "先写上级，再写下级");
            else if (!places.TryAdd(place.Code, place))
                csv.Error(row.Line, $"{place.Code}写了两次", "删去一行");
        }
        return new Divisions(places.Values);
    }
}
