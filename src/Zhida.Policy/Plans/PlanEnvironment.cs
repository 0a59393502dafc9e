using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Policy.Plans;

/// <summary>What every expression of a policy sees in a run: 判定日, 印发日, 执行期, the reference tables, and the derived
/// facts lowered so far.</summary>
internal sealed class PlanEnvironment(
    Dictionary dictionary, ReferenceTables tables, IReadOnlyList<Value> globals, OpenPlace openIssueDate)
{
    public Dictionary Dictionary { get; } = dictionary;

    public ReferenceTables Tables { get; } = tables;

    public OpenPlace OpenIssueDate { get; } = openIssueDate;

    public long? Issued => globals[Globals.IssueDate] is { Kind: ValueKind.Date } day ? day.Days : null;

    /// <summary>Scopes of objects by type, in which their derived facts are lowered.</summary>
    public Dictionary<ObjectType, LoweringScope> Records { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>What lowered each derived fact.</summary>
    public Dictionary<RecordMember, Lowering> Derived { get; } = new(ReferenceEqualityComparer.Instance);

    public Shape Global(int slot, Lowering lowering) =>
        lowering.Of(globals[slot], slot == Globals.Life ? new RangeType(FeelType.Date) : FeelType.Date);

    public CauseMap Causes(int slot, PlanBuilder nodes) =>
        globals[slot].IsUnknown ? CauseMap.Of(globals[slot].Cause, nodes.Bool(true)) : CauseMap.None;

    /// <summary>The environment of a draft as if it had been issued on a day.</summary>
    public PlanEnvironment IssuedOn(DateOnly day, int months)
    {
        Value[] issued = [.. globals];
        issued[Globals.IssueDate] = Value.Of(day);
        issued[Globals.Life] = PreviewLife.LifeOf(day, months);
        return new PlanEnvironment(Dictionary, Tables, issued, OpenIssueDate);
    }
}
