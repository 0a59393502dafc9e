using Zhida.Feel;
using System.Globalization;
using System.Text.Json.Nodes;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>Section 示例: facts (a base for all rows, then a row an example) and what a person worked out from the text.
/// </summary>
internal sealed class ExamplesReader(
    ItemContext context, Header header, PeriodRule? period, IReadOnlyList<Reading> readings, IReadOnlyList<Cap> caps,
    IReadOnlyList<Payer> payers)
{
    /// <summary>Columns of what is expected.</summary>
    public static readonly string[] Expected = ["结果", "状态", "金额", "上限", "首个不符", "缺", "择优"];

    /// <summary>What a column about a payer's part begins with: 资金.省级财政.</summary>
    public const string PayerColumn = "资金.";

    /// <summary>All columns that are not facts.</summary>
    public static readonly string[] Known = ["名称", .. Expected, "算式", "判定日"];

    private readonly Report _report = context.Report;
    private readonly List<Example> _examples = [];

    public List<Example> Read()
    {
        foreach (var section in context.Source.Of("示例"))
        {
            var heading = ExampleHeading.Read(section, _report);
            var columns = new List<(ExampleColumn Column, Passage Cell)>();
            foreach (var part in section.Section.Parts)
            {
                if (part is ListPart list) columns.AddRange(list.Lines.Select(ReadBase)
                    .OfType<(ExampleColumn, Passage)>());
                else if (part is TablePart table) ReadTable(table, heading, columns);
                else if (part is TextPart text && !text.Passage.Span.StartsWith("基准") &&
                    !SectionLines.IsRemark(text.Passage))
                    _report.Error("form.block", text.Passage, "示例里只写基准列表和表格", "说明写 注：…");
            }
        }
        return _examples;
    }

    private (ExampleColumn, Passage)? ReadBase(ListLine line)
    {
        if (!line.Text.TryCut("：:", out var path, out var value) || value.IsEmpty)
        {
            _report.Error("form.line", line.Text, "基准里的每一条应是 路径：值", "例如 - 贷款.本金：8000万元");
            return null;
        }
        return Column(path) is { } column ? (column, value) : null;
    }

    private ExampleColumn? Column(Passage path) =>
        ExampleColumn.Read(path, context.Object, context.Policy.Dictionary, _report);

    private void ReadTable(
        TablePart table, ExampleHeading heading, IReadOnlyList<(ExampleColumn Column, Passage Cell)> defaults)
    {
        if (table.Header.Count == 0 || !table.Header[0].Is("名称"))
            _report.Error("form.column", table.Passage, "示例表的第一列应是 名称", "每个示例起一个名称");
        var columns = table.Header.Select((h, i) => IsFact(h) ? Column(h) : null).ToList();
        foreach (var row in table.Rows)
            _examples.Add(ReadRow(table, row, columns, heading, defaults));
    }

    private bool IsFact(Passage head)
    {
        if (Known.Contains(head.Text) || head.Span.StartsWith("已得")) return false;
        if (head.Span.StartsWith(PayerColumn))
        {
            var payer = head.From(PayerColumn.Length).Text;
            if (payers.All(p => p.Name != payer))
                _report.Error("example.path", head, $"没有承担方“{payer}”", Nearest.Mend(payer, payers.Select(p => p.Name)));
            return false;
        }
        if (!head.Span.StartsWith("口径.")) return true;
        if (readings.All(r => r.Question != head.From(3).Text))
            _report.Error("example.reading", head, $"没有口径“{head.From(3).Text}”",
                Nearest.Mend(head.From(3).Text, readings.Select(r => r.Question)));
        return false;
    }

    private Example ReadRow(
        TablePart table, TableLine row, List<ExampleColumn?> columns, ExampleHeading heading,
        IReadOnlyList<(ExampleColumn Column, Passage Cell)> defaults)
    {
        var own = columns.Zip(row.Cells).Where(c => c.First is not null && !c.Second.IsEmpty)
            .Select(c => (Column: c.First!, Cell: c.Second)).ToList();
        var cells = defaults.Where(d => own.TrueForAll(o => o.Column.Path != d.Column.Path)).Concat(own).ToList();
        var switched = new Dictionary<string, string>(StringComparer.Ordinal);
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        var (on, name, arithmetic) = (heading.DecisionDate, row.Passage, "");
        foreach (var (head, cell) in table.Header.Zip(row.Cells))
        {
            if (head.Is("名称")) name = cell;
            if (cell.IsEmpty) continue;
            if (head.Is("算式")) arithmetic = cell.Text;
            else if (head.Is("判定日")) on = ExampleHeading.Date(cell, _report);
            else if (Expected.Contains(head.Text) || head.Span.StartsWith(PayerColumn))
                expected[head.Text] = ExpectedCell(head.Text, cell);
            else if (head.Span.StartsWith("口径.")) Switch(switched, head.From(3).Text, cell);
        }
        var years = Years(cells, on ?? heading.IssueDate);
        var facts = new ExampleFacts(context.Policy.Dictionary, context.Object, _report).Build(cells, years);
        AddGrants(facts, table, row, switched, years);
        return new Example
        {
            Name = name.Text, ItemId = $"{context.Policy.Id}:{context.Source.Number.Text}", Layers = heading.Layers,
            IssueDate = heading.IssueDate, DecisionDate = on, Settings = heading.Settings, Readings = switched,
            Facts = facts, Expected = expected, Arithmetic = arithmetic, Location = row.Passage.Location,
        };
    }

    private void Switch(Dictionary<string, string> switched, string question, Passage cell)
    {
        if (readings.FirstOrDefault(r => r.Question == question) is not { } reading) return;
        if (reading.Options.Contains(cell.Text)) switched[question] = cell.Text;
        else _report.Error("example.reading", cell, $"口径“{question}”没有读法“{cell.Text}”",
            $"从中选一个：{string.Join("、", reading.Options)}");
    }

    private string ExpectedCell(string column, Passage cell)
    {
        foreach (var part in cell.Split('；'))
        {
            var value = part.TryCut("：:", out _, out var after) ? after : part;
            if (value.Span.EndsWith("*")) value = value.Slice(0, value.Length - 1).Trim();
            if (ExampleWords.Problem(column, value.Text) is var (problem, mend))
                _report.Error("example.expected", value, problem, mend);
        }
        return cell.Text;
    }

    /// <summary>The calendar years of the accrual, or of the event; else the year of the day.</summary>
    private List<string> Years(IReadOnlyList<(ExampleColumn Column, Passage Cell)> cells, DateOnly? day)
    {
        DateOnly? DateOf(string path) =>
            cells.FirstOrDefault(c => c.Column.Path == path) is { Column: not null } found &&
            ValueReader.TryDate(found.Cell.Text, out var date) ? date : null;
        DateOnly? from = null, to = null;
        if (header["期间"] is { } accrual &&
            ItemContext.CodeOf(accrual).Text.Trim('[', ']', ' ').Split("..") is [var a, var b])
            (from, to) = (DateOf(a.Trim()), DateOf(b.Trim()));
        else if (header["事项发生日"] is { } happened) from = to = DateOf(ItemContext.CodeOf(happened).Text);
        from ??= to ?? day;
        to ??= from;
        if (from is not { } first || to is not { } last) return [];
        return [.. Enumerable.Range(first.Year, Math.Clamp(last.Year - first.Year + 1, 1, 100))
            .Select(y => y.ToString(CultureInfo.InvariantCulture))];
    }

    private void AddGrants(
        JsonObject facts, TablePart table, TableLine row, Dictionary<string, string> switched, List<string> years)
    {
        var grants = new JsonArray();
        foreach (var (head, cell) in table.Header.Zip(row.Cells))
            if (head.Span.StartsWith("已得") && !cell.IsEmpty && GrantOf(head, cell, switched, years) is { } grant)
                grants.Add(grant);
        if (grants.Count > 0) facts["已得"] = grants;
    }

    /// <summary><c>已得（范围，周期）</c> or <c>已得（范围#编号，周期，期）</c>.</summary>
    private JsonObject? GrantOf(Passage head, Passage cell, Dictionary<string, string> switched, List<string> years)
    {
        var parts = head.TryBracket(out _, out var inside) ? inside.Split('，', ',') : [];
        var whose = parts.Count > 0 ? parts[0].Text : "";
        var (scope, id) = whose.Split('#') is [var s, var i] ? (s, i) : (whose, null);
        var cap = parts.Count is 2 or 3
            ? caps.FirstOrDefault(c => c.ScopeName == scope && Word(c.Period) == parts[1].Text) : null;
        if (cap is null)
        {
            _report.Error("example.grant", head, $"没有这样的上限：{head.Text}",
                caps.Count == 0 ? "本事项没有上限"
                    : $"可写：{string.Join("、", caps.Select(c => $"已得（{c.ScopeName}，{Word(c.Period)}）").Distinct())}");
            return null;
        }
        if (ExampleWords.Problem("金额", cell.Text) is var (problem, mend) && !cell.Span.EndsWith("项"))
        {
            _report.Error("example.value", cell, problem, mend);
            return null;
        }
        var grant = new JsonObject { ["事项"] = $"{context.Policy.Id}:{context.Source.Number.Text}", ["范围"] = scope };
        if (id is not null) grant["对象"] = id;
        if (parts.Count == 3) grant["期"] = parts[2].Text;
        else if (cap.Period == CapPeriod.Line && KindOf(switched) == PeriodKind.CalendarYear && years.Count > 0)
            grant["期"] = years[0];
        grant["金额"] = cell.Text;
        return grant;
    }

    private PeriodKind? KindOf(Dictionary<string, string> switched) =>
        period?.Reading is { } reading && switched.TryGetValue(reading.Question, out var option)
            ? PeriodWords.Parse(option) : period?.Kind;

    private static string Word(CapPeriod period) => period switch
    {
        CapPeriod.Line => "年度", CapPeriod.Policy => "政策期", _ => "一次",
    };
}
