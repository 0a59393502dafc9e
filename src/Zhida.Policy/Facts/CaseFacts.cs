using System.Text.Encodings.Web;
using System.Text.Json;
using Zhida.Policy.Program;

namespace Zhida.Policy.Facts;

/// <summary>The line that a case is about (申报): of the items, objects and periods of a subject only those claimed are
/// decided.</summary>
/// <param name="Item">The item's number or id.</param>
/// <param name="Object">编号 of the claim object; of the subject where that is the claim object.</param>
/// <param name="Period">The line's period: 2026, 第1年, 政策期.</param>
public sealed record LineClaim(string Item, string Object, string Period)
{
    internal bool IsOf(Item item) => Item == item.Id || Item == item.Number;
}

/// <summary>What was drawn before from a cap's account (账户), as a ledger has it.</summary>
/// <param name="Account">As <see cref="Deciding.CapResult.Account"/> has it.</param>
/// <param name="Used">In 元, whole 分; in lines for a cap that counts lines.</param>
/// <param name="Unit">元 or 项 where the figure says so.</param>
public sealed record Balance(string Account, decimal Used, string? Unit = null);

/// <summary>Makes the facts of a case from those of a subject.</summary>
public static class CaseFacts
{
    internal const string Claims = "申报", Item = "事项", Object = "对象", Period = "期";
    internal const string Balances = "账户", Account = "账户", Used = "已用";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The facts with one claim and with balances (none: earlier grants count as the facts tell them), in
    /// place of those that they had. UTF-8; to be read like any facts.</summary>
    /// <param name="facts">An object.</param>
    /// <param name="claim">What the case is about.</param>
    /// <param name="balances">One an account.</param>
    public static byte[] With(JsonElement facts, LineClaim claim, IReadOnlyCollection<Balance> balances)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            foreach (var member in facts.EnumerateObject())
                if (member.Name is not (Claims or Balances)) member.WriteTo(json);
            json.WriteStartArray(Claims);
            json.WriteStartObject();
            json.WriteString(Item, claim.Item);
            json.WriteString(Object, claim.Object);
            json.WriteString(Period, claim.Period);
            json.WriteEndObject();
            json.WriteEndArray();
            if (balances.Count > 0) Write(json, balances);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<Balance> balances)
    {
        json.WriteStartArray(Balances);
        foreach (var balance in balances)
        {
            json.WriteStartObject();
            json.WriteString(Account, balance.Account);
            json.WriteNumber(Used, balance.Used);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
