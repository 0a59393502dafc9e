using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;

namespace Zhida.Feel.Dmn;

/// <summary>
/// Reads DMN 1.1 to 1.5 XML. Elements are known by their local names, as the versions differ in their namespaces alone.
/// No document type, no external entity; the file has a bounded size. What can't be read becomes a problem of the
/// model.
/// </summary>
internal sealed class ModelReader
{
    /// <summary>Characters that a model may have.</summary>
    public const int MaxCharacters = 32_000_000;

    private readonly List<ModelProblem> _problems = [];
    private readonly string _file;

    private ModelReader(string file) => _file = file;

    /// <summary>Reads a file; a file that is no model is a model without elements that says why.</summary>
    public static Model ReadFile(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, Path.GetFileName(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Empty(Path.GetFileName(path), new(Path.GetFileName(path), 0, 0), $"文件读不出：{e.Message}");
        }
    }

    public static Model Read(Stream stream, string file)
    {
        try
        {
            using var reader = XmlReader.Create(stream, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxCharacters,
            });
            var root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
            return root.Name.LocalName == "definitions"
                ? new ModelReader(file).ReadDefinitions(root)
                : Empty(file, new Place(file, 1, 1), "根元素不是 definitions");
        }
        catch (XmlException e)
        {
            return Empty(file, new Place(file, e.LineNumber, e.LinePosition), $"XML 有误：{e.Message}");
        }
    }

    private static Model Empty(string file, Place place, string message) =>
        new(file, "", "", [], [], [], [new ModelProblem(place, message)]);

    private Model ReadDefinitions(XElement root)
    {
        var boxes = new BoxReader(_file, _problems);
        Element? ReadElement(XElement e) => e.Name.LocalName switch
        {
            "inputData" => new InputData(e.Id(), e.VariableName(), e.VariableType(), e.Place(_file)),
            "decision" => new Decision(
                e.Id(), e.VariableName(), e.VariableType(), Requirements(e), boxes.ReadIn(e), e.Place(_file)),
            "businessKnowledgeModel" => new KnowledgeModel(
                e.Id(), e.VariableName(), e.VariableType(), Requirements(e),
                e.Child("encapsulatedLogic") is { } logic ? boxes.ReadFunction(logic, 0) : null, e.Place(_file)),
            "decisionService" => new DecisionService(
                e.Id(), e.VariableName(), e.VariableType(), Hrefs(e, "inputData"), Hrefs(e, "inputDecision"),
                Hrefs(e, "outputDecision"), e.Place(_file)),
            _ => null,
        };
        return new Model(
            _file, root.Text("namespace") ?? "", root.Text("name") ?? "",
            [.. root.Children("import").Select(ReadImport)],
            [.. root.Children("itemDefinition").Select(e => ReadType(e, 0))],
            [.. root.Elements().Select(ReadElement).OfType<Element>()],
            [.. _problems]);
    }

    private Import ReadImport(XElement e) =>
        new(e.Text("name") ?? "", e.Text("namespace") ?? "", e.Text("locationURI"), e.Place(_file));

    private ItemDefinition ReadType(XElement e, int depth)
    {
        if (depth > BoxReader.MaxDepth)
        {
            _problems.Add(new ModelProblem(e.Place(_file), "类型嵌套太深"));
            return new ItemDefinition(e.Text("name") ?? "", null, false, null, null, [], null, e.Place(_file));
        }
        FunctionItem? function = null;
        if (e.Child("functionItem") is { } item)
        {
            function = new FunctionItem(
                [.. item.Children("parameters").Select(p => (p.Text("name") ?? "", p.TypeRef()))],
                item.Text("outputTypeRef") ?? item.Child("outputTypeRef")?.Value.Trim());
        }
        return new ItemDefinition(
            e.Text("name") ?? "", e.TypeRef(), e.Text("isCollection") == "true",
            e.Child("allowedValues")?.Child("text")?.Value, e.Child("typeConstraint")?.Child("text")?.Value,
            [.. e.Children("itemComponent").Select(c => ReadType(c, depth + 1))], function, e.Place(_file));
    }

    /// <summary>What the element is allowed to see.</summary>
    private static ImmutableArray<string> Requirements(XElement e) =>
    [
        .. e.Elements().Where(r => r.Name.LocalName is "informationRequirement" or "knowledgeRequirement")
            .SelectMany(r => r.Elements())
            .Where(r => r.Name.LocalName is "requiredDecision" or "requiredInput" or "requiredKnowledge")
            .Select(r => r.Href()),
    ];

    private static ImmutableArray<string> Hrefs(XElement e, string child) =>
        [.. e.Children(child).Select(c => c.Href())];
}
