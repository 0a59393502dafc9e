using Zhida.Feel.Nodes;
using Zhida.Feel.Values;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Policy.Deciding;

/// <summary>管辖: a city's layer applies to whom the city administers, as the derived fact 主体.管辖 says. Where that is
/// not known, the layer does not apply, and the decision notes it.</summary>
public static class Jurisdiction
{
    private const string Fact = "管辖";

    /// <summary>Of the layers asked for, those that apply to a subject, in their order; and why the others don't.
    /// </summary>
    /// <param name="program">Loaded with all the layers asked for.</param>
    /// <param name="requested">Ids.</param>
    /// <param name="facts">About the subject.</param>
    public static (IReadOnlyList<string> Applied, IReadOnlyList<string> Notes) Of(
        PolicyProgram program, IReadOnlyList<string> requested, SubjectFacts facts)
    {
        var places = program.Policies.SelectMany(p => p.Layers).Where(l => l.Division is not null)
            .ToDictionary(l => l.Id, l => l.Division!);
        if (places.Count == 0) return (requested, []);
        var subject = AdministeredBy(facts.Subject);
        var (applied, notes) = (new List<string>(), new List<string>());
        foreach (var layer in requested)
        {
            if (!places.TryGetValue(layer, out var place)) applied.Add(layer);
            else if (subject.Kind != ValueKind.String)
                notes.Add($"层“{layer}”没有适用：不知道主体由哪里管辖" +
                    (subject.IsUnknown ? $"（{subject.Cause.Describe()}）" : ""));
            else if (Divisions.Within(subject.Text, place)) applied.Add(layer);
            else notes.Add($"层“{layer}”没有适用：它适用于{place}管辖的主体，这个主体由{subject.Text}管辖");
        }
        return (applied, notes);
    }

    /// <summary>The code of the place that administers a subject (主体.管辖); null: not known.</summary>
    public static string? PlaceOf(SubjectFacts facts) =>
        AdministeredBy(facts.Subject) is { Kind: ValueKind.String } place ? place.Text : null;

    /// <summary>主体.管辖; unset where the dictionary has no such fact.</summary>
    private static Value AdministeredBy(Record subject)
    {
        var slot = subject.Type.SlotOf(Fact);
        if (slot < 0) return default;
        return subject.Get(slot, new Frame(1, new Evaluation(strict: true, new Value[Globals.Count])));
    }
}
