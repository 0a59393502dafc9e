using Zhida.Feel;
using System.Globalization;
using System.Text.Json.Nodes;
using Zhida.Feel.Types;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>Builds the facts of one example in the JSON form of <c>decide</c>. The claim object and what it must refer
/// to exist without being named, as 贷款1, 项目1; others where a cell is about them.</summary>
internal sealed class ExampleFacts(Dictionary dictionary, ObjectType claimed, Report report)
{
    public const string Unknown = "未知";
    public const string None = "无";

    private readonly Dictionary<ObjectType, List<JsonObject>> _objects = [];
    private readonly HashSet<ObjectType> _empty = [];
    private readonly HashSet<ObjectType> _silent = [];
    private readonly Dictionary<(ObjectType, string), JsonObject> _byId = [];

    /// <summary>The facts of a row: its cells and, where they are empty, the base's.</summary>
    /// <param name="cells">By column; none is empty.</param>
    /// <param name="years">The years of 行.</param>
    public JsonObject Build(IReadOnlyList<(ExampleColumn Column, Passage Cell)> cells, IReadOnlyList<string> years)
    {
        var subject = Make(dictionary.Subject, null);
        foreach (var (column, cell) in cells)
            if (column is { Member: null, Type: { } type })
                (cell.Is(None) ? _empty : cell.Is(Unknown) ? _silent : []).Add(type);
        if (cells.Any(c => c.Column is { Type: { } type, Id: not null } && type == claimed) && !cells.Any(
                c => c.Column is { Type: { } type, Id: null, Member: not null } && type == claimed))
            foreach (var reference in claimed.References.Where(r => !r.Optional)) Require(reference.Target);
        else Require(claimed);
        foreach (var (column, cell) in cells)
            if (column is { Type: { } type, Member: not null }) Set(Make(type, column.Id), column, cell, years);
        Link();
        var facts = new JsonObject { ["主体"] = subject };
        foreach (var type in dictionary.Objects.Values)
        {
            if (type == dictionary.Subject) continue;
            if (_empty.Contains(type)) facts[type.Name] = new JsonArray();
            else if (_objects.TryGetValue(type, out var list) && !_silent.Contains(type))
                facts[type.Name] = new JsonArray([.. list]);
        }
        return facts;
    }

    private static string DefaultId(ObjectType type) =>
        type.Name == DictionaryReader.Subject ? type.Name : type.Name + "1";

    private JsonObject Make(ObjectType type, string? id)
    {
        id ??= DefaultId(type);
        if (_byId.TryGetValue((type, id), out var known)) return known;
        var made = new JsonObject();
        if (type != dictionary.Subject) made["编号"] = id;
        _byId.Add((type, id), made);
        if (!_objects.TryGetValue(type, out var list)) _objects[type] = list = [];
        list.Add(made);
        return made;
    }

    private void Require(ObjectType type)
    {
        if (type == dictionary.Subject || _byId.ContainsKey((type, DefaultId(type)))) return;
        Make(type, null);
        foreach (var reference in type.References)
            if (!reference.Optional) Require(reference.Target);
    }

    /// <summary>What says nothing else refers to the first object of the target, where there is one.</summary>
    private void Link()
    {
        foreach (var (type, list) in _objects)
        foreach (var reference in type.References)
        foreach (var made in list)
            if (reference.Target != dictionary.Subject && !made.ContainsKey(reference.Target.Name) &&
                _byId.TryGetValue((reference.Target, DefaultId(reference.Target)), out var target))
                made[reference.Target.Name] = target["编号"]!.DeepClone();
    }

    private void Set(JsonObject target, ExampleColumn column, Passage cell, IReadOnlyList<string> years)
    {
        if (cell.Is(Unknown)) return;
        if (column.Fact is not { } fact)
        {
            target[column.Member!] = cell.Text;
            return;
        }
        if (ValueOf(fact, cell) is not { } value) return;
        if (column.Year is null)
        {
            target[fact.Name] = value;
            return;
        }
        if (target["年度"] is not JsonObject byYear) target["年度"] = byYear = [];
        foreach (var year in column.Year == ExampleColumn.EveryYear ? years : [column.Year])
        {
            if (byYear[year] is not JsonObject facts) byYear[year] = facts = [];
            facts[fact.Name] = value.DeepClone();
        }
    }

    private JsonNode? ValueOf(Fact fact, Passage cell)
    {
        var text = cell.Text;
        switch (fact.Kind)
        {
            case FactKind.Boolean:
                return text is "是" or "否" ? text == "是" : Bad(fact, cell, "应写是或否");
            case FactKind.Date:
                return ValueReader.TryDate(text, out _) ? text : Bad(fact, cell, "应写日期，如 2026-03-01");
            case FactKind.Choices or FactKind.Names:
                return ListOf(fact, cell);
        }
        if (fact.Type is not NumberType type) return TextOf(fact, fact.Type, cell);
        if (!Quantity.TryParse(text, out var number, out var unit, out _))
            return Bad(fact, cell, $"应写{TypeFit.Words(type)}");
        if (!unit.IsNone && !unit.Equals(type.Unit)) return Bad(fact, cell, $"单位应为{type.Unit}，实为{unit}");
        if (number < type.Minimum || number > type.Maximum) return Bad(fact, cell, "超出数据字典规定的范围");
        return decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var bare) ? bare : text;
    }

    private JsonArray ListOf(Fact fact, Passage cell)
    {
        var list = new JsonArray();
        if (cell.Is(None)) return list;
        var item = ((ListType)fact.Type).Item;
        foreach (var part in cell.Split('；', '、'))
            if (TextOf(fact, item, part) is { } value) list.Add(value);
        return list;
    }

    private JsonNode? TextOf(Fact fact, FeelType type, Passage cell)
    {
        var text = cell.Text.Trim('“', '”', '"');
        if (type is not StringType { IsEnumeration: true } options || options.Allowed.Contains(text)) return text;
        report.Error("example.value", cell, $"{fact.Path}没有取值“{text}”",
            Nearest.Mend(text, options.Allowed) ?? $"可选：{string.Join("、", options.Allowed)}");
        return null;
    }

    private JsonNode? Bad(Fact fact, Passage cell, string mend)
    {
        report.Error("example.value", cell, $"{fact.Path}的值“{cell.Text}”不对", mend);
        return null;
    }
}
