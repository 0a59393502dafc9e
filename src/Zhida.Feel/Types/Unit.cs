using System.Collections.Immutable;

namespace Zhida.Feel.Types;

/// <summary>
/// The dimension of a number: base units with integer exponents, e.g. 元·年⁻¹. Values are kept in base units (万元 are
/// read as 元 × 10000), so a unit has no scale. Equality is by dimension. 年, 月, 天 and 工作日 are different dimensions:
/// their ratio depends on the calendar.
/// </summary>
public sealed class Unit : IEquatable<Unit>
{
    public static readonly Unit None = new([]);

    private readonly ImmutableArray<(string Name, int Power)> _factors;

    private Unit(ImmutableArray<(string, int)> factors) => _factors = factors;

    public static Unit Of(string baseUnit) => new([(baseUnit, 1)]);

    public IReadOnlyList<(string Name, int Power)> Factors => _factors;

    public bool IsNone => _factors.IsEmpty;

    public Unit Times(Unit other) => Combine(other, 1);

    public Unit Per(Unit other) => Combine(other, -1);

    public Unit Power(int exponent) =>
        exponent == 0 ? None : new([.. _factors.Select(f => (f.Name, f.Power * exponent))]);

    private Unit Combine(Unit other, int sign)
    {
        if (other.IsNone) return this;
        var powers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, power) in _factors) powers[name] = power;
        foreach (var (name, power) in other._factors)
        {
            var sum = powers.GetValueOrDefault(name) + sign * power;
            if (sum == 0) powers.Remove(name);
            else powers[name] = sum;
        }
        return powers.Count == 0 ? None : new([.. powers.Select(p => (p.Key, p.Value))]);
    }

    public bool Equals(Unit? other) => other is not null && _factors.SequenceEqual(other._factors);

    public override bool Equals(object? obj) => Equals(obj as Unit);

    public override int GetHashCode() => _factors.Aggregate(17, (hash, f) => HashCode.Combine(hash, f.Name, f.Power));

    /// <summary>元, 1/年, 元/平方米; 无 for a bare number.</summary>
    public override string ToString()
    {
        if (IsNone) return "无";
        static string Show((string Name, int Power) f) =>
            Math.Abs(f.Power) == 1 ? f.Name : f.Name + Math.Abs(f.Power);
        var above = string.Join("·", _factors.Where(f => f.Power > 0).Select(Show));
        var below = string.Join("·", _factors.Where(f => f.Power < 0).Select(Show));
        return below.Length == 0 ? above : (above.Length == 0 ? "1" : above) + "/" + below;
    }
}
