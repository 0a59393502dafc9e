using System.Text.Json.Nodes;
using Zhida.Feel.Types;
using Zhida.Policy.Program;

namespace Zhida.Casework.Registers;

/// <summary>The values of one fact with their sources, as facts files hold them.</summary>
internal static class SourcedValues
{
    public const string Value = "值";
    public const string Source = "来源";
    public const string Time = "时间";

    /// <summary>自报: the applicant says so.</summary>
    public const string Declared = "自报";

    /// <summary>A person has checked what the program would refuse; not for the applicant to say.</summary>
    private const string CheckedByHand = "人工核对";

    /// <summary>Gives every value of a draft its source and time. The applicant may name a paper as the source, but not
    /// a register that can be asked: that would let a declared value pass for the register's. What has no shape of a
    /// value stays, for reading the facts reports it.</summary>
    public static JsonNode? Declare(Fact fact, JsonNode? node, RegisterTable registers, string time)
    {
        if (node is JsonArray list && list.Count > 0 &&
            (fact.Type is not ListType || list.All(e => e is JsonObject)))
            return new JsonArray([.. list.Select(e => Wrap(e?.DeepClone(), registers, time))]);
        return node is null ? null : Wrap(node.DeepClone(), registers, time);
    }

    private static JsonObject? Wrap(JsonNode? node, RegisterTable registers, string time)
    {
        if (node is not JsonObject given)
            return node is null ? null : new JsonObject { [Value] = node, [Source] = Declared, [Time] = time };
        if (!given.ContainsKey(Value)) return given;
        if (SourceOf(given) is not { } source || registers.RegisterOf(source) is not null) given[Source] = Declared;
        if (given[Time] is null) given[Time] = time;
        given.Remove(CheckedByHand);
        return given;
    }

    /// <summary>The sourced values that stand at a place; none for what has another shape.</summary>
    public static List<JsonObject> Of(JsonNode? node) => node switch
    {
        JsonObject one when one[Value] is not null => [one],
        JsonArray list => [.. list.OfType<JsonObject>().Where(e => e[Value] is not null)],
        _ => [],
    };

    /// <summary>What a place holds once a register has replied: its value first, in place of an earlier one, and
    /// whatever others say.</summary>
    public static JsonNode With(JsonNode? node, string source, string time, JsonNode value)
    {
        var reply = new JsonObject { [Value] = value.DeepClone(), [Source] = source, [Time] = time };
        var others = Of(node).Where(v => SourceOf(v) != source).Select(v => v.DeepClone()).ToArray();
        return others.Length == 0 ? reply : new JsonArray([reply, .. others]);
    }

    /// <summary>The value that counts where the item does not say otherwise: the fact's register's, else the first.
    /// Null: none.</summary>
    public static JsonNode? Prevailing(Fact fact, JsonNode? node) =>
        (OfSource(node, fact.Register) ?? Of(node).FirstOrDefault())?[Value];

    public static JsonObject? OfSource(JsonNode? node, string source) =>
        Of(node).FirstOrDefault(v => SourceOf(v) == source);

    /// <summary>The first value of another source than the register's.</summary>
    public static JsonNode? DeclaredBeside(JsonNode? node, string source) =>
        Of(node).FirstOrDefault(v => SourceOf(v) != source)?[Value];

    private static string? SourceOf(JsonObject value) =>
        value[Source] is JsonValue source && source.TryGetValue<string>(out var text) ? text : null;
}
