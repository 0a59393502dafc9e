using System.Text.Json.Nodes;
using Zhida.Feel.Types;
using Zhida.Policy.Program;

namespace Zhida.Policy.Facts;

/// <summary>The data dictionary as JSON Schema (draft 2020-12): what a facts file may hold. Strict about names, types
/// and allowed values; that credit codes, divisions and industries exist is checked when facts are read.</summary>
public static class FactsSchema
{
    public static JsonObject Of(Dictionary dictionary)
    {
        var properties = new JsonObject { ["说明"] = new JsonObject { ["type"] = "string" } };
        var definitions = new JsonObject { ["数量"] = QuantityText(), ["已得"] = Grant(),
            ["申报"] = Claim(), ["账户"] = Account() };
        foreach (var type in dictionary.Objects.Values)
        {
            definitions[type.Name] = ObjectSchema(type, dictionary);
            var reference = new JsonObject { ["$ref"] = $"#/$defs/{type.Name}" };
            properties[type.Name] = type == dictionary.Subject
                ? reference : new JsonObject { ["type"] = Types("array", "null"), ["items"] = reference };
        }
        properties["已得"] = new JsonObject
        {
            ["type"] = "array", ["items"] = new JsonObject { ["$ref"] = "#/$defs/已得" },
        };
        foreach (var name in new[] { CaseFacts.Claims, CaseFacts.Balances })
            properties[name] = new JsonObject
            {
                ["type"] = Types("array", "null"), ["items"] = new JsonObject { ["$ref"] = $"#/$defs/{name}" },
            };
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "事实",
            ["description"] = "一个主体的事实。没有写的、null 都是不知道；空列表是没有。",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
            ["$defs"] = definitions,
        };
    }

    private static JsonObject ObjectSchema(ObjectType type, Dictionary dictionary)
    {
        var text = new JsonObject { ["type"] = "string" };
        var properties = new JsonObject { ["说明"] = text, ["编号"] = text.DeepClone() };
        foreach (var reference in type.References.Where(r => r.Target != dictionary.Subject))
            properties[reference.Target.Name] = new JsonObject
            {
                ["type"] = Types("string", "null"), ["description"] = $"所指{reference.Target.Name}的编号",
            };
        foreach (var fact in type.Facts) properties[fact.Name] = FactSchema(fact);
        if (type.YearFacts.Count > 0)
        {
            var year = new JsonObject();
            foreach (var fact in type.YearFacts) year[fact.Name] = FactSchema(fact);
            properties["年度"] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = new JsonObject
                    { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = year },
            };
        }
        return new JsonObject
        {
            ["type"] = "object", ["description"] = type.Description, ["additionalProperties"] = false,
            ["properties"] = properties,
        };
    }

    /// <summary>A value, a value with its source, or several of these side by side.</summary>
    private static JsonObject FactSchema(Fact fact)
    {
        var sourced = new JsonObject
        {
            ["type"] = "object",
            ["required"] = Types("值"),
            ["properties"] = new JsonObject
            {
                ["值"] = ValueSchema(fact), ["来源"] = new JsonObject { ["type"] = "string" },
                ["时间"] = new JsonObject { ["type"] = "string" },
            },
        };
        var schema = new JsonObject
        {
            ["title"] = fact.Name, ["description"] = fact.Question,
            ["anyOf"] = new JsonArray(ValueSchema(fact), sourced,
                new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = sourced.DeepClone() },
                new JsonObject { ["type"] = "null" }),
            ["x-登记"] = fact.Register,
        };
        if (fact.Type is NumberType { Unit: { IsNone: false } unit }) schema["x-单位"] = unit.ToString();
        return schema;
    }

    private static JsonObject ValueSchema(Fact fact) => fact.Kind switch
    {
        FactKind.Boolean => new JsonObject { ["enum"] = new JsonArray(true, false, "是", "否") },
        FactKind.Date => new JsonObject { ["type"] = "string", ["format"] = "date" },
        FactKind.Choices or FactKind.Names => new JsonObject { ["type"] = "array", ["items"] = TextSchema(fact.Type) },
        FactKind.CreditCode => new JsonObject
            { ["type"] = "string", ["pattern"] = "^[0-9A-HJ-NP-RTUWXY]{18}$" },
        FactKind.Division => new JsonObject { ["type"] = "string", ["pattern"] = "^([0-9]{6}|LN-SFXQ)$" },
        FactKind.Industry => new JsonObject { ["type"] = "string", ["pattern"] = "^[A-T]?[0-9]{0,4}$" },
        _ when fact.Type is NumberType number => NumberSchema(fact, number),
        _ => TextSchema(fact.Type),
    };

    private static JsonObject TextSchema(FeelType type)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if ((type is ListType list ? list.Item : type) is StringType { IsEnumeration: true } words)
            schema["enum"] = new JsonArray([.. words.Allowed.Select(w => (JsonNode)JsonValue.Create(w))]);
        return schema;
    }

    private static JsonObject NumberSchema(Fact fact, NumberType type)
    {
        var number = new JsonObject { ["type"] = fact.Kind == FactKind.Integer ? "integer" : "number" };
        if (type.Minimum is { } least) number["minimum"] = least;
        if (type.Maximum is { } most) number["maximum"] = most;
        return new JsonObject
        {
            ["anyOf"] = new JsonArray(number, new JsonObject { ["$ref"] = "#/$defs/数量" }),
        };
    }

    private static JsonObject QuantityText() => new()
    {
        ["type"] = "string", ["description"] = "带单位的数：8000万元、300人、35%、3.1%/年",
            ["pattern"] = "^-?[0-9]+(\\.[0-9]+)?\\D*$",
    };

    private static JsonObject Grant() => new()
    {
        ["type"] = "object",
        ["required"] = Types("事项", "金额"),
        ["properties"] = new JsonObject
        {
            ["事项"] = new JsonObject { ["type"] = "string", ["description"] = "如 4.1，或 liaoning-2026:4.1" },
            ["范围"] = new JsonObject { ["type"] = "string", ["description"] = "哪个上限：行、主体、事项或对象的名称" },
            ["对象"] = new JsonObject { ["type"] = "string", ["description"] = "上限账户的编号" },
            ["期"] = new JsonObject { ["type"] = "string", ["description"] = "如 2026" },
            ["金额"] = new JsonObject { ["type"] = Types("number", "string") },
        },
    };

    private static JsonObject Claim() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["description"] = "申报的一行：写了就只判定这些行；每个对象都要有编号",
        ["required"] = Types(CaseFacts.Item, CaseFacts.Object, CaseFacts.Period),
        ["properties"] = new JsonObject
        {
            [CaseFacts.Item] = Named("如 4.1，或 liaoning-2026:4.1"), [CaseFacts.Object] = Named("对象的编号"),
            [CaseFacts.Period] = Named("如 2026"),
        },
    };

    private static JsonObject Account() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["description"] = "上限账户此前已用多少，以此为准，不再计已得",
        ["required"] = Types(CaseFacts.Account, CaseFacts.Used),
        ["properties"] = new JsonObject
        {
            [CaseFacts.Account] = Named("判定里上限的 account"),
            [CaseFacts.Used] = new JsonObject { ["type"] = Types("number", "string") },
        },
    };

    private static JsonObject Named(string description) =>
        new() { ["type"] = "string", ["minLength"] = 1, ["description"] = description };

    private static JsonArray Types(params string[] names) =>
        [.. names.Select(n => (JsonNode)JsonValue.Create(n))];
}
