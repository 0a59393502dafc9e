using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Zhida.Feel.Functions;
using Zhida.Feel.Nodes;
using Zhida.Feel.Values;

namespace Zhida.Feel.Dmn;

/// <summary>A business knowledge model or decision service as a function of FEEL: converts arguments and result to
/// their declared types.</summary>
internal sealed class ModelFunction(
    string name, ImmutableArray<(string Name, DmnType Type)> parameters, DmnType result,
    ModelFunction.Body body) : FeelFunction
{
    /// <summary>The work, with arguments of the parameters' types.</summary>
    public delegate Value Body(Evaluation evaluation, ReadOnlySpan<Value> arguments);

    public override IReadOnlyList<string> ParameterNames { get; } = [.. parameters.Select(p => p.Name)];

    public override Value Invoke(Call call, ReadOnlySpan<Value> arguments)
    {
        if (arguments.Length != parameters.Length)
            return call.Fail($"{name}：应有{parameters.Length}个参数，给了{arguments.Length}个");
        var evaluation = call.Frame.Evaluation;
        var converted = new Value[arguments.Length];
        for (var i = 0; i < converted.Length; i++)
            if (!parameters[i].Type.TryConvert(arguments[i], evaluation, out converted[i]))
                return call.Fail($"{name}：参数“{parameters[i].Name}”的值不合其类型");
        if (!evaluation.Step() || evaluation.Depth >= Evaluation.MaxDepth ||
            !RuntimeHelpers.TryEnsureSufficientExecutionStack()) return call.Fail($"{name}：调用过多或嵌套过深，已停止");
        evaluation.Depth++;
        var value = body(evaluation, converted);
        evaluation.Depth--;
        return result.TryConvert(value, evaluation, out value) ? value : call.Fail($"{name}：结果不合其类型");
    }
}
