namespace Zhida.Policy.Program;

/// <summary>A measure (举措): a paragraph of the policy with its departments and items.</summary>
public sealed record Measure(string Number, string Title, IReadOnlyList<string> Departments, Location Location);

/// <summary>A layer applied to a policy (细则, 地方配套). <paramref name="Division"/>: the place whose subjects it
/// applies to; null: all.</summary>
public sealed record Layer(string Id, string Title, string Remark, string? Division);

/// <summary>A policy (政策文件) with its layers applied.</summary>
public sealed record PolicyDocument
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Status { get; init; }

    public required string Issuer { get; init; }

    /// <summary>Null: open (a draft); then everything is decided as if in force, and marked 未生效（预判）.</summary>
    public DateOnly? IssueDate { get; init; }

    /// <summary>The term (执行期限) in months; 0 where none is stated.</summary>
    public int TermMonths { get; init; }

    /// <summary>The last day of the policy's life; null while the issue date is open or the term is not
    /// stated.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>The cause that stands for dates hanging on an open issue date.</summary>
    public required OpenPlace OpenIssueDate { get; init; }

    /// <summary>The official text, exactly; null for a policy that has none (conformance cases).</summary>
    public string? OfficialText { get; init; }

    public string OfficialTextFile { get; init; } = "";

    /// <summary>The block quotes of the policy's own files (not of layers), in the order of policy.md's preamble, the
    /// measures, policy.md's closing: together they are the official text. The location is the first line's.</summary>
    public IReadOnlyList<(string Text, Location Location)> Quotes { get; init; } = [];

    /// <summary>The words that fix the term.</summary>
    public Basis? TermBasis { get; init; }

    public Location Location { get; init; }

    public required IReadOnlyList<Measure> Measures { get; init; }

    public required IReadOnlyList<Item> Items { get; init; }

    public required IReadOnlyList<Layer> Layers { get; init; }

    /// <summary>Words of the text that carry no rule, each with its reason.</summary>
    public required IReadOnlyList<(Basis Basis, string Reason)> Waivers { get; init; }

    /// <summary>Capabilities C0 to C8: listed, not decided.</summary>
    public required IReadOnlyList<(string Id, string Title, IReadOnlyList<Basis> Bases)> Capabilities { get; init; }

    /// <summary>Every 依据 of every rule: what the rules rest on.</summary>
    public IEnumerable<Basis> Bases()
    {
        var bases = Items.SelectMany(BasesOf).Concat(Capabilities.SelectMany(c => c.Bases)).Append(TermBasis);
        return bases.OfType<Basis>();
    }

    private static IEnumerable<Basis?> BasesOf(Item item) =>
    [
        .. item.Parameters.SelectMany(p => p.Values).Select(v => v.Basis),
        .. item.Definitions.Select(d => d.Basis), .. item.Tables.SelectMany(t => t.Bases),
        .. item.Conditions.Select(c => c.Basis), item.Amount.Basis, .. item.Caps.Select(c => c.Basis),
        .. item.ExclusionBases,
        .. item.Steps.Select(s => s.Basis), .. item.Materials.Select(m => m.Basis),
        .. item.Services.Select(s => s.Basis),
    ];
}

/// <summary>An example of a measure file (示例): facts, and what a person worked out from the text.</summary>
public sealed record Example
{
    public required string Name { get; init; }

    public required string ItemId { get; init; }

    /// <summary>Layers by id, in order.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    public DateOnly? IssueDate { get; init; }

    public DateOnly? DecisionDate { get; init; }

    /// <summary>Values for open places, by name, as text (示例 heading).</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Readings switched by a column 口径.问题.</summary>
    public required IReadOnlyDictionary<string, string> Readings { get; init; }

    /// <summary>The facts, in the JSON form of <c>decide</c>.</summary>
    public required System.Text.Json.Nodes.JsonObject Facts { get; init; }

    /// <summary>Expected cells by column (结果, 状态, 金额, 上限, 首个不符, 缺); only the filled ones.</summary>
    public required IReadOnlyDictionary<string, string> Expected { get; init; }

    /// <summary>The arithmetic, in words.</summary>
    public required string Arithmetic { get; init; }

    public required Location Location { get; init; }
}

/// <summary>Everything that is decided together: policies with their layers, and the dictionary they share.</summary>
public sealed record PolicyProgram(IReadOnlyList<PolicyDocument> Policies, Dictionary Dictionary);

/// <summary>The data dictionary: all objects, the derived facts, and the root object 主体.</summary>
public sealed record Dictionary(IReadOnlyDictionary<string, ObjectType> Objects)
{
    public ObjectType Subject => Objects["主体"];
}
