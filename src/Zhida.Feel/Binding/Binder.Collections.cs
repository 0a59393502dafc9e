using System.Collections.Immutable;
using Zhida.Feel.Nodes;
using Zhida.Feel.Syntax;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Binding;

/// <summary>Lists, contexts, filters and iterations.</summary>
internal sealed partial class Binder
{
    private Expr BindList(ListSyntax list)
    {
        var items = list.Items.Select(Bind).ToList();
        if (items.Count == 0)
            return new Literal(list.Span, new ListType(FeelType.Any), Value.OfList([]));
        FeelType? type = Fitting.WithUnits(items)[0];
        foreach (var itemType in Fitting.WithUnits(items)) type = type is null ? null : Fitting.Common(type, itemType);
        var node = new ListLiteral(list.Span, new ListType(type ?? FeelType.Any), items);
        if (type is not null) return Fold(node);
        return items.All(i => i.Type is NumberType)
            ? Refuse(node, "feel.unit", "列表各项的单位不同", "先化为同一单位")
            : Refuse(node, "feel.type", "列表的各项不是同一种值", "一个列表只放同一种值");
    }

    private ContextLiteral BindContext(ContextSyntax context)
    {
        var scope = new Scope(_level.Scope);
        return Within(scope, null, () =>
        {
            var (names, slots, values) = (new List<string>(), new List<int>(), new List<Expr>());
            foreach (var entry in context.Entries)
            {
                var value = Bind(entry.Value);
                if (names.Contains(entry.Name))
                {
                    Error("feel.name", entry.Span, $"“{entry.Name}”写了两次", "只留一个");
                    continue;
                }
                names.Add(entry.Name);
                values.Add(value);
                slots.Add(scope.Declare(entry.Name, Fitting.Plain(value.Type)).Slot);
            }
            var type = new ContextType([.. names.Zip(values, (n, v) => (n, v.Type))]);
            return new ContextLiteral(context.Span, type, names, slots, values);
        });
    }

    private Expr BindFilter(FilterSyntax filter)
    {
        var source = Bind(filter.Source);
        var itemType = source.Type is ListType list ? list.Item : Strict ? source.Type : FeelType.Any;
        var scope = new Scope(_level.Scope);
        var item = scope.Declare("item", itemType);
        var condition = Within(scope, item, () => Bind(filter.Condition));
        var isIndex = condition.Type is NumberType;
        var node = new Filter(filter.Span, isIndex ? itemType : new ListType(itemType), source, item.Slot, condition);
        if (!Strict || Broken([source, condition])) return node;
        if (source.Type is not ListType)
            return Error("feel.type", source.Span, $"只能从列表里选取，这里是{Fitting.Word(source.Type)}");
        var isPlace = condition.Type is NumberType { Unit: null or { IsNone: true } };
        return isPlace || condition.Type == FeelType.Boolean ? node
            : Error("feel.type", condition.Span, $"选取的条件应为是否值或位置，实为{Fitting.Word(condition.Type)}");
    }

    /// <summary>The iterators, each of which sees those before it; then what is inside them.</summary>
    private T WithIterators<T>(
        ImmutableArray<IteratorSyntax> syntax, int index, List<Iterator> iterators, Func<T> inside)
    {
        if (index == syntax.Length) return inside();
        var source = Bind(syntax[index].Source);
        var end = syntax[index].End is { } last ? Bind(last) : null;
        var scope = new Scope(_level.Scope);
        var symbol = scope.Declare(syntax[index].Name, end is not null ? Fitting.Plain(source.Type) : ItemType(source));
        iterators.Add(new Iterator(syntax[index].Name, symbol.Slot, source, end));
        return Within(scope, null, () => WithIterators(syntax, index + 1, iterators, inside));
    }

    private FeelType ItemType(Expr source)
    {
        switch (source.Type)
        {
            case ListType list:
                return list.Item;
            case RangeType range:
                return range.Endpoint;
            default:
                if (Strict && source is not Failure && source.Type is not AnyType)
                    Error("feel.type", source.Span, $"只能对列表逐个取值，这里是{Fitting.Word(source.Type)}");
                return FeelType.Any;
        }
    }

    private For BindFor(ForSyntax loop)
    {
        var iterators = new List<Iterator>();
        return WithIterators(loop.Iterators, 0, iterators, () =>
        {
            var scope = new Scope(_level.Scope);
            var partial = scope.Declare("partial", new ListType(FeelType.Any));
            var body = Within(scope, null, () => Bind(loop.Body));
            return new For(loop.Span, new ListType(Fitting.Plain(body.Type)), iterators,
                _used.Contains(partial) ? partial.Slot : -1, body);
        });
    }

    private Quantified BindQuantified(QuantifiedSyntax quantified)
    {
        var iterators = new List<Iterator>();
        return WithIterators(quantified.Iterators, 0, iterators, () =>
        {
            var condition = Bind(quantified.Condition);
            if (Strict && condition.Type != FeelType.Boolean && condition is not Failure)
                Error("feel.type", condition.Span, $"satisfies 后应为是否值，实为{Fitting.Word(condition.Type)}");
            return new Quantified(quantified.Span, quantified.Every, iterators, condition);
        });
    }
}
