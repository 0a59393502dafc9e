using System.Collections.Immutable;

namespace Zhida.Feel.Types;

/// <summary>The static types of FEEL (DMN 1.5, 10.3.2.9), with units on numbers and allowed values on strings for
/// strict mode. Immutable, compared by structure; <see cref="RecordType"/> is compared by identity because records
/// refer to each other in circles.</summary>
public abstract record FeelType
{
    public static readonly FeelType Any = new AnyType();
    public static readonly FeelType Null = new NullType();
    public static readonly FeelType Boolean = new SimpleType("boolean", Values.ValueKind.Boolean);
    public static readonly FeelType Text = new StringType(default);
    public static readonly FeelType Number = new NumberType(null);
    public static readonly FeelType PureNumber = new NumberType(Unit.None);
    public static readonly FeelType Date = new SimpleType("date", Values.ValueKind.Date);
    public static readonly FeelType Time = new SimpleType("time", Values.ValueKind.Time);
    public static readonly FeelType DateTime = new SimpleType("date and time", Values.ValueKind.DateTime);
    public static readonly FeelType DaysDuration =
        new SimpleType("days and time duration", Values.ValueKind.DaysDuration);
    public static readonly FeelType MonthsDuration =
        new SimpleType("years and months duration", Values.ValueKind.MonthsDuration);

    /// <summary>The standard's name of the type, as <c>instance of</c> takes it; strict types add unit or
    /// values.</summary>
    public abstract string Name { get; }

    public sealed override string ToString() => Name;
}

/// <summary>Any value; the type of what strict mode can't accept and standard mode can't foresee.</summary>
public sealed record AnyType : FeelType
{
    public override string Name => "Any";
}

/// <summary>The type of null alone.</summary>
public sealed record NullType : FeelType
{
    public override string Name => "Null";
}

/// <summary>A type without parameters.</summary>
public sealed record SimpleType(string TypeName, Values.ValueKind Kind) : FeelType
{
    public override string Name => TypeName;
}

/// <summary>Numbers of one dimension. <paramref name="Unit"/> null: unit not checked (standard mode).
/// <paramref name="Minimum"/> and <paramref name="Maximum"/> are the declared range in base units (占比: 0 to
/// 1).</summary>
public sealed record NumberType(Unit? Unit, decimal? Minimum = null, decimal? Maximum = null) : FeelType
{
    public override string Name => Unit is null or { IsNone: true } ? "number" : $"number（{Unit}）";
}

/// <summary>Strings; <paramref name="Allowed"/> default: any string, else one of the listed (an enumeration).</summary>
public sealed record StringType(ImmutableArray<string> Allowed) : FeelType
{
    public bool IsEnumeration => !Allowed.IsDefault;

    public override string Name => IsEnumeration ? $"string（{string.Join("、", Allowed)}）" : "string";

    public bool Equals(StringType? other) =>
        other is not null && IsEnumeration == other.IsEnumeration &&
        (!IsEnumeration || Allowed.SequenceEqual(other.Allowed));

    public override int GetHashCode() =>
        IsEnumeration ? Allowed.Aggregate(3, (hash, v) => HashCode.Combine(hash, v)) : 3;
}

/// <summary>A list whose items have one type.</summary>
public sealed record ListType(FeelType Item) : FeelType
{
    public override string Name => $"list<{Item.Name}>";
}

/// <summary>A range over one type.</summary>
public sealed record RangeType(FeelType Endpoint) : FeelType
{
    public override string Name => $"range<{Endpoint.Name}>";
}

/// <summary>A context with known entries, made by an expression.</summary>
public sealed record ContextType(ImmutableArray<(string Name, FeelType Type)> Entries) : FeelType
{
    public override string Name => $"context<{string.Join(", ", Entries.Select(e => $"{e.Name}: {e.Type.Name}"))}>";

    public bool Equals(ContextType? other) => other is not null && Entries.SequenceEqual(other.Entries);

    public override int GetHashCode() => Entries.Length;
}

/// <summary>A function. <paramref name="Parameters"/> default: not known.</summary>
public sealed record FunctionType(ImmutableArray<FeelType> Parameters, FeelType Result) : FeelType
{
    public override string Name =>
        $"function<{(Parameters.IsDefault ? "…" : string.Join(", ", Parameters.Select(p => p.Name)))}>" +
        $" -> {Result.Name}";

    public bool Equals(FunctionType? other) =>
        other is not null && Result == other.Result && Parameters.IsDefault == other.Parameters.IsDefault &&
        (Parameters.IsDefault || Parameters.SequenceEqual(other.Parameters));

    public override int GetHashCode() => Result.GetHashCode();
}
