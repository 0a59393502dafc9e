using System.Text.Json;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Facts;

/// <summary>Where a value comes from: a register, the applicant, a sample; when it was taken (as given); and whether a
/// person has checked what the program would refuse (人工核对).</summary>
public sealed record Provenance(string Source, string? Time, bool CheckedByHand = false);

/// <summary>An earlier grant (已得), in 元. Null members match anything: <paramref name="Key"/> null is the subject's or
/// the line's own object, <paramref name="Period"/> null counts in every period.</summary>
public sealed record Grant(string Item, string? Scope, string? Key, string? Period, decimal Amount);

/// <summary>Everything known about one subject: a graph of records over the dictionary, earlier grants, and where each
/// value comes from. Built for one decision at a time; derived members are cached in the records.</summary>
public sealed class SubjectFacts
{
    private readonly Dictionary<ObjectType, IReadOnlyList<Record>?> _objects;
    private readonly Dictionary<(Record Owner, string Year), Record> _years;
    private readonly Dictionary<(Record, string), Provenance> _provenance;
    private readonly Dictionary<ObjectType, Record> _virtual = [];

    internal SubjectFacts(
        JsonElement source, Dictionary dictionary, Record subject,
        Dictionary<ObjectType, IReadOnlyList<Record>?> objects,
        Dictionary<(Record Owner, string Year), Record> years, Dictionary<(Record, string), Provenance> provenance,
        IReadOnlyList<Grant> grants)
    {
        (Source, Dictionary, Subject, Grants) = (source, dictionary, subject, grants);
        (_objects, _years, _provenance) = (objects, years, provenance);
    }

    /// <summary>Facts that come from tables: one value each, from nowhere in particular.</summary>
    internal SubjectFacts(
        Dictionary dictionary, Record subject, Dictionary<ObjectType, IReadOnlyList<Record>?> objects,
        Dictionary<(Record Owner, string Year), Record> years, IReadOnlyList<Grant> grants)
        : this(default, dictionary, subject, objects, years, [], grants)
    {
    }

    /// <summary>The JSON as it was given; embedded in the decision. Undefined for facts that come from
    /// tables.</summary>
    public JsonElement Source { get; }

    /// <summary>The same facts with the applicant's values before the registers'; this very graph where nothing stands
    /// side by side.</summary>
    public SubjectFacts Declared { get => field ?? this; internal set; }

    public Dictionary Dictionary { get; }

    public Record Subject { get; }

    public IReadOnlyList<Grant> Grants { get; }

    /// <summary>The lines that a case is about, which alone are decided; null: all are.</summary>
    public IReadOnlyList<LineClaim>? Claims { get; internal init; }

    /// <summary>What accounts gave before; where one is listed, earlier grants don't count on it.</summary>
    public IReadOnlyList<Balance> Balances { get; internal init; } = [];

    /// <summary>Whether lines of an item are decided; of this object; of this period.</summary>
    internal bool Decides(Item item, string? about = null, string? period = null)
    {
        if (Claims is null) return true;
        foreach (var claim in Claims)
            if (claim.IsOf(item) && (about is null || claim.Object == about) &&
                (period is null || claim.Period == period)) return true;
        return false;
    }

    /// <summary>The subject's objects of a type; null: nobody said whether there are any.</summary>
    public IReadOnlyList<Record>? Objects(ObjectType type) => _objects.GetValueOrDefault(type);

    /// <summary>An object of which nothing is known but that it would be the subject's.</summary>
    public Record Unspecified(ObjectType type)
    {
        if (_virtual.TryGetValue(type, out var record)) return record;
        record = new Record(type.Record, "");
        foreach (var reference in type.References)
            if (reference.Target == Dictionary.Subject) record[reference.Slot] = Value.Of(Subject);
        return _virtual[type] = record;
    }

    /// <summary>The years' facts, by their object and year.</summary>
    internal IReadOnlyDictionary<(Record Owner, string Year), Record> Years => _years;

    /// <summary>A year's facts of an object, or null.</summary>
    public Record? Year(Record owner, string year) => _years.GetValueOrDefault((owner, year));

    public Provenance? ProvenanceOf(Record owner, string member) => _provenance.GetValueOrDefault((owner, member));
}
