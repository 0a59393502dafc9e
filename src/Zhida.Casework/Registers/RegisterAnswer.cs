using System.Text.Json;

namespace Zhida.Casework.Registers;

/// <summary>What a register says of a subject.</summary>
/// <param name="Register">Which one: 登记, 信用, 税务, 社保, 海关.</param>
public abstract record RegisterAnswer(string Register);

/// <summary>The register knows the subject.</summary>
/// <param name="Time">Of when the values are, as the register gives it: a date or an instant of ISO 8601.</param>
/// <param name="Facts">In the form of facts files: <c>{"主体": {…}, "贷款": [{"编号": …}]}</c>.</param>
public sealed record RegisterFound(string Register, string Time, JsonElement Facts) : RegisterAnswer(Register);

/// <summary>The register has no such subject.</summary>
public sealed record RegisterNotFound(string Register) : RegisterAnswer(Register);

/// <summary>The register did not answer, or not so that it can be read: its facts are verified later.</summary>
/// <param name="Why">For people.</param>
public sealed record RegisterDown(string Register, string Why) : RegisterAnswer(Register);
