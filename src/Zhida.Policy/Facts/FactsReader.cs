using System.Text.Json;
using Zhida.Feel;
using Zhida.Feel.Values;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Policy.Facts;

/// <summary>
/// From facts as JSON to a graph of records. Absent, null: unknown. A value may be wrapped with where it comes from,
/// <c>{"值": …, "来源": "登记", "时间": "…"}</c>, and several of these may stand side by side: the fact's own register
/// prevails, then the first. Every problem is a finding that names the path in the file; with any of them there are no
/// facts.
/// </summary>
public sealed class FactsReader(Dictionary dictionary, ReferenceTables tables)
{
    public const int MaxDepth = 32;

    /// <summary>The days that facts may name. Wide enough for any business, narrow enough to catch a slip of the year
    /// and to bound what is computed from days.</summary>
    public static readonly DateOnly FirstDate = new(1900, 1, 1);

    public static readonly DateOnly LastDate = new(2199, 12, 31);

    /// <summary>The most money that a fact may name, in 元, unless its 取值 gives a range: 10 万亿元. It catches slips of
    /// unit and bounds what is proved; it is no bound to show to anybody.</summary>
    public const decimal MostMoney = 10_000_000_000_000m;

    private readonly FactValue _values = new(tables);

    /// <summary>Reads facts; <paramref name="file"/> names the source in findings.</summary>
    public (SubjectFacts? Facts, IReadOnlyList<Finding> Findings) Read(ReadOnlyMemory<byte> json, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Read(document.RootElement.Clone(), file);
        }
        catch (JsonException e)
        {
            var at = new Location(file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            return (null, [Finding.Error("facts.json", at, "不是可读的JSON（或嵌套过深）", "检查引号、逗号和括号")]);
        }
    }

    public (SubjectFacts? Facts, IReadOnlyList<Finding> Findings) Read(JsonElement root, string file)
    {
        var graph = new GraphBuilder(dictionary, _values, file, declaredFirst: false);
        var facts = graph.Build(root);
        if (graph.Findings.Count > 0 || facts is null) return (null, graph.Findings);
        if (!graph.SideBySide) return (facts, []);
        var declared = new GraphBuilder(dictionary, _values, file, declaredFirst: true);
        facts.Declared = declared.Build(root)!;
        return (declared.Findings.Count == 0 ? facts : null, declared.Findings);
    }
}

/// <summary>One reading of one file: objects first, so that references find them, then their facts.</summary>
internal sealed class GraphBuilder(Dictionary dictionary, FactValue values, string file, bool declaredFirst)
{
    private static readonly string[] Notes = ["说明", "已得", CaseFacts.Claims, CaseFacts.Balances];

    private readonly Dictionary<ObjectType, IReadOnlyList<Record>?> _objects = [];
    private readonly Dictionary<(Record, string), Record> _years = [];
    private readonly Dictionary<(Record, string), Provenance> _provenance = [];
    private readonly Dictionary<(ObjectType, string), Record> _byId = [];
    private readonly List<(Record Record, ObjectType Type, JsonElement Json, string Path)> _pending = [];

    public List<Finding> Findings { get; } = [];

    /// <summary>A fact has several values.</summary>
    public bool SideBySide { get; private set; }

    public SubjectFacts? Build(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Report("facts.shape", "$", "最外层应是对象 { … }", "写成 {\"主体\": {…}, …}");
            return null;
        }
        foreach (var type in dictionary.Objects.Values) _objects[type] = null;
        foreach (var property in root.EnumerateObject())
        {
            if (Notes.Contains(property.Name)) continue;
            if (!dictionary.Objects.TryGetValue(property.Name, out var type))
                Report("facts.unknown", $"$.{property.Name}", $"数据字典里没有对象“{property.Name}”",
                    Nearest.Mend(property.Name, dictionary.Objects.Keys));
            else Collect(type, property.Value, $"$.{property.Name}");
        }
        if (_objects[dictionary.Subject] is not [var subject])
        {
            subject = new Record(dictionary.Subject.Record, "主体");
            _objects[dictionary.Subject] = [subject];
        }
        foreach (var (record, type, json, path) in _pending) Fill(record, type, json, path);
        Link(subject);
        var reader = new CaseReader(dictionary, Report);
        return new SubjectFacts(root, dictionary, subject, _objects, _years, _provenance, ReadGrants(root))
        {
            Claims = reader.Claims(root), Balances = reader.Balances(root),
        };
    }

    private void Collect(ObjectType type, JsonElement json, string path)
    {
        var isSubject = type == dictionary.Subject;
        if (json.ValueKind == JsonValueKind.Null) return;
        if (isSubject && json.ValueKind == JsonValueKind.Object)
        {
            _objects[type] = [Make(type, json, path, 0)];
            return;
        }
        if (isSubject || json.ValueKind != JsonValueKind.Array)
        {
            Report("facts.shape", path, isSubject ? "应是一个对象 { … }" : "应是列表 [ … ]",
                isSubject ? null : "没有就写 []，不知道就不写");
            return;
        }
        var records = new List<Record>();
        foreach (var element in json.EnumerateArray())
        {
            var here = $"{path}[{records.Count}]";
            if (element.ValueKind != JsonValueKind.Object) Report("facts.shape", here, "应是对象 { … }");
            else records.Add(Make(type, element, here, records.Count));
        }
        _objects[type] = records;
    }

    private Record Make(ObjectType type, JsonElement json, string path, int index)
    {
        var id = json.TryGetProperty("编号", out var given) && given.ValueKind == JsonValueKind.String
            ? given.GetString()! : index == 0 && type == dictionary.Subject ? type.Name : $"{type.Name}{index + 1}";
        var record = new Record(type.Record, id);
        record[type.Record.SlotOf("编号")] = Value.Of(id);
        if (!_byId.TryAdd((type, id), record)) Report("facts.duplicate", path, $"{type.Name}编号“{id}”重复");
        _pending.Add((record, type, json, path));
        return record;
    }

    private void Fill(Record record, ObjectType type, JsonElement json, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            var here = $"{path}.{property.Name}";
            if (!seen.Add(property.Name)) Report("facts.duplicate", here, $"“{property.Name}”写了两次", "只留一个");
            else if (property.Value.ValueKind == JsonValueKind.Null || property.Name is "编号" or "说明") continue;
            else if (property.Name == "年度") FillYears(record, type, property.Value, here);
            else if (type.References.FirstOrDefault(r => r.Target.Name == property.Name) is { } reference)
                Refer(record, reference, property.Value, here);
            else if (type.Facts.FirstOrDefault(f => f.Name == property.Name) is { } fact)
                Store(record, record, fact, property.Value, here);
            else ReportUnknown(type, property.Name, here);
        }
    }

    private void ReportUnknown(ObjectType type, string name, string path)
    {
        var derived = type.Record.SlotOf(name) is >= 0 and var slot && type.Record.Members[slot].Derivation is not null;
        Report("facts.unknown", path,
            derived ? $"“{type.Name}.{name}”由其他数据项推出，不能填写" : $"数据字典里没有“{type.Name}.{name}”",
            derived ? null : Nearest.Mend(name, type.Facts.Select(f => f.Name)));
    }

    private void FillYears(Record record, ObjectType type, JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Report("facts.shape", path, "应写成 {\"2026\": {…}}");
            return;
        }
        foreach (var year in json.EnumerateObject())
        {
            var here = $"{path}.{year.Name}";
            if (year.Value.ValueKind != JsonValueKind.Object)
            {
                Report("facts.shape", here, "应是对象 { … }");
                continue;
            }
            var entry = new Record(type.YearRecord, record.Id);
            _years[(record, year.Name)] = entry;
            foreach (var property in year.Value.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.Null) continue;
                if (type.YearFacts.FirstOrDefault(f => f.Name == property.Name) is { } fact)
                    Store(entry, record, fact, property.Value, $"{here}.{property.Name}");
                else Report("facts.unknown", $"{here}.{property.Name}",
                    $"数据字典里没有“{type.Name}.年度.{property.Name}”",
                    Nearest.Mend(property.Name, type.YearFacts.Select(f => f.Name)));
            }
        }
    }

    private void Refer(Record record, Program.Reference reference, JsonElement json, string path)
    {
        var id = json.ValueKind == JsonValueKind.String ? json.GetString()! : null;
        if (id is not null && _byId.TryGetValue((reference.Target, id), out var target))
            record[reference.Slot] = Value.Of(target);
        else Report("facts.reference", path, $"没有编号为 {json.GetRawText()} 的{reference.Target.Name}",
            $"写一个{reference.Target.Name}的编号");
    }

    private void Store(Record target, Record owner, Fact fact, JsonElement json, string path)
    {
        foreach (var (value, provenance, here) in Candidates(fact, json, path))
        {
            var (read, error, mend) = values.Read(fact, value, provenance?.CheckedByHand ?? false);
            if (error is not null)
            {
                Report("facts.value", here, $"{fact.Path}：{error}", mend);
                return;
            }
            target[fact.Slot] = read;
            if (provenance is not null) _provenance[(owner, fact.Name)] = provenance;
            return;
        }
    }

    /// <summary>The values given for a fact, the one that prevails first.</summary>
    private IEnumerable<(JsonElement Value, Provenance? Provenance, string Path)> Candidates(
        Fact fact, JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.Object) return Wrapped(json, path);
        if (json.ValueKind != JsonValueKind.Array || fact.Type is Feel.Types.ListType &&
            !json.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Object)) return [(json, null, path)];
        if (json.GetArrayLength() == 0) return [(json, null, path)];
        SideBySide |= json.GetArrayLength() > 1;
        return json.EnumerateArray().SelectMany((e, i) => Wrapped(e, $"{path}[{i}]"))
            .OrderBy(c => c.Provenance?.Source == fact.Register == declaredFirst ? 1 : 0);
    }

    private static IEnumerable<(JsonElement Value, Provenance? Provenance, string Path)> Wrapped(JsonElement json,
        string path)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("值", out var value))
            return [(json, null, path)];
        if (value.ValueKind == JsonValueKind.Null) return [];
        string? Text(string name) =>
            json.TryGetProperty(name, out var p) && p.ValueKind == JsonValueKind.String ? p.GetString() : null;
        var isChecked = json.TryGetProperty("人工核对", out var mark) && mark.ValueKind == JsonValueKind.True;
        return [(value, new Provenance(Text("来源") ?? "未注明", Text("时间"), isChecked), $"{path}.值")];
    }

    /// <summary>References default to the only object there is; then each target gets its inverse lists.</summary>
    private void Link(Record subject)
    {
        foreach (var (type, records) in _objects)
        {
            foreach (var reference in type.References)
            foreach (var record in records ?? [])
            {
                if (!record[reference.Slot].IsUnset) continue;
                if (reference.Target == dictionary.Subject) record[reference.Slot] = Value.Of(subject);
                else if (!reference.Optional && _objects[reference.Target] is [var only])
                    record[reference.Slot] = Value.Of(only);
            }
        }
        InverseLists.Fill(dictionary, _objects);
    }

    private List<Grant> ReadGrants(JsonElement root)
    {
        var grants = new List<Grant>();
        if (!root.TryGetProperty("已得", out var json) || json.ValueKind == JsonValueKind.Null) return grants;
        if (json.ValueKind != JsonValueKind.Array)
        {
            Report("facts.shape", "$.已得", "应是列表 [ … ]");
            return grants;
        }
        foreach (var (entry, index) in json.EnumerateArray().Select((e, i) => (e, i)))
        {
            var path = $"$.已得[{index}]";
            string? Text(string name) => entry.TryGetProperty(name, out var p) && p.ValueKind == JsonValueKind.String
                ? p.GetString() : null;
            if (entry.ValueKind != JsonValueKind.Object || Text("事项") is not { } item ||
                !entry.TryGetProperty("金额", out var amount) || CaseReader.Amount(amount)?.Amount is not { } money)
                Report("facts.grant", path, "已得要有“事项”和“金额”（元）",
                    "{\"事项\": \"4.1\", \"范围\": \"主体\", \"期\": \"2026\", \"金额\": \"420万元\"}");
            else grants.Add(new Grant(item, Text("范围"), Text("对象"), Text("期"), money));
        }
        return grants;
    }

    private void Report(string code, string path, string message, string? mend = null) =>
        Findings.Add(Finding.Error(code, new Location(file, 0, 0), $"{path}：{message}", mend));
}
