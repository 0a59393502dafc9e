using System.Text.Json.Nodes;

namespace Zhida.Casework.Registers;

/// <summary>A fact that still awaits verification (待核验), because its register was down or replied what cannot be
/// used.</summary>
/// <param name="Path">主体.名称, 贷款[贷一].本金, 贷款[贷一].年度.2026.实付利息.</param>
/// <param name="Why">For people.</param>
public sealed record Awaiting(string Register, string Path, string Why);

/// <summary>The applicant says other than the register (不一致). Values are as given, numbers perhaps as text with their
/// unit.</summary>
/// <param name="Time">Of when the register's value is.</param>
public sealed record Difference(string Path, string Register, string Time, JsonNode Declared, JsonNode Registered);

/// <summary>An answer changed the value that prevails.</summary>
/// <param name="Before">Null: nothing was known.</param>
public sealed record FactChange(string Path, string Register, JsonNode? Before, JsonNode After);

/// <summary>Facts of a case with what registers say.</summary>
/// <param name="Facts">As facts files: each value is <c>{"值", "来源", "时间"}</c>, or a list of these where the applicant
/// and a register both say something.</param>
/// <param name="Awaiting">待核验, in the order of the dictionary.</param>
/// <param name="Differences">不一致, of the facts as they stand now.</param>
/// <param name="Changes">What these answers changed.</param>
/// <param name="Unknown">Registers that replied that they have no such subject.</param>
public sealed record MergedFacts(JsonObject Facts, IReadOnlyList<Awaiting> Awaiting,
    IReadOnlyList<Difference> Differences, IReadOnlyList<FactChange> Changes, IReadOnlyList<string> Unknown);
