namespace Zhida.Casework.Paper;

/// <summary>A condition as it came out: 符合, 不符合 or 待补充, the values used, the official words it rests on, how far it is
/// from holding.</summary>
public sealed record ConditionFinding(string Label, string Outcome, string Values, string? Source, string? Gap);

/// <summary>A step of the worksheet: formula, the same with its values (null: nothing was put in), result.</summary>
public sealed record CalculationStep(string Name, string Formula, string? Substituted, string Result);

/// <summary>A cap: its name, its limit, what was used before, what was left; in words, for a cap may count 项.</summary>
public sealed record CapFinding(string Name, string Limit, string Used, string Left, bool Bites);

/// <summary>One line of a decision (SEMANTICS 3): what it is about, how it came out, its amount in words.</summary>
public sealed record LineFinding(
    string Name, string Outcome, string Amount, IReadOnlyList<ConditionFinding> Conditions,
    IReadOnlyList<CalculationStep> Steps, IReadOnlyList<CapFinding> Caps);

/// <summary>What a decision rests on: the version (bundle), its layers, 判定日, and every line with its worksheet.
/// </summary>
public sealed partial record Findings
{
    /// <summary>Number and name of the item.</summary>
    public required string Item { get; init; }

    /// <summary>The hash that names the version.</summary>
    public required string Bundle { get; init; }

    public required IReadOnlyList<string> Layers { get; init; }

    public required DateOnly On { get; init; }

    public required IReadOnlyList<LineFinding> Lines { get; init; }

    /// <summary>The conditions that failed, each with the line it failed on.</summary>
    internal IEnumerable<RefusalReason> Failures() => Lines.SelectMany(line => line.Conditions
        .Where(c => c.Outcome.StartsWith("不符合", StringComparison.Ordinal))
        .Select(c => new RefusalReason($"{line.Name}：未满足“{c.Label}”" + (c.Gap is { } gap ? $"，{gap}" : ""), c.Source)));

    internal IEnumerable<Block> Blocks()
    {
        yield return new Heading("判定依据和测算过程");
        yield return Table.OfFields(
            ("判定日", Amounts.Date(On)), ("政策版本", Bundle),
            ("适用细则", Layers.Count > 0 ? string.Join("、", Layers) : "只按正文"));
        foreach (var line in Lines)
            foreach (var block in OfLine(line)) yield return block;
    }

    private static IEnumerable<Block> OfLine(LineFinding line)
    {
        yield return new Heading($"{line.Name}：{line.Outcome}　{line.Amount}");
        if (line.Conditions.Count > 0)
            yield return new Table(
                [new Column("条件", 24), new Column("结果", 12, Alignment.Centre), new Column("所用数据", 28),
                    new Column("依据的原文", 36)],
                [.. line.Conditions.Select(c => (string[])
                    [c.Label, c.Gap is { } gap ? $"{c.Outcome}\n{gap}" : c.Outcome, c.Values, c.Source ?? "—"])]);
        if (line.Steps.Count > 0)
            yield return new Table(
                [new Column("测算步骤", 16), new Column("算法", 31), new Column("代入", 28),
                    new Column("结果", 25, Alignment.Right)],
                [.. line.Steps.Select(s => (string[])[s.Name, s.Formula, s.Substituted ?? "—", s.Result])]);
        if (line.Caps.Count > 0)
            yield return new Table(
                [new Column("上限", 34), new Column("限额", 22, Alignment.Right),
                    new Column("已用", 22, Alignment.Right), new Column("剩余", 22, Alignment.Right)],
                [.. line.Caps.Select(c => (string[])[c.Bites ? $"{c.Name}（起作用）" : c.Name, c.Limit, c.Used, c.Left])]);
    }
}
