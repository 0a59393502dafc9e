using System.Globalization;
using System.Text.Json.Nodes;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Facts;

/// <summary>Facts that come from tables as the JSON that <see cref="FactsReader"/> reads: read again they are the same
/// facts.</summary>
public static class FactsJson
{
    /// <summary>What is unset is left out; derived members are not written.</summary>
    public static JsonObject Of(SubjectFacts facts)
    {
        var root = new JsonObject();
        var years = facts.Years.ToLookup(y => y.Key.Owner, y => (y.Key.Year, Facts: y.Value));
        foreach (var type in facts.Dictionary.Objects.Values)
        {
            if (facts.Objects(type) is not { } records) continue;
            var written = records.Select(r => Of(type, r, years[r]));
            root[type.Name] = type == facts.Dictionary.Subject ? written.Single() : new JsonArray([.. written]);
        }
        if (facts.Grants.Count > 0) root["已得"] = new JsonArray([.. facts.Grants.Select(Of)]);
        return root;
    }

    private static JsonObject Of(ObjectType type, Record record, IEnumerable<(string Year, Record Facts)> years)
    {
        var json = new JsonObject { ["编号"] = record.Id };
        foreach (var reference in type.References)
            if (record[reference.Slot] is { Kind: ValueKind.Context } target && reference.Target.Name != "主体")
                json[reference.Target.Name] = ((Record)target.Context).Id;
        Write(json, type.Facts.Where(f => f.Name != "编号"), record);
        var yearly = new JsonObject();
        foreach (var (year, entry) in years.OrderBy(y => y.Year, StringComparer.Ordinal))
        {
            var one = new JsonObject();
            Write(one, type.YearFacts, entry);
            yearly[year] = one;
        }
        if (yearly.Count > 0) json["年度"] = yearly;
        return json;
    }

    private static void Write(JsonObject json, IEnumerable<Fact> facts, Record record)
    {
        foreach (var fact in facts)
            if (!record[fact.Slot].IsUnset) json[fact.Name] = Of(record[fact.Slot]);
    }

    private static JsonNode Of(Value value) => value.Kind switch
    {
        ValueKind.Boolean => JsonValue.Create(value.IsTrue),
        ValueKind.Number => JsonValue.Create(value.Number),
        ValueKind.List => new JsonArray([.. value.Items.Select(Of)]),
        ValueKind.String => JsonValue.Create(value.Text),
        ValueKind.Date => JsonValue.Create(DateOnly.FromDayNumber((int)(value.Days + FeelDate.UnixEpochDayNumber))
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        _ => throw new InvalidOperationException($"no fact is a {value.Kind}"),
    };

    private static JsonObject Of(Grant grant)
    {
        var json = new JsonObject { ["事项"] = grant.Item, ["金额"] = grant.Amount };
        if (grant.Scope is { } scope) json["范围"] = scope;
        if (grant.Key is { } key) json["对象"] = key;
        if (grant.Period is { } period) json["期"] = period;
        return json;
    }
}
