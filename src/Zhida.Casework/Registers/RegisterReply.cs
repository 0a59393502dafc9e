using System.Globalization;
using System.Text.Json;
using Zhida.Policy.Facts;

namespace Zhida.Casework.Registers;

/// <summary>The form in which registers reply: <c>{"时间": "2026-06-01", "主体": {…}, "贷款": [{…}]}</c>.</summary>
internal static class RegisterReply
{
    /// <summary>A name twice in one object would be read differently by different readers.</summary>
    public static readonly JsonDocumentOptions Strict =
        new() { MaxDepth = FactsReader.MaxDepth, AllowDuplicateProperties = false };

    private static readonly string[] TimeForms =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static RegisterAnswer Read(string register, JsonElement reply)
    {
        if (reply.ValueKind != JsonValueKind.Object) return new RegisterDown(register, "答复读不懂：最外层应是对象 { … }");
        if (!reply.TryGetProperty("时间", out var time) || time.ValueKind != JsonValueKind.String ||
            !DateTimeOffset.TryParseExact(time.GetString(), TimeForms, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out _))
            return new RegisterDown(register, "答复读不懂：没有“时间”，或不是 2026-06-01 这样的日期或时刻");
        return new RegisterFound(register, time.GetString()!, reply.Clone());
    }
}
