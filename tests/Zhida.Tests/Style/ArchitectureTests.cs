using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent.Syntax.Elements.Types;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Xunit;
using Zhida.Feel.Nodes;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;
using Type = System.Type;

namespace Zhida.Tests.Style;

/// <summary>What may know what (ARCHITECTURE.md), and that the engine keeps no state between calls.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Assembly Feel = typeof(Expr).Assembly;
    private static readonly Assembly Policy = typeof(Zhida.Policy.Finding).Assembly;
    private static readonly Assembly Evaluation = Assembly.Load("Zhida.Evaluation");
    private static readonly Assembly Ledger = Assembly.Load("Zhida.Ledger");
    private static readonly Assembly Casework = Assembly.Load("Zhida.Casework");
    private static readonly Assembly Cli = Assembly.Load("zhida");

    private static readonly Lazy<Architecture> Ours =
        new(() => new ArchLoader().LoadAssemblies(Feel, Policy, Evaluation, Ledger, Casework, Cli).Build());

    [Fact]
    public void Feel_knows_nothing_of_ours() => Never(In(@"^Zhida\.Feel(\.|$)"), In(@"^Zhida\.(?!Feel(\.|$))"));

    [Fact]
    public void Policy_knows_only_feel() => Never(In(@"^Zhida\.Policy(\.|$)"), In(@"^Zhida\.(?!(Feel|Policy)(\.|$))"));

    [Fact]
    public void The_command_line_knows_all_and_nothing_knows_it()
    {
        Assert.Empty(ReferencesOf(Cli).Except(
            ["Zhida.Feel", "Zhida.Policy", "Zhida.Evaluation", "Zhida.Ledger", "Zhida.Casework"]));
        Assert.Empty(ReferencesOf(Casework).Except(
            ["Zhida.Feel", "Zhida.Policy", "Zhida.Evaluation", "Zhida.Ledger"]));
        Assert.Empty(ReferencesOf(Ledger));
        Assert.Empty(ReferencesOf(Evaluation).Except(["Zhida.Feel", "Zhida.Policy"]));
        Assert.Empty(ReferencesOf(Policy).Except(["Zhida.Feel"]));
        Assert.Empty(ReferencesOf(Feel));
    }

    [Fact]
    public void The_program_knows_neither_how_it_is_read_nor_how_it_is_decided() => Never(
        In(@"^Zhida\.Policy\.Program(\.|$)"),
            In(@"^Zhida\.Policy\.(Loading|Checking|Deciding|Facts|Bundles|Testing|Desk)(\.|$)"));

    [Fact]
    public void Deciding_does_not_know_the_files() => Never(
        In(@"^Zhida\.Policy\.Deciding(\.|$)"), In(@"^Zhida\.Policy\.(Loading|Checking|Testing|Desk)(\.|$)"));

    [Fact]
    public void Nodes_are_a_closed_set_of_sealed_kinds()
    {
        var kinds = Kinds().ToList();
        Assert.NotEmpty(kinds);
        Assert.Empty(kinds.Where(k => !k.IsAbstract && !k.IsSealed).Select(k => k.Name));
        Assert.All(typeof(Expr).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public),
            c => Assert.True(c.IsFamilyAndAssembly || c.IsPrivate, "a node outside Zhida.Feel could be derived"));
    }

    [Fact]
    public void Each_kind_of_node_has_its_own_file()
    {
        var names = Kinds().Where(k => !k.IsAbstract).Select(k => k.Name.Split('`')[0]).ToHashSet();
        var crowded = Repository.Files.Where(f => f.StartsWith("src/Zhida.Feel/", StringComparison.Ordinal))
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .Select(f => (File: f, Kinds: DeclaredClass().Matches(File.ReadAllText(Repository.PathOf(f)))
                .Select(m => m.Groups["name"].Value).Where(names.Contains).ToList()))
            .Where(f => f.Kinds.Count > 1);
        Assert.Empty(crowded.Select(f => $"{f.File}: {string.Join(", ", f.Kinds)}"));
    }

    [Fact]
    public void The_engine_has_no_mutable_static_state()
    {
        var fields = new[] { Feel, Policy }.SelectMany(a => a.GetTypes()).Where(t => !IsGenerated(t))
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic |
                                         BindingFlags.DeclaredOnly))
            .Where(f => !f.IsInitOnly && !f.IsLiteral && !f.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(f => $"{f.DeclaringType}.{f.Name}");
        Assert.Empty(fields);
    }

    [Fact]
    public void Public_static_arrays_are_not_handed_out()
    {
        var arrays = new[] { Feel, Policy }.SelectMany(a => a.GetExportedTypes())
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public))
            .Where(f => f.FieldType.IsArray || f.FieldType.IsGenericType &&
                f.FieldType.GetGenericTypeDefinition() is var d &&
                (d == typeof(List<>) || d == typeof(Dictionary<,>) || d == typeof(HashSet<>)))
            .Select(f => $"{f.DeclaringType}.{f.Name}");
        Assert.Empty(arrays);
    }

    private static IEnumerable<Type> Kinds() => Feel.GetTypes().Where(t => t.IsSubclassOf(typeof(Expr)));

    private static bool IsGenerated(Type? type) => type is not null &&
        (type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.Name.Contains('<') ||
         type.Namespace == "System.Text.RegularExpressions.Generated" || IsGenerated(type.DeclaringType));

    private static IEnumerable<string?> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Select(a => a.Name).Where(n => n!.StartsWith("Zhida.", StringComparison.Ordinal)).Order();

    private static GivenTypesConjunction In(string pattern) => Types().That().ResideInNamespaceMatching(pattern);

    private static void Never(GivenTypesConjunction these, GivenTypesConjunction those) =>
        these.Should().NotDependOnAny(those).WithoutRequiringPositiveResults().Check(Ours.Value);

    [GeneratedRegex(@"\bclass\s+(?<name>\w+)")]
    private static partial Regex DeclaredClass();
}
