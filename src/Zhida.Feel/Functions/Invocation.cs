using System.Runtime.CompilerServices;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Functions;

/// <summary>Fits arguments to the forms of a function and runs the first that takes them.</summary>
internal static class Invocation
{
    private const int BufferSize = 8;

    [InlineArray(BufferSize)]
    private struct Buffer
    {
        private Value _first;
    }

    public static Value Invoke(Builtin function, Call call, ReadOnlySpan<Value> arguments)
    {
        string? reason = null;
        foreach (var form in function.Forms)
            if (form.Accepts(arguments.Length) && TryRun(form, call, arguments, ref reason, out var result))
                return result;
        return call.Fail($"{function.Name}：{reason ?? $"不接受{arguments.Length}个参数"}");
    }

    public static Value Invoke(Builtin function, Call call, IReadOnlyList<string> names, ReadOnlySpan<Value> arguments)
    {
        string? reason = null;
        foreach (var form in function.Forms)
        {
            var laidOut = new Value[form.Parameters.Length];
            var known = true;
            for (var i = 0; i < names.Count && known; i++)
            {
                var position = form.PositionOf(names[i]);
                known = position >= 0;
                if (known) laidOut[position] = arguments[i];
            }
            if (known && TryRun(form, call, laidOut, ref reason, out var result)) return result;
        }
        return call.Fail($"{function.Name}：{reason ?? $"没有名为{string.Join("、", names)}的参数"}");
    }

    /// <summary>Runs a form whose parameters are proved to take the arguments' types as they are.</summary>
    public static Value RunProven(Form form, Call call, ReadOnlySpan<Value> arguments) =>
        !form.TakesUnknown && FindUnknown(arguments) is { IsUnknown: true } unknown
            ? unknown : Run(form, call, arguments);

    private static bool TryRun(
        Form form, Call call, ReadOnlySpan<Value> arguments, ref string? reason, out Value result)
    {
        if (!form.TakesUnknown && FindUnknown(arguments) is { IsUnknown: true } unknown)
        {
            result = unknown;
            return true;
        }
        // The buffer spares scalars an allocation; only long variadic calls need an array.
        var size = Math.Max(arguments.Length, form.Parameters.Length);
        var buffer = new Buffer();
        var fitted = size <= BufferSize ? ((Span<Value>)buffer)[..size] : new Value[size];
        var misfit = Fit(form, arguments, fitted);
        reason ??= misfit;
        result = misfit is null ? Run(form, call, fitted) : default;
        return misfit is null;
    }

    private static Value Run(Form form, Call call, ReadOnlySpan<Value> fitted)
    {
        try
        {
            return form.Run(call, fitted);
        }
        catch (OverflowException)
        {
            return call.Fail("结果超出可表示的范围");
        }
    }

    /// <summary>Null where all arguments fit, else the first that does not.</summary>
    private static string? Fit(Form form, ReadOnlySpan<Value> arguments, Span<Value> fitted)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = form.ParameterAt(i);
            ref readonly var argument = ref arguments[i];
            if (parameter.Optional && (argument.IsNull || argument.IsUnset)) continue;
            if (argument.IsUnset) return $"缺少参数“{parameter.Name}”";
            if (!Conformance.TryConvert(argument, parameter.Type, out fitted[i]))
                return $"参数“{parameter.Name}”应为{parameter.Type}，实为{Formatting.KindName(argument.Kind)}";
        }
        return null;
    }

    private static Value FindUnknown(ReadOnlySpan<Value> arguments)
    {
        foreach (ref readonly var argument in arguments)
        {
            if (argument.IsUnknown) return argument;
            if (argument.Kind != ValueKind.List) continue;
            foreach (ref readonly var item in argument.Items.AsSpan())
                if (item.IsUnknown) return item;
        }
        return default;
    }
}
