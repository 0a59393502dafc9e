using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using Zhida.Feel.Values;

namespace Zhida.Feel.Dmn;

/// <summary>A file of cases of the DMN Technology Compatibility Kit.</summary>
internal sealed record TckFile(string Model, ImmutableArray<TckCase> Cases);

/// <param name="Service">The decision service to call; null where decisions are asked for.</param>
internal sealed record TckCase(
    string Id, string? Service, ImmutableArray<(string Name, Value Value)> Inputs, ImmutableArray<TckNode> Expected);

/// <param name="IsError">The result is null and an error is reported.</param>
internal sealed record TckNode(string Name, bool IsError, Value Value);

/// <summary>Reads the kit's cases (namespace …/DMN/20160719/testcase).</summary>
internal static class TckReader
{
    private static readonly XName Nil = XName.Get("nil", "http://www.w3.org/2001/XMLSchema-instance");
    private static readonly XName Type = XName.Get("type", "http://www.w3.org/2001/XMLSchema-instance");

    /// <summary>Null where the file holds no cases.</summary>
    public static TckFile? Read(string path)
    {
        using var reader = XmlReader.Create(path, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null,
            MaxCharactersInDocument = ModelReader.MaxCharacters,
        });
        var root = XDocument.Load(reader).Root!;
        if (root.Name.LocalName != "testCases") return null;
        var model = root.Child("modelName")?.Value.Trim() ?? "";
        return new TckFile(model, [.. root.Children("testCase").Select(ReadCase)]);
    }

    private static TckCase ReadCase(XElement e) => new(
        e.Text("id") ?? "",
        e.Text("type") == "decisionService" ? e.Text("invocableName") : null,
        [.. e.Children("inputNode").Select(n => (n.Text("name") ?? "", ReadValue(n)))],
        [.. e.Children("resultNode").Select(n => new TckNode(
            n.Text("name") ?? "", n.Text("errorResult") == "true",
            n.Child("expected") is { } expected ? ReadValue(expected) : Value.Null))]);

    /// <summary>The value that an element holds: one value, a list, or components.</summary>
    private static Value ReadValue(XElement e)
    {
        if (e.Child("list") is { } list)
            return (string?)list.Attribute(Nil) == "true"
                ? Value.Null
                : Value.OfList([.. list.Children("item").Select(ReadValue)]);
        var components = e.Children("component").ToArray();
        if (components.Length > 0)
        {
            return Value.Of(new DynamicContext(
                [.. components.Select(c => c.Text("name") ?? "")], [.. components.Select(ReadValue)]));
        }
        return e.Child("value") is { } value ? ReadScalar(value) : Value.Null;
    }

    private static Value ReadScalar(XElement e)
    {
        if ((string?)e.Attribute(Nil) == "true") return Value.Null;
        var type = (string?)e.Attribute(Type) ?? "string";
        var text = e.Value;
        Value value;
        switch (type[(type.IndexOf(':') + 1)..])
        {
            case "boolean": return Value.Of(text.Trim() is "true" or "1");
            case "decimal" or "double" or "float" or "integer" or "int" or "long":
                return NumberText.TryParse(text.Trim(), out var number) ? Value.Of(number) : Value.Of(text);
            case "date": return FeelDate.TryParse(text.Trim(), out var days) ? Value.OfDate(days) : Value.Of(text);
            case "time": return Temporal.TryParseTime(text.Trim(), out value) ? value : Value.Of(text);
            case "dateTime": return Temporal.TryParseDateTime(text.Trim(), out value) ? value : Value.Of(text);
            case "duration" or "dayTimeDuration" or "yearMonthDuration":
                return Temporal.TryParseDuration(text.Trim(), out value) ? value : Value.Of(text);
            default: return Value.Of(text);
        }
    }
}
