using System.Collections.Immutable;
using Zhida.Feel.Functions;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Unpublished = Zhida.Policy.Program.Unpublished;

namespace Zhida.Policy.Reference;

/// <summary>The functions that measure files have beside FEEL's own (docs/measure-files.md, section 5). A dated table
/// that says nothing reliable about a day makes the result unknown with the cause <see cref="Unpublished"/>.</summary>
public static class PolicyFunctions
{
    private const int MaxWorkdays = 10_000;

    private static readonly FeelType Day = FeelType.Date;
    private static readonly FeelType Days = Counted("天", 0);

    public static IReadOnlyList<Builtin> All(ReferenceTables tables) =>
    [
        Lpr(tables.Lpr),
        Bounded(Function("天数", Days, static (_, a) => Value.Of((decimal)Civil.Days(a[0].Days, a[1].Days)),
            ("起", Day), ("止", Day)), static a => CountDays(a[0], a[1])),
        Bounded(Function("交叠天数", Days,
            static (_, a) => Value.Of((decimal)Civil.Overlap(a[0].Days, a[1].Days, a[2].Days, a[3].Days)),
            ("起一", Day), ("止一", Day), ("起二", Day), ("止二", Day)),
            static a => CountDays(Interval.Max([a[0], a[2]]), Interval.Min([a[1], a[3]]))),
        Function("整年数", Counted("年"), static (_, a) => Value.Of((decimal)(Months(a) / 12)), ("起", Day), ("止", Day)),
        Function("整月数", Counted("月"), static (_, a) => Value.Of((decimal)Months(a)), ("起", Day), ("止", Day)),
        Function("工作日后", Day, (call, a) => AfterWorkdays(tables.Calendar, call, a),
            ("日期", Day), ("天数", Counted("工作日"))),
        Function("属于", FeelType.Boolean, (call, a) => Within(tables.Industries, call, a[0].Text, a[1].Text),
            ("代码", FeelType.Text), ("前缀", FeelType.Text)),
        Function("区划名称", FeelType.Text,
            (call, a) => tables.Divisions.FullName(a[0].Text) is { } name
                ? Value.Of(name)
                : call.Fail(tables.Divisions.Problem(a[0].Text)!),
            ("代码", FeelType.Text)),
        Function("行业中类", new NumberType(Unit.None, 0, 999),
            (call, a) => tables.Industries.Group(a[0].Text) is { } group
                ? Value.Of((decimal)group)
                : call.Fail(tables.Industries.Problem(a[0].Text) ?? $"行业代码“{a[0].Text}”要写到中类（3位）或小类（4位）"),
            ("代码", FeelType.Text)),
    ];

    private static Builtin Lpr(LprTable table)
    {
        var result = new NumberType(Unit.None.Per(Unit.Of("年")), 0, 1);
        var form = new Form(
            [new("日期", Day), new("期限", FeelType.Text)],
            types => types[1] is StringType { IsEnumeration: true } tenor && tenor.Allowed.Any(v => !IsTenor(v))
                ? new TypeResult(result, $"没有这样的期限：{tenor}", "期限用“1年期”或“5年期以上”")
                : result,
            (call, a) =>
            {
                if (!IsTenor(a[1].Text)) return call.Fail($"LPR没有“{a[1].Text}”这一期限：只有“1年期”和“5年期以上”");
                return table.Rate(a[0].Days, a[1].Text) is { } rate
                    ? Value.Of(rate)
                    : NotPublished("LPR", a[0].Days);
            });
        return new Builtin("LPR", [form]);
    }

    private static bool IsTenor(string text) => text is LprTable.OneYear or LprTable.FiveYears;

    private static long Months(ReadOnlySpan<Value> dates) => Civil.WholeMonths(dates[0].Days, dates[1].Days);

    private static Value AfterWorkdays(WorkCalendar calendar, Call call, ReadOnlySpan<Value> arguments)
    {
        var count = arguments[1].Number;
        if (count < 0 || count > MaxWorkdays || count != decimal.Truncate(count))
            return call.Fail($"工作日数应为0到{MaxWorkdays}的整数，实为{count}");
        return calendar.After(arguments[0].Days, (int)count) is { } day
            ? Value.OfDate(day)
            : NotPublished("放假调休安排", arguments[0].Days);
    }

    /// <summary>Divisions by the beginning of their code, industries with or without the letter of their section.
    /// </summary>
    private static Value Within(Industries industries, Call call, string code, string whole)
    {
        if (whole.Length == 0) return call.Fail("属于：前缀不能为空");
        var zone = code == Divisions.Zone || whole == Divisions.Zone;
        var industry = !zone && (char.IsAsciiLetter(whole[0]) || (code.Length > 0 && char.IsAsciiLetter(code[0])));
        if (!industry) return Value.Of(Divisions.Within(code, whole));
        if (char.IsAsciiLetter(whole[0]) && industries.Section(whole) is null)
            return call.Fail($"属于：{industries.Problem(whole)}");
        return industries.Within(code, whole) is { } within
            ? Value.Of(within)
            : call.Fail($"属于：“{code}”不是行业代码，例如 3525 或 C3525");
    }

    private static Value NotPublished(string table, long day) =>
        Value.Unknown(new Unpublished(table, FeelDate.Format(day)));

    private static NumberType Counted(string unit, decimal? minimum = null) => new(Unit.Of(unit), minimum);

    private static Builtin Function(
        string name, FeelType result, Implementation run, params ReadOnlySpan<(string Name, FeelType Type)> parameters)
    {
        var formal = ImmutableArray.CreateBuilder<Parameter>(parameters.Length);
        foreach (var (parameter, type) in parameters) formal.Add(new Parameter(parameter, type));
        return new Builtin(name, [new Form(formal.MoveToImmutable(), _ => result, run)]);
    }

    private static Builtin Bounded(Builtin function, Func<IReadOnlyList<Interval>, Interval> bounds) =>
        function with { Forms = [function.Forms[0] with { Bounds = bounds }] };

    /// <summary>Most days from the earliest first to the latest last, least from the latest first to the earliest last.
    /// </summary>
    private static Interval CountDays(Interval first, Interval last) => new(
        first.Upper is { } late && last.Lower is { } early ? Math.Max(0, early - late + 1) : 0,
        first.Lower is { } from && last.Upper is { } to ? Math.Max(0, to - from + 1) : null);
}
