using Zhida.Feel.Binding;

namespace Zhida.Feel.Dmn;

/// <summary>An element with the model it stands in. One object for each, compared by identity.</summary>
internal sealed class GraphNode(Element element, Model model)
{
    public Element Element { get; } = element;

    public Model Model { get; } = model;
}

/// <summary>A model and the models of its folder that it imports, with their elements by id.</summary>
internal sealed class Workspace
{
    /// <summary>How many files of a folder are looked at for imports.</summary>
    private const int MaxFiles = 200;

    private readonly Dictionary<string, Model> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Namespace, string Id), GraphNode> _nodes = [];
    private readonly List<ModelProblem> _problems = [];

    private Workspace(Model main) => Main = main;

    public Model Main { get; }

    public IReadOnlyList<ModelProblem> Problems => _problems;

    /// <summary>The elements of the main model.</summary>
    public IEnumerable<GraphNode> MainNodes => _nodes.Values.Where(n => ReferenceEquals(n.Model, Main));

    public static Workspace Load(string path)
    {
        var workspace = new Workspace(ModelReader.ReadFile(path));
        workspace.Add(workspace.Main);
        if (workspace.Main.Imports.IsEmpty) return workspace;
        var beside = Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, "*.dmn")
            .Order(StringComparer.Ordinal).Take(MaxFiles).Select(ModelReader.ReadFile)
            .GroupBy(m => m.Namespace).ToDictionary(g => g.Key, g => g.First());
        workspace.AddImports(workspace.Main, beside);
        return workspace;
    }

    private void Add(Model model)
    {
        _models[model.Namespace] = model;
        _problems.AddRange(model.Problems);
        foreach (var element in model.Elements)
            if (!_nodes.TryAdd((model.Namespace, element.Id), new GraphNode(element, model)))
                _problems.Add(new ModelProblem(element.Place, $"标识 {element.Id} 重复"));
    }

    private void AddImports(Model model, Dictionary<string, Model> beside)
    {
        foreach (var import in model.Imports)
        {
            if (_models.ContainsKey(import.Namespace)) continue;
            if (!beside.TryGetValue(import.Namespace, out var imported))
            {
                _problems.Add(new ModelProblem(import.Place, $"同一文件夹中没有命名空间为 {import.Namespace} 的模型"));
                continue;
            }
            Add(imported);
            AddImports(imported, beside);
        }
    }

    /// <summary>What a reference in a model refers to; null where nothing is there.</summary>
    public GraphNode? Find(Model from, string reference)
    {
        var hash = reference.LastIndexOf('#');
        return hash < 0
            ? _nodes.GetValueOrDefault((from.Namespace, reference))
            : _nodes.GetValueOrDefault((reference[..hash], reference[(hash + 1)..]));
    }

    /// <summary>An element of the main model by its name, decisions and services first.</summary>
    public GraphNode? FindByName(string name)
    {
        var wanted = Name.Normalise(name);
        return MainNodes.Where(n => n.Element.Name == wanted)
            .OrderBy(n => n.Element is Decision ? 0 : n.Element is DecisionService ? 1 : 2).FirstOrDefault();
    }

    public Model? ModelOf(string @namespace) => _models.GetValueOrDefault(@namespace);

    /// <summary>The name under which a model sees another one; null where it doesn't import it, empty where the
    /// elements are seen without a prefix.</summary>
    public static string? ImportName(Model from, Model imported) =>
        from.Imports.FirstOrDefault(i => i.Namespace == imported.Namespace) is { } import
            ? Name.Normalise(import.Name)
            : null;
}
