using System.Collections.Immutable;
using Zhida.Feel.Functions;
using Zhida.Feel.Nodes;
using Zhida.Feel.Syntax;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Binding;

/// <summary>Functions: definitions, calls, and the types they name.</summary>
internal sealed partial class Binder
{
    /// <param name="function">The definition.</param>
    /// <param name="assumed">The type of parameters that name none (an item of the list that is sorted).</param>
    private Expr BindFunction(FunctionSyntax function, FeelType? assumed)
    {
        if (function.External)
        {
            const string reason = "不支持外部函数";
            return Strict ? Error("feel.external", function.Span, reason) : new Failure(function.Span, reason);
        }
        var scope = new Scope(_level.Scope);
        var parameters = new List<(string, FeelType?)>();
        var slots = new List<int>();
        foreach (var parameter in function.Parameters)
        {
            var type = parameter.Type is null ? null : BindType(parameter.Type);
            if (scope.FindOwn(parameter.Name) is not null)
            {
                Error("feel.name", parameter.Span, $"参数“{parameter.Name}”写了两次");
                continue;
            }
            slots.Add(scope.Declare(parameter.Name, type ?? assumed ?? FeelType.Any).Slot);
            parameters.Add((parameter.Name, type));
        }
        var body = Within(scope, null, () => Bind(function.Body));
        var signature = new FunctionType([.. parameters.Select(p => p.Item2 ?? FeelType.Any)], body.Type);
        return new FunctionDefinition(function.Span, signature, parameters, slots, body);
    }

    private Expr BindCall(CallSyntax call)
    {
        if (call.Function is NameSyntax name && Resolve(name.Span, name.Name, _level) is { } resolved)
            return resolved is BuiltinReference builtin
                ? BindBuiltin(call, builtin.Function) : BindValueCall(call, resolved);
        return BindValueCall(call, Bind(call.Function));
    }

    private CallFunction BindValueCall(CallSyntax call, Expr function)
    {
        var arguments = BindArguments(call);
        var type = function.Type is FunctionType signature ? signature.Result : FeelType.Any;
        if (Strict && function is not Failure && function.Type is not FunctionType)
            Error("feel.type", call.Function.Span, "这不是函数，不能调用");
        return new CallFunction(call.Span, type, function, arguments, ArgumentNames(call));
    }

    private List<Expr> BindArguments(CallSyntax call)
    {
        var arguments = new List<Expr>();
        foreach (var argument in call.Arguments)
        {
            // sort(list, function(a, b) …): its parameters are items of the list.
            var assumed = arguments is [{ Type: ListType list }, ..] ? list.Item : null;
            arguments.Add(argument.Value is FunctionSyntax function
                ? BindFunction(function, assumed) : Bind(argument.Value));
        }
        return arguments;
    }

    private static string[]? ArgumentNames(CallSyntax call) =>
        call.Arguments.Any(a => a.Name is not null) ? [.. call.Arguments.Select(a => a.Name ?? "")] : null;

    private Expr BindBuiltin(CallSyntax call, Builtin function)
    {
        var arguments = BindArguments(call);
        var names = ArgumentNames(call);
        if (!Strict)
            return new CallBuiltin(call.Span, StandardType(function, arguments), function, arguments, names, null);
        if (Broken(arguments)) return new CallBuiltin(call.Span, FeelType.Any, function, arguments, names, null);
        string? misfit = null;
        foreach (var form in function.Forms)
        {
            if (LayOut(form, arguments, names) is not { } laidOut) continue;
            if (Misfit(form, laidOut) is { } reason)
            {
                misfit ??= reason;
                continue;
            }
            var result = form.Result(Fitting.WithUnits([.. laidOut.OfType<Expr>()]));
            if (result.Error is not null)
                return Error("feel.unit", call.Span, $"{function.Name}：{result.Error}", result.Mend);
            // Positional arguments stand where the form has them: it may run without fitting them again.
            var proven = names is null || laidOut.Select((a, i) => (a, i)).All(x => x.i >= arguments.Count
                ? x.a is null : ReferenceEquals(x.a, arguments[x.i]));
            return FoldCall(new CallBuiltin(call.Span, result.Type, function, arguments, proven ? null : names,
                proven ? form : null));
        }
        return Error("feel.type", call.Span, $"{function.Name}：{misfit ?? $"不接受{arguments.Count}个这样的参数"}",
            $"用法：{string.Join("；", function.Forms.Select(f => Usage(function, f)))}");
    }

    private static FeelType StandardType(Builtin function, List<Expr> arguments) =>
        function.Name is "count" or "sum" or "min" or "max" && arguments.All(a => a.Type is NumberType)
            ? FeelType.Number : FeelType.Any;

    /// <summary>now() and today() are of the moment, random-like; all other built-ins give the same for the
    /// same.</summary>
    private Expr FoldCall(CallBuiltin call) =>
        call.Children.Count == 0 || call.Function.Name is "now" or "today" || !Builtins.IsStandard(call.Function)
            ? call : Fold(call);

    private static string Usage(Builtin function, Form form) =>
        $"{function.Name}({string.Join(", ", form.Parameters.Select(p => p.Name))}{(form.Variadic ? ", …" : "")})";

    /// <summary>The arguments in the order of the form's parameters (null: left out), or null where they can't be its.
    /// </summary>
    private static List<Expr?>? LayOut(Form form, List<Expr> arguments, string[]? names)
    {
        if (names is null) return form.Accepts(arguments.Count) ? [.. arguments] : null;
        var laidOut = new Expr?[form.Parameters.Length];
        for (var i = 0; i < arguments.Count; i++)
        {
            var place = form.PositionOf(names[i]);
            if (place < 0 || laidOut[place] is not null) return null;
            laidOut[place] = arguments[i];
        }
        for (var i = 0; i < laidOut.Length; i++)
            if (laidOut[i] is null && !form.Parameters[i].Optional) return null;
        return [.. laidOut];
    }

    private static string? Misfit(Form form, List<Expr?> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var parameter = form.ParameterAt(i);
            if (arguments[i] is not { } argument || Fitting.Fits(argument, parameter.Type)) continue;
            return $"参数“{parameter.Name}”应为{Fitting.Word(parameter.Type)}，实为{Fitting.Word(argument.Type)}";
        }
        return null;
    }

    private FeelType? BindType(TypeSyntax syntax)
    {
        FeelType Part(int index) => BindType(syntax.Parts[index].Type) ?? FeelType.Any;
        FeelType? simple = syntax.Name switch
        {
            "Any" => FeelType.Any,
            "Null" => FeelType.Null,
            "number" => FeelType.Number,
            "string" => FeelType.Text,
            "boolean" => FeelType.Boolean,
            "date" => FeelType.Date,
            "time" => FeelType.Time,
            "date and time" => FeelType.DateTime,
            "days and time duration" or "dayTimeDuration" => FeelType.DaysDuration,
            "years and months duration" or "yearMonthDuration" => FeelType.MonthsDuration,
            "list" => new ListType(syntax.Parts.IsDefaultOrEmpty ? FeelType.Any : Part(0)),
            "range" => new RangeType(syntax.Parts.IsDefaultOrEmpty ? FeelType.Any : Part(0)),
            "context" => new ContextType(syntax.Parts.IsDefaultOrEmpty ? []
                : [.. syntax.Parts.Select(p => (p.Name ?? "", BindType(p.Type) ?? FeelType.Any))]),
            "function" => new FunctionType(
                syntax.Parts.IsDefault || syntax.Result is null
                    ? default : [.. syntax.Parts.Select(p => BindType(p.Type) ?? FeelType.Any)],
                syntax.Result is null ? FeelType.Any : BindType(syntax.Result) ?? FeelType.Any),
            _ => root.FindType(syntax.Name),
        };
        if (simple is null && Strict) Error("feel.name", syntax.Span, $"没有“{syntax.Name}”这个类型");
        return simple;
    }
}
