using System.Runtime.CompilerServices;
using Zhida.Feel.Nodes;
using Zhida.Feel.Syntax;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Binding;

/// <summary>Gives names their meaning and expressions their types. Strict mode refuses what does not fit; the
/// standard's mode binds it to a failure at run time.</summary>
internal sealed partial class Binder(Scope root)
{
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<Symbol> _used = [];
    private readonly Evaluation _folding = new(strict: root.Strict, []);
    private Level _level = new(root, null, null);
    private Symbol? _input;
    private int _path;

    /// <summary>A scope within others; within a filter also the item, whose members are names.</summary>
    private sealed record Level(Scope Scope, Symbol? Item, Level? Outer);

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    private bool Strict => root.Strict;

    public Expr Bind(SyntaxNode node)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return Error("feel.limit", node.Span, "表达式的层次太深", "拆成几个定义");
        _path++;
        var expr = BindNode(node);
        _path--;
        return !Strict && _path % StackGuard.Levels == StackGuard.Levels - 1 && expr.Children.Count > 0
            ? new StackGuard(expr) : expr;
    }

    private Expr BindNode(SyntaxNode node) => node switch
    {
        NumberSyntax number => new Literal(number.Span, FeelType.PureNumber, Value.Of(number.Value)),
        TextSyntax text => new Literal(text.Span, FeelType.Text, Value.Of(text.Value)),
        BooleanSyntax boolean => new Literal(boolean.Span, FeelType.Boolean, Value.Of(boolean.Value)),
        NullSyntax => new Literal(node.Span, FeelType.Null, Value.Null),
        AtSyntax at => BindAt(at),
        NameSyntax name => BindName(name),
        NegateSyntax negate => BindNegate(negate),
        BinarySyntax binary => BindBinary(binary),
        BetweenSyntax between => BindBetween(between),
        InSyntax test => BindIn(test),
        RangeSyntax range => BindRange(range),
        PathSyntax path => BindPath(path),
        FilterSyntax filter => BindFilter(filter),
        IfSyntax branch => BindIf(branch),
        ForSyntax loop => BindFor(loop),
        QuantifiedSyntax quantified => BindQuantified(quantified),
        ListSyntax list => BindList(list),
        ContextSyntax context => BindContext(context),
        FunctionSyntax function => BindFunction(function, null),
        CallSyntax call => BindCall(call),
        InstanceOfSyntax instance => new InstanceOf(
            instance.Span, Bind(instance.Value), BindType(instance.Type) ?? new RecordType(instance.Type.Name)),
        TestSyntax or TestsSyntax => Error("feel.syntax", node.Span, "这里不能写单项测试", "写成完整的比较"),
        _ => throw new InvalidOperationException($"no binding for {node.GetType().Name}"),
    };

    /// <summary>Reports a root whose type nobody can tell: units would go unchecked from there on. Where an error made
    /// it so, that one was reported.</summary>
    public void RequireType(Expr expression)
    {
        if (_diagnostics.Count > 0 || expression.Type is not AnyType) return;
        var cause = expression;
        while (cause.Children.FirstOrDefault(c => c.Type is AnyType) is { } child) cause = child;
        // A name of the caller's that has no type stands for something that was reported already.
        if (cause is Variable { Symbol: var symbol } && root.Find(symbol.Name) == symbol) return;
        _diagnostics.Add(new Diagnostic("feel.type", cause.Span, "这里的类型不明，单位无从检查", "用类型确定的写法，例如 @\"P1Y\""));
    }

    /// <summary>Reports that the root's type is not what the place asks for.</summary>
    public void Expect(Expr expression, FeelType expected)
    {
        if (_diagnostics.Count > 0 || Fitting.Fits(expression, expected)) return;
        var isUnit = expected is NumberType && expression.Type is NumberType;
        var (code, want, have) = isUnit ? ("feel.unit", Show(expected), Show(expression.Type))
            : ("feel.type", Fitting.Word(expected), Fitting.Word(expression.Type));
        var message = $"{(isUnit ? "单位" : "类型")}应为{want}，实为{have}";
        _diagnostics.Add(new Diagnostic(code, expression.Span, message,
            isUnit ? MendUnit(expression, ((NumberType)expected).Unit) : null));
    }

    /// <summary>A bare number wants a unit; anything else has the wrong one.</summary>
    private static string MendUnit(Expr expression, Unit? unit) =>
        unit is { IsNone: false } &&
        expression is Literal { Type: NumberType { Unit.IsNone: true }, Value: { IsNumber: true } bare }
            ? $"给数字写上单位，例如 {Quantity.Format(bare.Number, unit)}" : "先化为同一单位，或检查是否写错了数据项";

    private static string Show(FeelType type) => type is NumberType { Unit: { } unit } ? unit.ToString() : type.Name;

    /// <summary>Reports an error; the node goes on as a failure so that more errors are found.</summary>
    private Failure Error(string code, Span span, string message, string? mend = null)
    {
        _diagnostics.Add(new Diagnostic(code, span, message, mend));
        return new Failure(span, message);
    }

    /// <summary>An error that only strict mode makes; in the standard's mode the node stands and run time
    /// decides.</summary>
    private Expr Refuse(Expr node, string code, string message, string? mend = null) =>
        Strict && !Broken(node.Children) ? Error(code, node.Span, message, mend) : node;

    /// <summary>Something below is an error already: what follows from it is not worth a second message.</summary>
    private static bool Broken(IEnumerable<Expr> nodes) => nodes.Any(n => n is Failure || n.Type is AnyType);

    /// <summary>What only literals make is computed now.</summary>
    private Expr Fold(Expr node)
    {
        foreach (var child in node.Children)
            if (child is not Literal) return node;
        _folding.Reset();
        var value = node.Evaluate(new Frame(Math.Max(1, root.NextSlot), _folding));
        if (Strict && _folding.Failures is [var failure, ..])
            return Error("feel.evaluation", node.Span, failure.Message, "改正写错的数或文本");
        return _folding.Failures.Count == 0 && !value.IsUnknown && !value.IsNull
            ? new Literal(node.Span, node.Type is AnyType ? TypeOf(value) : node.Type, value) : node;
    }

    private Expr BindAt(AtSyntax at)
    {
        if (TemporalText.TryParseTemporal(at.Text, out var value))
            return new Literal(at.Span, TypeOf(value), value);
        if (Strict && Quantity.TryParse(at.Text, out var number, out var unit, out _))
            return new Literal(at.Span, new NumberType(unit), Value.Of(number));
        if (!Strict) return new Failure(at.Span, $"“{at.Text}”不是日期、时间或时长");
        return Error("feel.literal", at.Span, $"“{at.Text}”不是日期、时间、时长或带单位的数",
            "例如 @\"2026-03-01\"、@\"P1Y\"、@\"2000万元\"");
    }

    private static FeelType TypeOf(in Value value) => value.Kind switch
    {
        ValueKind.Date => FeelType.Date,
        ValueKind.Time => FeelType.Time,
        ValueKind.DateTime => FeelType.DateTime,
        ValueKind.DaysDuration => FeelType.DaysDuration,
        ValueKind.MonthsDuration => FeelType.MonthsDuration,
        ValueKind.Number => FeelType.PureNumber,
        ValueKind.String => FeelType.Text,
        ValueKind.Boolean => FeelType.Boolean,
        _ => FeelType.Any,
    };

    private Expr BindName(NameSyntax name)
    {
        if (name.Name == "?")
            return _input is { } input ? Use(new Variable(name.Span, input))
                : Error("feel.name", name.Span, "“?”只能用在单项测试里");
        return Resolve(name.Span, name.Name, _level) ?? Unresolved(name);
    }

    private Expr? Resolve(Span span, string name, Level? level)
    {
        for (; level is not null; level = level.Outer)
        {
            var symbol = level.Outer is null ? level.Scope.Find(name) : level.Scope.FindOwn(name);
            var found = symbol is null ? null : Use(new Variable(span, symbol));
            // A member of the item goes before the item itself, which may have a member that is called item.
            if (level.Item is { } item)
            {
                if (MemberType(item.Type, name) is { } type)
                    return new Member(span, type, Use(new Variable(span, item)), name);
                if (item.Type is AnyType)
                    return new ItemName(span, name, item.Slot,
                        found ?? Resolve(span, name, level.Outer) ?? new Literal(span, FeelType.Null, Value.Null));
            }
            if (found is not null) return found;
        }
        return root.FindFunction(name) is { } function ? new BuiltinReference(span, function) : null;
    }

    private Variable Use(Variable variable)
    {
        _used.Add(variable.Symbol);
        return variable;
    }

    private Failure Unresolved(NameSyntax name) => Strict
        ? Error("feel.name", name.Span, $"没有“{name.Name}”这个名称", Nearest.Mend(name.Name, NamesInScope()))
        : new Failure(name.Span, $"没有“{name.Name}”这个名称");

    private IEnumerable<string> NamesInScope()
    {
        for (var level = _level; level is not null; level = level.Outer)
        {
            for (var scope = level.Scope; scope is not null; scope = level.Outer is null ? scope.Parent : null)
                foreach (var symbol in scope.Symbols) yield return symbol.Name;
            if (level.Item?.Type is RecordType record)
                foreach (var member in record.MemberNames) yield return member;
        }
        for (var scope = root; scope is not null; scope = scope.Parent)
            foreach (var function in scope.Functions) yield return function.Name;
        foreach (var function in Functions.Builtins.All) yield return function.Name;
    }

    /// <summary>Binds what is inside a local scope.</summary>
    private T Within<T>(Scope scope, Symbol? item, Func<T> bind)
    {
        var outer = _level;
        _level = new Level(scope, item, outer);
        try
        {
            return bind();
        }
        finally
        {
            _level = outer;
        }
    }

    private Expr BindPath(PathSyntax path)
    {
        var source = Bind(path.Source);
        if (MemberType(source.Type, path.Member) is { } type) return new Member(path.Span, type, source, path.Member);
        var node = new Member(path.Span, FeelType.Any, source, path.Member);
        if (!Strict || source is Failure || source.Type is AnyType) return node;
        var owner = source.Type is ListType list ? list.Item : source.Type;
        return Error("feel.name", path.MemberSpan, $"{Fitting.Word(owner)}没有“{path.Member}”这一项",
            Nearest.Mend(path.Member, MembersOf(owner)));
    }

    private static IEnumerable<string> MembersOf(FeelType type) => type switch
    {
        RecordType record => record.MemberNames,
        ContextType context => context.Entries.Select(e => e.Name),
        RangeType => ["start", "end", "start included", "end included"],
        SimpleType { Kind: ValueKind.Date } => ["year", "month", "day", "weekday"],
        SimpleType { Kind: ValueKind.DaysDuration } => ["days", "hours", "minutes", "seconds"],
        SimpleType { Kind: ValueKind.MonthsDuration } => ["years", "months"],
        SimpleType { Kind: ValueKind.Time } => ["hour", "minute", "second", "time offset", "timezone"],
        SimpleType { Kind: ValueKind.DateTime } =>
            ["year", "month", "day", "weekday", "hour", "minute", "second", "time offset", "timezone"],
        _ => [],
    };

    /// <summary>The static type of a member or property, null where the type has none (or is not known).</summary>
    private FeelType? MemberType(FeelType source, string name)
    {
        switch (source)
        {
            case RecordType record:
                return record.SlotOf(name) is >= 0 and var slot ? record.Members[slot].Type : null;
            case ContextType context:
                return context.Entries.FirstOrDefault(e => e.Name == name).Type;
            case ListType list:
                return MemberType(list.Item, name) is { } item ? new ListType(item) : null;
            case RangeType range:
                return name switch
                {
                    "start" or "end" => range.Endpoint,
                    "start included" or "end included" => FeelType.Boolean,
                    _ => null,
                };
            case SimpleType simple:
                return PropertyType(simple.Kind, name);
            default:
                return null;
        }
    }

    private FeelType? PropertyType(ValueKind kind, string name) => (kind, name) switch
    {
        (ValueKind.Date or ValueKind.DateTime, "year" or "month" or "day" or "weekday") => FeelType.PureNumber,
        (ValueKind.Time or ValueKind.DateTime, "hour" or "minute" or "second") => FeelType.PureNumber,
        (ValueKind.Time or ValueKind.DateTime, "time offset") => FeelType.DaysDuration,
        (ValueKind.Time or ValueKind.DateTime, "timezone") => FeelType.Text,
        (ValueKind.DaysDuration, "days") => Counted("天"),
        (ValueKind.DaysDuration, "hours") => Counted("小时"),
        (ValueKind.DaysDuration, "minutes") => Counted("分钟"),
        (ValueKind.DaysDuration, "seconds") => Counted("秒"),
        (ValueKind.MonthsDuration, "years") => Counted("年"),
        (ValueKind.MonthsDuration, "months") => Counted("月"),
        _ => null,
    };

    private FeelType Counted(string unit) => Strict ? new NumberType(Unit.Of(unit)) : FeelType.Number;
}
