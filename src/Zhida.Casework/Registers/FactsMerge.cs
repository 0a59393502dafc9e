using System.Text.Json;
using System.Text.Json.Nodes;
using Zhida.Feel.Values;
using Zhida.Policy;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Casework.Registers;

/// <summary>
/// Brings what the applicant says and what registers say into one document, side by side and with sources; which value
/// counts is for the item to say. A register only speaks of the facts that the dictionary gives it; the rest of its
/// reply is passed over. Objects are matched by 编号; one that the applicant did not name is added.
/// </summary>
public sealed class FactsMerge(Dictionary dictionary, ReferenceTables tables, RegisterTable registers)
{
    private readonly FactValue _values = new(tables);

    /// <summary>Asks several registers at once.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<IReadOnlyList<RegisterAnswer>> AskAsync(
        IEnumerable<IRegister> registers, string creditCode, CancellationToken cancellation) =>
        await Task.WhenAll(registers.Select(r => r.AskAsync(creditCode, cancellation)));

    /// <summary>The applicant's draft with the answers. Every value of the draft is kept, as 自报 unless it names a
    /// paper.</summary>
    /// <param name="filed">The time that the applicant's values get, where the draft gives none.</param>
    /// <returns>The facts, or what is wrong with the draft's form; that its values fit is for
    /// <see cref="FactsReader"/> to check.</returns>
    public (MergedFacts? Merged, Finding? Problem) File(
        JsonElement draft, IReadOnlyList<RegisterAnswer> answers, DateTimeOffset filed)
    {
        if (Parse(draft) is not { } root)
            return (null, Finding.Error("facts.shape", new Location("facts", 0, 0),
                "$：最外层应是对象 { … }，同一对象内的名称不能重复", "写成 {\"主体\": {…}, …}，重复的只留一个"));
        var time = filed.ToOffset(Clock.BeijingTime.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz");
        foreach (var place in FactPlace.Of(dictionary, root).Where(p => p.Node is not null).ToList())
            place.Node = SourcedValues.Declare(place.Fact, place.Node, registers, time);
        return (Apply(root, [], answers), null);
    }

    /// <summary>Later answers for facts that were filed, and what they change.</summary>
    /// <param name="facts">As <see cref="File"/> made them.</param>
    /// <param name="awaiting">What was 待核验; what a register has answered now no longer is.</param>
    /// <exception cref="ArgumentException">The facts are not of that form.</exception>
    public MergedFacts Verify(
        JsonElement facts, IReadOnlyList<Awaiting> awaiting, IReadOnlyList<RegisterAnswer> answers) =>
        Apply(Parse(facts) ?? throw new ArgumentException("not facts of a case", nameof(facts)), awaiting, answers);

    private static JsonObject? Parse(JsonElement facts)
    {
        try
        {
            return facts.ValueKind == JsonValueKind.Object
                ? JsonNode.Parse(facts.GetRawText(), null, RegisterReply.Strict) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private MergedFacts Apply(
        JsonObject root, IReadOnlyList<Awaiting> awaiting, IReadOnlyList<RegisterAnswer> answers)
    {
        var changes = new List<FactChange>();
        var still = awaiting.Where(a => !answers.Any(r => r.Register == a.Register)).ToList();
        foreach (var found in answers.OfType<RegisterFound>()) Take(root, found, changes, still);
        foreach (var down in answers.OfType<RegisterDown>())
            still.AddRange(FactPlace.Of(dictionary, root).Where(p => registers.RegisterOf(p.Fact) == down.Register)
                .Select(p => new Awaiting(down.Register, p.Path, down.Why)));
        var order = FactPlace.Of(dictionary, root).Select((p, i) => (p.Path, i)).DistinctBy(p => p.Path)
            .ToDictionary(p => p.Path, p => p.i);
        return new MergedFacts(root,
            [.. still.Distinct().OrderBy(a => order.GetValueOrDefault(a.Path, int.MaxValue))],
            [.. FactPlace.Of(dictionary, root).Select(DifferenceAt).OfType<Difference>()], changes,
            [.. answers.OfType<RegisterNotFound>().Select(a => a.Register)]);
    }

    /// <summary>One register's reply. A value that the dictionary does not allow is left out and stays 待核验: a mistake
    /// there must not make the case unreadable.</summary>
    private void Take(JsonObject root, RegisterFound found, List<FactChange> changes, List<Awaiting> awaiting)
    {
        if (Parse(found.Facts) is not { } reply) return;
        foreach (var told in FactPlace.Of(dictionary, reply).ToList())
        {
            if (told.Node is not { } value || registers.RegisterOf(told.Fact) != found.Register) continue;
            if (Problem(told.Fact, value) is { } problem)
            {
                awaiting.Add(new Awaiting(found.Register, told.Path, $"登记答复的值不能用：{problem}"));
                continue;
            }
            if (told.In(root, dictionary) is not { } place) continue;
            var before = SourcedValues.Prevailing(place.Fact, place.Node);
            place.Node = SourcedValues.With(place.Node, place.Fact.Register, found.Time, value);
            if (before is null || !AreSame(place.Fact, before, value))
                changes.Add(new FactChange(place.Path, found.Register, before?.DeepClone(), value.DeepClone()));
        }
    }

    private Difference? DifferenceAt(FactPlace place)
    {
        if (registers.RegisterOf(place.Fact) is not { } register ||
            SourcedValues.OfSource(place.Node, place.Fact.Register) is not { } registered ||
            SourcedValues.DeclaredBeside(place.Node, place.Fact.Register) is not { } declared) return null;
        var value = registered[SourcedValues.Value]!;
        return AreSame(place.Fact, declared, value) ? null
            : new Difference(place.Path, register, registered[SourcedValues.Time]!.GetValue<string>(),
                declared.DeepClone(), value.DeepClone());
    }

    private string? Problem(Fact fact, JsonNode value) => Read(fact, value).Error;

    /// <summary>Whether two values mean the same: 420 and "420人" do.</summary>
    private bool AreSame(Fact fact, JsonNode one, JsonNode other)
    {
        var ((a, problem, _), (b, otherProblem, _)) = (Read(fact, one), Read(fact, other));
        if (problem is not null || otherProblem is not null) return JsonNode.DeepEquals(one, other);
        return a.IsNumber && b.IsNumber ? a.Number == b.Number : Text(fact, a) == Text(fact, b);
    }

    /// <summary>Lists of facts are sets.</summary>
    private static string Text(Fact fact, Value value) => fact.Kind is FactKind.Choices or FactKind.Names
        ? string.Join('\n', value.Items.Select(i => i.ToString()).Order(StringComparer.Ordinal)) : value.ToString();

    private (Value Value, string? Error, string? Mend) Read(Fact fact, JsonNode value) =>
        _values.Read(fact, JsonSerializer.SerializeToElement(value), checkedByHand: false);
}
