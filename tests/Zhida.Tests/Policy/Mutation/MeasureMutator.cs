using Zhida.Policy;
using Zhida.Policy.Checking;
using Zhida.Policy.Loading;

namespace Zhida.Tests.Policy.Mutation;

/// <summary>All mutants of a measure file (or of policy.md): what each item's sections but 示例 hold, and the figures of
/// the quoted text.</summary>
internal sealed class MeasureMutator
{
    private readonly List<Mutant> _mutants = [];
    private readonly SourceText _source;
    private readonly MarkdownFile _file;

    private MeasureMutator(SourceText source)
    {
        _source = source;
        _file = MarkdownFile.Parse(source, new Report());
    }

    public static IReadOnlyList<Mutant> Of(string path, byte[] bytes)
    {
        var mutator = new MeasureMutator(SourceText.Of(path, bytes));
        mutator.Read();
        return mutator._mutants;
    }

    private void Read()
    {
        foreach (var quote in _file.Root.Children.Concat(_file.Seconds).SelectMany(s => s.Parts).OfType<QuotePart>())
        foreach (var line in quote.Lines)
        foreach (var figure in OfficialText.Figures(line.Text))
            RaiseFigure(MutantKind.FigureOfQuote, null, line.Slice(figure.Start, figure.Text.Length), line);
        if (_file.Front["执行期限"] is { } term && term.TryCut("依据", out var months, out var basis))
        {
            RaiseFigure(MutantKind.FigureOfValue, null, months, term);
            RaiseFigure(MutantKind.FigureOfBasis, null, basis, term);
        }
        foreach (var section in _file.Seconds)
        {
            var item = ItemSource.Of(section, new("", "", [], default))?.Number.Text;
            if (item is null) ReadSection(section, item);
            else foreach (var part in section.Parts) Codes(item, part.Passage);
            foreach (var child in section.Children) ReadSection(child, item);
        }
    }

    private void ReadSection(Section section, string? item)
    {
        var kind = new LayeredSection(section, null).Kind;
        if (kind is "示例" or "不设规则的文句" or "能力") return;
        foreach (var part in section.Parts) Codes(item, part.Passage);
        var tables = section.Parts.OfType<TablePart>().ToList();
        if (kind == "参数") tables.ForEach(t => Parameters(t, item));
        if (kind == "表") tables.ForEach(t => Tiers(t, item));
        if (kind == "上限")
            Drop(MutantKind.CapDropped, item, section, [.. tables.SelectMany(t => t.Rows).Select(r => r.Passage)]);
        if (kind == "条件")
            Drop(MutantKind.ConditionDropped, item, section,
                [.. section.Parts.OfType<ListPart>().SelectMany(l => l.Lines).Select(l => l.Text)]);
    }

    private void Parameters(TablePart table, string? item)
    {
        var header = table.Header.Select(h => h.Text).ToList();
        var (value, basis) = (header.IndexOf("值"), header.IndexOf("依据"));
        var rows = table.Rows.Where(r => IsFigure(r.Cells[value])).ToList();
        foreach (var row in rows) RaiseFigure(MutantKind.FigureOfValue, item, row.Cells[value], row.Passage);
        foreach (var row in table.Rows)
        {
            if (basis >= 0) RaiseBold(item, row.Cells[basis]);
            Listed(item, row.Cells[value], row.Passage);
        }
        Swap(item, rows, value, basis);
    }

    private void Tiers(TablePart table, string? item)
    {
        var inputs = table.Header.TakeWhile(h => h.Span.StartsWith("`")).Count();
        var outputs = table.Header.Skip(inputs).TakeWhile(h => h.Span.StartsWith("→")).Count();
        foreach (var row in table.Rows)
        {
            foreach (var cell in row.Cells.Take(inputs)) Expression(item, cell, isTests: true, row.Passage);
            foreach (var cell in row.Cells.Skip(inputs).Take(outputs).Where(IsFigure))
                RaiseFigure(MutantKind.FigureOfValue, item, cell, row.Passage);
            foreach (var cell in row.Cells.Skip(inputs + outputs)) RaiseBold(item, cell);
        }
        for (var output = inputs; output < inputs + outputs; output++)
            Swap(item, [.. table.Rows.Where(r => IsFigure(r.Cells[output]))], output, -1);
    }

    /// <summary>Not an open place, an expression, or a text that happens to hold digits (the number of a standard).
    /// </summary>
    private static bool IsFigure(Passage cell) =>
        cell.Span.IndexOfAnyInRange('0', '9') >= 0 && cell.Span[0] is not ('`' or '“' or '"') &&
        !cell.Span.StartsWith("待细则");

    /// <summary>Every two figures change places: the values alone, then the values with the words that fix them, which
    /// only the examples can tell.</summary>
    private void Swap(string? item, List<TableLine> rows, int value, int basis)
    {
        for (var i = 0; i < rows.Count; i++)
        for (var j = i + 1; j < rows.Count; j++)
        {
            var (a, b) = (rows[i].Cells[value], rows[j].Cells[value]);
            if (a.Text == b.Text) continue;
            Edit[] values = [Replace(a, b.Text), Replace(b, a.Text)];
            var change = $"{rows[i].Cells[0]} ⟦{a} ↔ {b}⟧ {rows[j].Cells[0]}";
            Add(MutantKind.FiguresSwapped, item, a, change, values);
            if (basis < 0 || !rows[i].Cells[basis].Span.Contains('*')) continue;
            var (p, q) = (rows[i].Cells[basis], rows[j].Cells[basis]);
            Add(MutantKind.FiguresSwapped, item, a, change + " with 依据",
                [.. values, Replace(p, q.Text), Replace(q, p.Text)]);
        }
    }

    private static Edit Replace(Passage passage, string text) => new(passage.Start, passage.Length, text);

    private void RaiseBold(string? item, Passage cell)
    {
        var open = cell.Span.IndexOf("**");
        if (open < 0) return;
        var length = cell.Span[(open + 2)..].IndexOf("**");
        RaiseFigure(MutantKind.FigureOfBasis, item, cell.Slice(open + 2, length), cell);
    }

    private void RaiseFigure(MutantKind kind, string? item, Passage figure, Passage within)
    {
        if (ExpressionMutator.Raise(figure.Text) is { } edit) Add(kind, item, within, figure.Start, edit);
    }

    /// <summary>甲；乙；等: each listed value left out in turn.</summary>
    private void Listed(string? item, Passage cell, Passage row)
    {
        if (cell.Span.StartsWith("待细则")) return;
        var parts = cell.Split('；');
        if (parts.Count(p => !p.Is("等")) < 2) return;
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Is("等")) continue;
            var (start, end) = i + 1 < parts.Count ? (parts[i].Start, parts[i + 1].Start)
                : (parts[i - 1].Start + parts[i - 1].Length, parts[i].Start + parts[i].Length);
            Add(MutantKind.ListedValueDropped, item, row, 0, new Edit(start, end - start, ""));
        }
    }

    private void Drop(MutantKind kind, string? item, Section section, List<Passage> rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var (start, end) = rows.Count == 1
                ? (LineStart(section.Title.Start), section.Parts[^1].Passage.Start + section.Parts[^1].Passage.Length)
                : (LineStart(rows[i].Start), Math.Min(_source.Text.Length, rows[i].Start + rows[i].Length + 1));
            var numbers = kind != MutantKind.ConditionDropped ? []
                : rows.Skip(i + 1).Select((row, n) => new Edit(LineStart(row.Start),
                    _source.Text.AsSpan(LineStart(row.Start)).IndexOf('.'), $"{i + 1 + n}"));
            Add(kind, item, rows[i], $"⟦{rows[i]}→⟧", [new Edit(start, end - start, ""), .. numbers]);
        }
    }

    private int LineStart(int at) => _source.Text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;

    private void Codes(string? item, Passage passage)
    {
        foreach (var line in MarkdownFile.Lines(passage))
        for (var rest = line; rest.TryCode(out var code, out _);)
        {
            Expression(item, code, isTests: false, code);
            rest = rest.From(code.Start + code.Length + 1 - rest.Start);
        }
    }

    private void Expression(string? item, Passage code, bool isTests, Passage within)
    {
        foreach (var (kind, edit) in ExpressionMutator.Of(code.Text, isTests))
            Add(kind, item, within, code.Start, edit);
    }

    private void Add(MutantKind kind, string? item, Passage within, int offset, Edit edit)
    {
        var moved = edit with { Start = edit.Start + offset };
        var at = moved.Start - within.Start;
        var (before, old) = (within.Slice(0, at).Text, within.Slice(at, edit.Length).Text);
        Add(kind, item, within.From(at), $"{before}⟦{old}→{edit.Text}⟧{within.From(at + edit.Length)}", [moved]);
    }

    private void Add(MutantKind kind, string? item, Passage at, string change, IReadOnlyList<Edit> edits) =>
        _mutants.Add(new Mutant(kind, item, at.Location, change, edits));
}
