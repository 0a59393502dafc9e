using System.Collections.Immutable;
using Zhida.Feel.Nodes;

namespace Zhida.Feel.Dmn;

/// <summary>Where something stands in a model's file.</summary>
public readonly record struct Place(string File, int Line, int Column);

/// <summary>What is wrong in a model: an element that can't be read, a name that nothing has, an expression that
/// doesn't parse. What doesn't hang on it still works.</summary>
public sealed record ModelProblem(Place Place, string Message);

/// <summary>A DMN model (DMN 1.5, 6.3) as it stands in its XML: what decides, without diagrams.</summary>
/// <param name="Problems">What could not be read.</param>
internal sealed record Model(
    string File,
    string Namespace,
    string Name,
    ImmutableArray<Import> Imports,
    ImmutableArray<ItemDefinition> Types,
    ImmutableArray<Element> Elements,
    ImmutableArray<ModelProblem> Problems);

/// <summary>Another model whose elements are seen as <c>Name.element</c>, or bare where the name is empty.</summary>
internal sealed record Import(string Name, string Namespace, string? Location, Place Place);

/// <summary>A named type: of another one (<paramref name="TypeRef"/>), of components, or of a function.</summary>
/// <param name="Allowed">Unary tests that a value (an item, of a collection) must pass.</param>
/// <param name="Constraint">Unary tests that the whole value must pass.</param>
internal sealed record ItemDefinition(
    string Name, string? TypeRef, bool IsCollection, string? Allowed, string? Constraint,
    ImmutableArray<ItemDefinition> Components, FunctionItem? Function, Place Place);

internal sealed record FunctionItem(ImmutableArray<(string Name, string? TypeRef)> Parameters, string? OutputTypeRef);

/// <summary>A node of the requirements graph.</summary>
/// <param name="Requires">Ids (with a namespace and # before them where they are of another model) of what it
/// sees.</param>
internal abstract record Element(string Id, string Name, string? TypeRef, ImmutableArray<string> Requires, Place Place);

internal sealed record InputData(string Id, string Name, string? TypeRef, Place Place)
    : Element(Id, Name, TypeRef, [], Place);

/// <param name="Logic">Null: a decision without logic is null.</param>
internal sealed record Decision(
    string Id, string Name, string? TypeRef, ImmutableArray<string> Requires, Boxed? Logic, Place Place)
    : Element(Id, Name, TypeRef, Requires, Place);

internal sealed record KnowledgeModel(
    string Id, string Name, string? TypeRef, ImmutableArray<string> Requires, FunctionBox? Logic, Place Place)
    : Element(Id, Name, TypeRef, Requires, Place);

/// <summary>A function over the graph: its parameters are the input data, then the input decisions, in their
/// order.</summary>
internal sealed record DecisionService(
    string Id, string Name, string? TypeRef, ImmutableArray<string> InputData, ImmutableArray<string> InputDecisions,
    ImmutableArray<string> Outputs, Place Place)
    : Element(Id, Name, TypeRef, [.. InputData, .. InputDecisions, .. Outputs], Place);

/// <summary>A boxed expression (DMN 1.5, 10.2).</summary>
internal abstract record Boxed(string? TypeRef, Place Place);

internal sealed record LiteralBox(string Text, string? TypeRef, Place Place) : Boxed(TypeRef, Place);

/// <param name="Entries">An entry without a name, the last one, is the result.</param>
internal sealed record ContextBox(ImmutableArray<(string? Name, Boxed Value)> Entries, string? TypeRef, Place Place)
    : Boxed(TypeRef, Place);

internal sealed record ListBox(ImmutableArray<Boxed> Items, string? TypeRef, Place Place) : Boxed(TypeRef, Place);

/// <summary>A list of contexts with the same names, written as a table.</summary>
internal sealed record RelationBox(
    ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<Boxed>> Rows, string? TypeRef, Place Place)
    : Boxed(TypeRef, Place);

internal sealed record FormalParameter(string Name, string? TypeRef);

/// <param name="Kind">FEEL; Java and PMML functions are external and not run here.</param>
internal sealed record FunctionBox(
    string Kind, ImmutableArray<FormalParameter> Parameters, Boxed? Body, string? TypeRef, Place Place)
    : Boxed(TypeRef, Place);

internal sealed record InvocationBox(
    string Function, ImmutableArray<(string Name, Boxed Value)> Bindings, string? TypeRef, Place Place)
    : Boxed(TypeRef, Place);

internal sealed record ConditionalBox(Boxed If, Boxed Then, Boxed Else, string? TypeRef, Place Place)
    : Boxed(TypeRef, Place);

internal sealed record FilterBox(Boxed In, Boxed Match, string? TypeRef, Place Place) : Boxed(TypeRef, Place);

internal enum IteratorKind { For, Some, Every }

internal sealed record IteratorBox(
    IteratorKind Kind, string Variable, Boxed In, Boxed Body, string? TypeRef, Place Place) : Boxed(TypeRef, Place);

/// <param name="Values">The allowed values of the input, as unary tests; null: any.</param>
internal sealed record TableInput(string Text, string? TypeRef, string? Values, Place Place);

/// <param name="Values">The allowed values, as unary tests; for the policies P and O in the order of priority.</param>
internal sealed record TableOutput(string? Name, string? TypeRef, string? Values, string? Default, Place Place);

internal sealed record TableRow(ImmutableArray<string> Inputs, ImmutableArray<string> Outputs, Place Place);

internal sealed record TableBox(
    HitPolicy Policy, ImmutableArray<TableInput> Inputs, ImmutableArray<TableOutput> Outputs,
    ImmutableArray<TableRow> Rows, string? TypeRef, Place Place) : Boxed(TypeRef, Place);
