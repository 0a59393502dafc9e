using System.Globalization;
using System.Text.Json;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Policy.Facts;

/// <summary>Reads one value of a fact from JSON or a cell, by the fact's kind (docs/measure-files.md, section
/// 5).</summary>
internal sealed class FactValue(ReferenceTables tables)
{
    /// <summary>The value, or what is wrong and the mend.</summary>
    public (Value Value, string? Error, string? Mend) Read(Fact fact, JsonElement json, bool checkedByHand) =>
        fact.Kind switch
    {
        FactKind.CreditCode when json.ValueKind == JsonValueKind.String =>
            ReadCreditCode(json.GetString()!, checkedByHand),
        FactKind.Boolean => ReadBoolean(json),
        FactKind.Date => ReadDate(json),
        FactKind.Choices or FactKind.Names => ReadList(fact, json),
        FactKind.Money or FactKind.Integer or FactKind.Number or FactKind.Share or FactKind.Ratio or FactKind.Rate =>
            ReadNumber(fact, json),
        _ => ReadText(fact, json),
    };

    /// <summary>A code of the early pilot kind, whose check character fails though it is in use, is taken where a
    /// person has checked it.</summary>
    private static (Value, string?, string?) ReadCreditCode(string code, bool checkedByHand) =>
        CreditCode.Problem(code, checkedByHand) is not { } problem ? (Value.Of(code), null, null)
        : Bad(problem, CreditCode.Problem(code, acceptEarlyPilot: true) is null
            ? $"核对后写成 {{\"值\": \"{code}\", \"人工核对\": true}}" : null);

    private static (Value, string?, string?) Bad(string error, string? mend = null) => (default, error, mend);

    private static (Value, string?, string?) ReadBoolean(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => (Value.True, null, null),
        JsonValueKind.False => (Value.False, null, null),
        JsonValueKind.String when json.GetString() is "是" => (Value.True, null, null),
        JsonValueKind.String when json.GetString() is "否" => (Value.False, null, null),
        _ => Bad($"应为是否（true 或 false），实为 {Show(json)}", "写 true 或 false"),
    };

    private static (Value, string?, string?) ReadDate(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String &&
            DateOnly.TryParseExact(json.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var date))
            return date >= FactsReader.FirstDate && date <= FactsReader.LastDate ? (Value.Of(date), null, null)
                : Bad($"{Show(json)} 的年份不在1900至2199之间", "检查年份");
        return Bad($"应为日期，实为 {Show(json)}", "写成 \"2026-03-01\" 这样真实存在的日期");
    }

    private (Value, string?, string?) ReadList(Fact fact, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array)
            return Bad($"应为列表，实为 {Show(json)}", "写成 [\"甲\", \"乙\"]；没有就写 []");
        var values = new List<Value>();
        foreach (var element in json.EnumerateArray())
        {
            var (value, error, mend) = ReadText(fact, element);
            if (error is not null) return Bad(error, mend);
            values.Add(value);
        }
        return (Value.OfList([.. values]), null, null);
    }

    private (Value, string?, string?) ReadText(Fact fact, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String) return Bad($"应为文字，实为 {Show(json)}", "加上引号");
        var text = json.GetString()!;
        var type = fact.Type is ListType list ? list.Item : fact.Type;
        if (type is StringType { IsEnumeration: true } enumeration && !enumeration.Allowed.Contains(text))
            return Bad($"“{text}”不在可选值之中", $"可选：{string.Join("、", enumeration.Allowed)}");
        var problem = fact.Kind switch
        {
            FactKind.Division => tables.Divisions.Problem(text),
            FactKind.Industry => tables.Industries.Problem(text),
            _ => null,
        };
        return problem is null ? (Value.Of(text), null, null) : Bad(problem);
    }

    private static (Value, string?, string?) ReadNumber(Fact fact, JsonElement json)
    {
        var type = (NumberType)fact.Type;
        decimal number;
        switch (json.ValueKind)
        {
            case JsonValueKind.Number when json.TryGetDecimal(out number):
                break;
            case JsonValueKind.String when Quantity.TryParse(json.GetString()!, out number, out var unit, out _):
                if (!unit.IsNone && !unit.Equals(type.Unit))
                    return Bad($"单位应为{type.Unit}，实为{unit}（{Show(json)}）", $"以{type.Unit}为单位填写");
                break;
            default:
                return Bad($"应为数字，实为 {Show(json)}", $"写数字（单位{type.Unit}）或带单位的文字，如 \"8000万元\"");
        }
        if (fact.Kind == FactKind.Integer && decimal.Truncate(number) != number)
            return Bad($"应为整数，实为 {Show(json)}");
        if (fact.Kind == FactKind.Money && type.Maximum is null && number > FactsReader.MostMoney)
            return Bad($"{Show(json)} 超过10万亿元", "检查单位是元还是万元");
        if (number < type.Minimum || number > type.Maximum)
            return Bad($"{Show(json)} 超出范围 {type.Minimum?.ToString(CultureInfo.InvariantCulture) ?? "不限"} 至 " +
                       $"{type.Maximum?.ToString(CultureInfo.InvariantCulture) ?? "不限"}");
        return (Value.Of(number), null, null);
    }

    private static string Show(JsonElement json)
    {
        var raw = json.GetRawText();
        return raw.Length <= 40 ? raw : raw[..40] + "…";
    }
}
