using Zhida.Feel.Binding;
using Zhida.Feel.Types;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>Section 口径: questions that the text leaves to a reading, with the one in force; layers and settings switch
/// it. A list that ends with 等 brings a question of its own.</summary>
internal sealed class ReadingsReader(ItemContext context)
{
    private static readonly string[] Required = ["问题", "现行"];
    private static readonly string[] Optional = ["读法", "确认"];

    /// <summary>The options of 未列NAME.</summary>
    public static readonly string[] UnlistedOptions = ["待补充", "视为符合", "视为不符合"];

    private readonly Report _report = context.Report;
    private readonly List<Reading> _readings = [];

    public RecordType Record { get; } = new("口径");

    public List<Reading> Read(IReadOnlyList<(Passage Name, Symbol Unlisted)> openLists)
    {
        // The policy's common readings stand first among the sections, but behind the item's own readings.
        var sections = context.Source.Of("口径").ToList();
        foreach (var section in sections.OrderBy(s => s.Layer is not null ? 2 : s.IsCommon ? 1 : 0))
            ReadSection(section, openLists);
        foreach (var (name, unlisted) in openLists)
            if (!_readings.Exists(r => r.Question == unlisted.Name)) Add(Unlisted(name, unlisted, name.Location));
        for (var i = 0; i < _readings.Count; i++) _readings[i] = Switched(_readings[i]);
        return _readings;
    }

    private void ReadSection(LayeredSection section, IReadOnlyList<(Passage Name, Symbol Unlisted)> openLists)
    {
        foreach (var table in section.Section.Parts.OfType<TablePart>())
        foreach (var row in TableView.Open(table, _report, Required, Optional).Rows)
        {
            var question = row["问题"];
            if (!context.Policy.Names.Check(question, "口径", isMember: true)) continue;
            var known = _readings.FindIndex(r => r.Question == question.Text);
            if (known >= 0 && section.Layer is null)
                _report.Error("name.duplicate", question, $"口径“{question.Text}”写了两次", "只留一个，或换一个名称");
            else if (known >= 0) _readings[known] = Overlay(_readings[known], row, section.Layer!);
            else if (openLists.FirstOrDefault(l => l.Unlisted.Name == question.Text) is { Unlisted: { } unlisted } list)
                Add(Overlay(Unlisted(list.Name, unlisted, question.Location), row, section.Layer));
            else if (ReadNew(row) is { } reading) Add(reading with { Layer = section.Layer });
        }
    }

    private static Reading Unlisted(Passage list, Symbol unlisted, Location at) =>
        new(unlisted.Name, -1, UnlistedOptions, UnlistedOptions[0], "待确认", at)
        {
            Unlisted = new UnlistedSlot(unlisted.Slot, new UnlistedValue(list.Text)),
        };

    private void Add(Reading reading)
    {
        var slot = Record.Add(new RecordMember(reading.Question, new StringType([.. reading.Options]),
            new UnsetCause("口径." + reading.Question)));
        _readings.Add(reading with { Slot = slot });
    }

    private Reading? ReadNew(TableRow row)
    {
        var options = ValueReader.Options(row["读法"]);
        if (options.Length < 2 || options.Distinct().Count() < options.Length)
        {
            _report.Error("reading.options", row["读法"], $"口径“{row["问题"].Text}”至少要有两种不同的读法", "用 ； 隔开：甲；乙");
            return null;
        }
        var current = row["现行"].Text;
        if (!options.Contains(current))
        {
            _report.Error("reading.current", row["现行"], $"现行的“{current}”不在读法之中", $"从中选一个：{string.Join("、", options)}");
            current = options[0];
        }
        return new Reading(row["问题"].Text, -1, options, current, row["确认"].Text, row["问题"].Location);
    }

    /// <summary>A row that switches a reading which is there already.</summary>
    private Reading Overlay(Reading reading, TableRow row, string? layer)
    {
        if (!row["读法"].IsEmpty && !ValueReader.Options(row["读法"]).SequenceEqual(reading.Options))
            _report.Error("layer.fixed", row["读法"], $"口径“{reading.Question}”的读法与上一层不同", "这一层只能换现行的读法；“读法”可以不写");
        if (reading.Options.Contains(row["现行"].Text))
            return reading with { Current = row["现行"].Text, Confirmation = row["确认"].Text, Layer = layer };
        _report.Error("reading.current", row["现行"], $"现行的“{row["现行"].Text}”不在读法之中",
            $"从中选一个：{string.Join("、", reading.Options)}");
        return reading;
    }

    private Reading Switched(Reading reading)
    {
        if (context.Setting("口径." + reading.Question) is not { } setting) return reading;
        if (reading.Options.Contains(setting.Text)) return reading with { Current = setting.Text, Layer = "--set" };
        _report.Error("reading.current", setting, $"口径“{reading.Question}”没有读法“{setting.Text}”",
            $"从中选一个：{string.Join("、", reading.Options)}");
        return reading;
    }
}
