using Zhida.Feel;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>From the files facts.md to the layouts of objects: 编号 and 申报时间, facts, what they refer to, and the lists
/// that run the other way (docs/measure-files.md, section 5). Derived facts are added by <see
/// cref="DefinitionsReader"/>.</summary>
internal sealed class DictionaryReader(Report report, NameRules names)
{
    public const string Subject = "主体";

    private static readonly string[] Required = ["名称", "类型", "问题"];
    private static readonly string[] Optional = ["单位", "取值", "登记"];

    private readonly Dictionary<string, ObjectType> _objects = new(StringComparer.Ordinal);
    private readonly FactTypes _types = new(report);

    /// <summary>Reads the common file and those that add to it: a file may open objects of its own and give further
    /// facts to objects that are there already.</summary>
    public Dictionary Read(IReadOnlyList<MarkdownFile> files)
    {
        var sections = files.SelectMany(Open).ToList();
        if (!_objects.ContainsKey(Subject))
        {
            report.Error("dictionary.subject", files[0].Root.Title, "数据字典里没有“主体”", "加一节 ## 主体");
            _objects.Add(Subject, new ObjectType(Subject, "", files[0].Root.Title.Location));
            AddBasics(_objects[Subject]);
        }
        foreach (var parts in sections.GroupBy(s => s.Type)) ReadFacts(parts.Key, parts.Select(p => p.Section));
        foreach (var (type, section) in sections) ReadReferences(type, section);
        foreach (var (type, section) in sections.DistinctBy(s => s.Type))
            if (!Reaches(type, [])) report.Error("dictionary.reach", section.Title,
                $"“{type.Name}”没有指向主体，也没有指向归主体的对象", "在表格之前写一行 指向：主体");
        return new Dictionary(_objects);
    }

    private List<(ObjectType Type, Section Section)> Open(MarkdownFile file)
    {
        var sections = new List<(ObjectType Type, Section Section)>();
        foreach (var section in file.Seconds)
        {
            var name = section.Title.Text;
            if (name != Subject && !names.Check(section.Title, "对象")) continue;
            if (sections.Exists(s => s.Type.Name == name))
            {
                report.Error("name.duplicate", section.Title, $"对象“{name}”写了两次", "合并成一节");
                continue;
            }
            if (!_objects.TryGetValue(name, out var type))
                _objects.Add(name, type = new ObjectType(name, Description(section), section.Title.Location));
            sections.Add((type, section));
        }
        return sections;
    }

    private static bool IsReferenceLine(Passage text) => text.Span.StartsWith("指向：") || text.Span.StartsWith("指向:");

    private static string Description(Section section) =>
        section.Parts.OfType<TextPart>().FirstOrDefault(p => !IsReferenceLine(p.Passage))?.Passage.Text ?? "";

    private void ReadFacts(ObjectType type, IEnumerable<Section> sections)
    {
        AddBasics(type);
        foreach (var section in sections) ReadTables(type, section);
        AddLine(type);
    }

    private void ReadTables(ObjectType type, Section section)
    {
        foreach (var table in section.Parts.OfType<TablePart>()) ReadTable(type, table, yearly: false);
        foreach (var part in section.Children)
        {
            if (part.Title.Is("年度"))
                foreach (var table in part.Parts.OfType<TablePart>()) ReadTable(type, table, yearly: true);
            else report.Error("form.section", part.Title, $"不认识的小节“{part.Title.Text}”", "对象之下只能有 ### 年度");
        }
    }

    private static void AddBasics(ObjectType type)
    {
        Add(type, type.Record, type.Facts, new Fact("编号", FactKind.Text, FeelType.Text, 0, "编号是什么？", "",
            type.Location));
        Add(type, type.Record, type.Facts,
            new Fact("申报时间", FactKind.Date, FeelType.Date, 1, "是哪一天申报的？", "申报", type.Location));
    }

    private void ReadTable(ObjectType type, TablePart table, bool yearly)
    {
        var (record, facts) = yearly ? (type.YearRecord, type.YearFacts) : (type.Record, type.Facts);
        foreach (var row in TableView.Open(table, report, Required, Optional).Rows)
        {
            var name = row["名称"];
            if (!names.Check(name, "数据项", isMember: true)) continue;
            if (record.SlotOf(name.Text) >= 0 ||
                yearly && name.Text is ("年度" or "起" or "止"))
            {
                report.Error("name.duplicate", name, $"“{type.Name}.{name.Text}”与别的名称重复", "换一个名称");
                continue;
            }
            if (row["问题"].IsEmpty)
                report.Error("fact.question", name, $"“{name.Text}”没有写问题", "在“问题”一栏用平常话写怎样问申报人");
            // A fact of a wrong type still has its name, so that its users are not wrong too.
            var (kind, feel) = _types.Read(row["类型"], row["单位"], row["取值"]) ?? (FactKind.Text, FeelType.Any);
            Add(type, record, facts, new Fact(name.Text, kind, feel, record.Members.Count, row["问题"].Text,
                row["登记"].Text, name.Location) { Yearly = yearly });
        }
    }

    private static void Add(ObjectType type, RecordType record, List<Fact> facts, Fact fact)
    {
        fact.Object = type;
        record.Add(new RecordMember(fact.Name, fact.Type, new MissingFact(() => fact)));
        facts.Add(fact);
    }

    /// <summary>行: 年度, 起, 止, then the year's facts.</summary>
    private static void AddLine(ObjectType type)
    {
        type.LineRecord.Add(new RecordMember("年度", FeelType.PureNumber, new MissingPeriod("年度")));
        type.LineRecord.Add(new RecordMember("起", FeelType.Date, new MissingPeriod("起")));
        type.LineRecord.Add(new RecordMember("止", FeelType.Date, new MissingPeriod("止")));
        foreach (var fact in type.YearFacts)
            type.LineRecord.Add(new RecordMember(fact.Name, fact.Type, new MissingFact(() => fact)));
    }

    private void ReadReferences(ObjectType type, Section section)
    {
        foreach (var line in section.Parts.OfType<TextPart>().Where(p => IsReferenceLine(p.Passage)))
        foreach (var word in line.Passage.From(3).Split('、', '，'))
        {
            var optional = word.Span.EndsWith("？") || word.Span.EndsWith("?");
            var name = optional ? word.Slice(0, word.Length - 1).Trim() : word;
            if (!_objects.TryGetValue(name.Text, out var target) || target == type)
                report.Error("dictionary.reference", name, $"数据字典里没有可指向的对象“{name.Text}”",
                    Nearest.Mend(name.Text, _objects.Keys.Where(o => o != type.Name)));
            else if (type.Record.SlotOf(target.Name) >= 0 || target.Record.SlotOf(type.Name) >= 0)
                report.Error("name.duplicate", name, $"“{type.Name}”与“{target.Name}”之间的名称重复", "每个对象只指向一次，不互相指向");
            else Refer(type, target, optional);
        }
    }

    private static void Refer(ObjectType type, ObjectType target, bool optional)
    {
        type.References.Add(new Program.Reference(target, type.Record.Add(
            new RecordMember(target.Name, target.Record, new MissingObject(target))), optional));
        target.Lists.Add(new InverseList(type, target.Record.Add(
            new RecordMember(type.Name, new ListType(type.Record), new MissingObject(type)))));
    }

    private static bool Reaches(ObjectType type, HashSet<ObjectType> seen) =>
        type.Name == Subject || seen.Add(type) && type.References.Any(r => Reaches(r.Target, seen));
}
