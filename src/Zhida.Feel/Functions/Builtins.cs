using System.Collections.Frozen;

namespace Zhida.Feel.Functions;

/// <summary>The functions of the standard (DMN 1.5, 10.3.4), by name.</summary>
public static class Builtins
{
    private static readonly FrozenDictionary<string, Builtin> ByName =
        Families().ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    public static IEnumerable<Builtin> All => ByName.Values;

    public static Builtin? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>A function of the standard, not one of the caller's.</summary>
    public static bool IsStandard(Builtin function) => ReferenceEquals(Find(function.Name), function);

    private static IEnumerable<Builtin> Families() =>
    [
        .. ConversionFunctions.All, .. BooleanFunctions.All, .. StringFunctions.All, .. ListFunctions.All,
        .. AggregateFunctions.All, .. NumericFunctions.All, .. RangeFunctions.All, .. TemporalFunctions.All,
        .. ContextFunctions.All,
    ];
}
