namespace Zhida.Casework.Cases;

/// <summary>What a person is here for: 申报人 acts for subjects, 经办人 and 负责人 for an office; the program acts in its own
/// name.</summary>
public enum Role { Applicant, Clerk, Head, Program }

/// <summary>Who acts. Given by the caller, who knows it to be true.</summary>
public sealed record Person(string Id, string Name, Role Role)
{
    /// <summary>As 承办 of a step has it: 市或示范区, 省发展改革委, ….</summary>
    public string Office { get; init; } = "";

    /// <summary>The department's own name, as it signs (沈阳市发展改革委); the office's where none is given.</summary>
    public string Department { get => field.Length > 0 ? field : Office; init; } = "";

    /// <summary>The place that the office serves, as the beginning of division codes: 21 the province, 2101 a city,
    /// LN-SFXQ the zone.</summary>
    public string Place { get; init; } = "";

    /// <summary>The subjects (统一社会信用代码) that the person acts for, or has a part in: nobody decides on a case of
    /// their own.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>Jobs, and what other systems answered.</summary>
    public static readonly Person Program = new("程序", "程序", Role.Program);

    public bool IsOfficial => Role is Role.Clerk or Role.Head;

    /// <summary>Whether the office serves the place that a case belongs to.</summary>
    public bool Serves(string place) => IsOfficial && Place.Length > 0 &&
        // The zone's cases are the zone's and the province's, not Shenyang's or Fushun's.
        (place.StartsWith(Place, StringComparison.Ordinal) || Place == Province);

    /// <summary>Its code, the beginning of every code in it.</summary>
    private const string Province = "21";
}
