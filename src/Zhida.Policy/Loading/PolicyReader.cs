using System.Globalization;
using Zhida.Feel.Types;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Policy.Loading;

/// <summary>What one load shares.</summary>
internal sealed record LoadContext(
    Report Report, PolicyFiles Files, Dictionary Dictionary, NameRules Names, ValueReader Values, Settings Settings,
    ReferenceTables Tables, Func<Zhida.Feel.Binding.Scope> NewScope, bool WithExamples);

/// <summary>From the files of a policy and its layers to a <see cref="PolicyDocument"/>.</summary>
internal sealed class PolicyReader
{
    private static readonly string[] Required = ["政策", "名称", "状态", "印发日", "执行期限"];
    private static readonly string[] Optional = ["发布机关", "原文"];
    private static readonly string[] LayerRequired = ["层", "政策", "名称"];
    private static readonly string[] LayerOptional = ["说明", "管辖", "印发日"];

    private readonly LoadContext _load;
    private readonly Report _report;
    private readonly PolicySource _source;
    private readonly IReadOnlyList<PolicySource> _layers;
    private readonly string? _text;
    private readonly BasisReader _bases;

    public PolicyReader(PolicySource source, IReadOnlyList<PolicySource> layers, LoadContext load)
    {
        (_source, _layers, _load, _report) = (source, layers, load, load.Report);
        source.Main.Front.Check(_report, Required, Optional);
        foreach (var layer in layers) CheckLayer(layer.Main.Front);
        _text = ReadText();
        _bases = new BasisReader(_report, _text);
    }

    private void CheckLayer(FrontMatter front)
    {
        front.Check(_report, LayerRequired, LayerOptional);
        if (front["管辖"] is { } place && _load.Tables.Divisions.FullName(place.Text) is null)
            _report.Error("layer.division", place, $"“{place.Text}”不是管辖的地方", "写区划代码，如 210200；沈抚示范区写 LN-SFXQ");
    }

    private string TextFile => $"{_source.Folder}/{_source.Main.Front.Text("原文")}";

    public PolicyDocument Read()
    {
        var front = _source.Main.Front;
        var issued = ReadIssueDate();
        var (months, termBasis) = ReadTerm();
        var outline = new PolicyOutline(_source, _layers, _bases, _report);
        outline.Read();
        var context = new PolicyContext(_source.Id, _report, _load.Dictionary, _load.Names, _bases, _load.Values,
            _load.Settings, _load.NewScope, _load.WithExamples);
        var items = outline.Items.Select(i => ItemBinder.Bind(i, context)).OfType<Item>().ToList();
        var place = front["印发日"]?.Location ?? front.Place.Location;
        return new PolicyDocument
        {
            Id = _source.Id, Title = front.Text("名称"), Status = front.Text("状态"), Issuer = front.Text("发布机关"),
            IssueDate = issued, TermMonths = months, TermBasis = termBasis,
            LastDay = months > 0 ? issued?.AddMonths(months).AddDays(-1) : null,
            OpenIssueDate = new OpenPlace("印发日", FeelType.Date, place), OfficialText = _text,
            OfficialTextFile = _text is null ? "" : TextFile, Quotes = _source.Quotes(),
            Location = new Location(_source.Main.Path, 1, 1), Measures = outline.Measures, Items = items,
            Layers = [.. _layers.Select(l => l.ToLayer())], Waivers = outline.Waivers,
            Capabilities = outline.Capabilities,
        };
    }

    private string? ReadText()
    {
        if (_source.Main.Front["原文"] is not { } name) return null;
        if (_load.Files.Use(TextFile) is { } bytes) return SourceText.Of(TextFile, bytes).Text;
        _report.Error("policy.text", name, $"没有原文文件“{name.Text}”", $"把原文存为 {TextFile}");
        return null;
    }

    /// <summary>The policy's own date, else the setting's, else the first layer's that gives one; null: open.</summary>
    private DateOnly? ReadIssueDate()
    {
        var official = ReadDate(_source.Main.Front["印发日"], mayBeOpen: true);
        var own = official;
        foreach (var layer in _layers)
        {
            if (layer.Main.Front["印发日"] is not { } cell) continue;
            if (own is null) own = ReadDate(cell, mayBeOpen: false);
            else _report.Error("layer.fixed", cell, "印发日在上一层已定，这一层不能改动", "删去这一行");
        }
        if (official is not null || _load.Settings.Take("印发日") is not { } setting) return own;
        return ReadDate(setting, mayBeOpen: false);
    }

    private DateOnly? ReadDate(Passage? cell, bool mayBeOpen)
    {
        if (cell is not { } text || mayBeOpen && text.Is("待定")) return null;
        if (ValueReader.TryDate(text.Text, out var date)) return date;
        _report.Error("policy.date", text, $"“{text.Text}”不是日期", mayBeOpen ? "写 2026-03-01 或 待定" : "写 2026-03-01");
        return null;
    }

    private (int Months, Basis? Basis) ReadTerm()
    {
        if (_source.Main.Front["执行期限"] is not { } cell) return (0, null);
        var (words, rest) = BasisReader.Cut(cell);
        var basis = _bases.OfLine(rest, null);
        if (words.Is("无") || words.Is("不限")) return (0, basis);
        if (Quantity.TryParse(words.Text, out var number, out var unit, out _) && number is > 0 and < 1200 &&
            decimal.Truncate(number) == number)
        {
            if (unit.Equals(Unit.Of("月"))) return ((int)number, basis);
            if (unit.Equals(Unit.Of("年"))) return ((int)number * 12, basis);
        }
        _report.Error("policy.term", words, $"“{words.Text}”不是期限", "写 12个月、3年，或 不限");
        return (0, basis);
    }
}
