using System.Text.Json.Nodes;
using Zhida.Policy.Program;

namespace Zhida.Casework.Registers;

/// <summary>Where a fact stands, or would stand, in facts as JSON.</summary>
/// <param name="Id">编号 of the object.</param>
/// <param name="Year">Of a fact that stands once a year.</param>
/// <param name="Holder">What holds the fact: the object, or its year.</param>
/// <param name="Owner">The object.</param>
internal sealed record FactPlace(Fact Fact, string Id, string? Year, JsonObject Holder, JsonObject Owner)
{
    /// <summary>主体.名称, 贷款[贷一].本金, 贷款[贷一].年度.2026.实付利息.</summary>
    public string Path
    {
        get
        {
            var owner = Fact.Object.Name == "主体" ? Fact.Object.Name : $"{Fact.Object.Name}[{Id}]";
            return Year is null ? $"{owner}.{Fact.Name}" : $"{owner}.年度.{Year}.{Fact.Name}";
        }
    }

    /// <summary>What stands there; null: nothing.</summary>
    public JsonNode? Node
    {
        get => Holder[Fact.Name];
        set => Holder[Fact.Name] = value;
    }

    /// <summary>The places of all facts that the objects of a document may hold, given or not; 编号 and 申报时间, which
    /// every object has, are no claims that need a source. What has another shape is passed over: reading the facts
    /// reports it.</summary>
    public static IEnumerable<FactPlace> Of(Dictionary dictionary, JsonObject root) =>
        dictionary.Objects.Values.SelectMany(type => Objects(dictionary, type, root).SelectMany(o =>
            type.Facts.Where(f => f.Name is not ("编号" or "申报时间"))
                .Select(f => new FactPlace(f, o.Id, null, o.Json, o.Json)).Concat(Years(o.Json).SelectMany(y =>
                type.YearFacts.Select(f => new FactPlace(f, o.Id, y.Key, (JsonObject)y.Value!, o.Json))))));

    /// <summary>The same place in another document; made where the object or the year is not there. Null where the
    /// other document has another shape.</summary>
    public FactPlace? In(JsonObject root, Dictionary dictionary)
    {
        var type = Fact.Object;
        var owner = Objects(dictionary, type, root).FirstOrDefault(o => o.Id == Id || type == dictionary.Subject).Json
            ?? Add(root, dictionary);
        if (owner is null || Year is null) return owner is null ? null : new FactPlace(Fact, Id, null, owner, owner);
        if (owner["年度"] is null) owner["年度"] = new JsonObject();
        if (owner["年度"] is not JsonObject years) return null;
        if (years[Year] is null) years[Year] = new JsonObject();
        return years[Year] is JsonObject year ? new FactPlace(Fact, Id, Year, year, owner) : null;
    }

    /// <summary>A new object with the same id, and the same references where the other document knows their target.
    /// </summary>
    private JsonObject? Add(JsonObject root, Dictionary dictionary)
    {
        var type = Fact.Object;
        var added = new JsonObject();
        if (type == dictionary.Subject)
        {
            if (root[type.Name] is not null) return null;
            root[type.Name] = added;
            return added;
        }
        if (root[type.Name] is null) root[type.Name] = new JsonArray();
        if (root[type.Name] is not JsonArray list) return null;
        added["编号"] = Id;
        foreach (var target in type.References.Select(r => r.Target))
            if (Text(Owner[target.Name]) is { } id && Objects(dictionary, target, root).Any(o => o.Id == id))
                added[target.Name] = id;
        list.Add(added);
        return added;
    }

    private static IEnumerable<(string Id, JsonObject Json)> Objects(
        Dictionary dictionary, ObjectType type, JsonObject root)
    {
        if (type == dictionary.Subject)
            return root[type.Name] is JsonObject subject ? [(Text(subject["编号"]) ?? type.Name, subject)] : [];
        return root[type.Name] is JsonArray list
            ? list.Index().Where(e => e.Item is JsonObject)
                .Select(e => (Text(e.Item!["编号"]) ?? $"{type.Name}{e.Index + 1}", (JsonObject)e.Item!))
            : [];
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Years(JsonObject owner) =>
        owner["年度"] is JsonObject years ? years.Where(y => y.Value is JsonObject) : [];

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
