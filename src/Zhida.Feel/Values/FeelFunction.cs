using Zhida.Feel.Functions;

namespace Zhida.Feel.Values;

/// <summary>A function as a value: a closure made by a function definition, or a built-in taken by its name.</summary>
public abstract class FeelFunction
{
    /// <summary>The formal parameters' names, for named invocation.</summary>
    public abstract IReadOnlyList<string> ParameterNames { get; }

    /// <summary>Calls it with positional arguments.</summary>
    public abstract Value Invoke(Call call, ReadOnlySpan<Value> arguments);
}
