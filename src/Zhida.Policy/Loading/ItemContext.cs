using Zhida.Feel.Binding;
using Zhida.Feel.Types;
using Zhida.Policy.Program;
using Expr = Zhida.Feel.Nodes.Expr;

namespace Zhida.Policy.Loading;

/// <summary>What the readers of an item's sections share: the item's source, its names and slots, and where findings
/// go.</summary>
internal sealed class ItemContext(ItemSource source, PolicyContext policy, Scope scope)
{
    public ItemSource Source { get; } = source;

    public PolicyContext Policy { get; } = policy;

    public Report Report => Policy.Report;

    public Expressions Expressions { get; } = new(policy.Report, scope);

    public Scope Scope => Expressions.Scope;

    public ObjectType Object { get; set; } = policy.Dictionary.Subject;

    public List<ReachedObject> Reached { get; } = [];

    public int ObjectSlot { get; set; }

    public List<OpenPlace> OpenPlaces { get; } = [];

    /// <summary>The setting for a place of this item.</summary>
    public Passage? Setting(string name) => Policy.Settings.For(Policy.Id, Source.Number.Text, name);

    /// <summary>Declares a name in the next free slot; reports one that may not be used.</summary>
    public bool Declare(Symbol symbol, Passage name, string what)
    {
        if (!Policy.Names.Check(name, what)) return false;
        return Policy.Names.Declare(Scope, symbol, name, what);
    }

    /// <summary>A frame slot of its own.</summary>
    public int NewSlot() => Scope.NewSlot();

    /// <summary>The expression in backticks of a passage, or the whole of it where it has none.</summary>
    public static Passage CodeOf(Passage cell) => cell.TryCode(out var code, out _) ? code : cell;

    public Expr? Bind(Passage code, FeelType? wanted, string what) => Expressions.Bind(code, wanted, what);
}

/// <summary>What the items of a policy share.</summary>
/// <param name="NewScope">A scope with the globals and functions, for an item of its own frame.</param>
internal sealed record PolicyContext(
    string Id, Report Report, Dictionary Dictionary, NameRules Names, BasisReader Bases, ValueReader Values,
    Settings Settings, Func<Scope> NewScope, bool WithExamples);
