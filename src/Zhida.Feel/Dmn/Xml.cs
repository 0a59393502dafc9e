using System.Xml;
using System.Xml.Linq;

namespace Zhida.Feel.Dmn;

/// <summary>Short words for looking into XML by local names.</summary>
internal static class Xml
{
    public static XElement? Child(this XElement e, string name) =>
        e.Elements().FirstOrDefault(c => c.Name.LocalName == name);

    public static IEnumerable<XElement> Children(this XElement e, string name) =>
        e.Elements().Where(c => c.Name.LocalName == name);

    /// <summary>An attribute.</summary>
    public static string? Text(this XElement e, string attribute) => e.Attribute(attribute)?.Value;

    public static string Id(this XElement e) => e.Text("id") ?? e.Text("name") ?? "";

    /// <summary>The href of a requirement; a bare # before a local id is dropped.</summary>
    public static string Href(this XElement e) => (e.Text("href") ?? "").TrimStart('#');

    /// <summary>A type's name, as an attribute (since 1.2) or an element; a prefix of the standard's types is
    /// dropped.</summary>
    public static string? TypeRef(this XElement e)
    {
        var name = e.Text("typeRef") ?? e.Child("typeRef")?.Value.Trim();
        return name?[(name.LastIndexOf(':') + 1)..];
    }

    public static string VariableName(this XElement e) =>
        Binding.Name.Normalise(e.Child("variable")?.Text("name") ?? e.Text("name") ?? "");

    public static string? VariableType(this XElement e) => e.Child("variable")?.TypeRef();

    public static Place Place(this XElement e, string file)
    {
        var line = (IXmlLineInfo)e;
        return new Place(file, line.LineNumber, line.LinePosition);
    }
}
