using System.Collections.Immutable;
using System.Globalization;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Policy.Loading;

/// <summary>A value as a cell gives it. An open place (待细则) has no value, only the type of what will stand there.
/// </summary>
/// <param name="EndsOpen">A list that ends with 等.</param>
internal sealed record CellValue(Value? Value, FeelType Type, bool EndsOpen = false)
{
    public bool IsOpen => Value is null;
}

/// <summary>Reads the values of parameters, table cells, steps and settings (docs/measure-files.md, 参数).</summary>
internal sealed class ValueReader(Report report)
{
    public static readonly Unit Yuan = Unit.Of("元");
    public static readonly Unit PerYear = Unit.None.Per(Unit.Of("年"));

    private static readonly FeelType Share = new NumberType(Unit.None, 0, 1);
    private static readonly FeelType Rate = new NumberType(PerYear, 0);
    private static readonly FeelType Names = new ListType(FeelType.Text);
    private static readonly string[] RateEndings = ["利率", "贴息率", "费率"];

    private static readonly string[] TypeWords =
        ["占比", "比率", "利率", "金额", "数", "是否", "文本", "日期", "名单"];

    /// <summary>Null where the cell is no value; that is reported. <paramref name="typeWord"/> is what the column 类型
    /// says, empty where it says nothing.</summary>
    public CellValue? Read(Passage cell, string name, Passage typeWord)
    {
        var word = typeWord.Text;
        if (word.Length > 0 && !TypeWords.Contains(word))
        {
            report.Error("value.type", typeWord, $"不认识的类型“{word}”", $"可写：{string.Join("、", TypeWords)}");
            word = "";
        }
        if (cell.IsEmpty)
        {
            report.Error("value.empty", cell, $"“{name}”没有值", "写上值；还没有定的写 待细则（单位）");
            return null;
        }
        if (cell.Span.StartsWith("待细则")) return Open(cell, name, word);
        var value = Plain(cell, word == "名单");
        if (value is null)
        {
            report.Error("value.form", cell, $"“{cell.Text}”不是值",
                "写数量（100万元、1.5%/年、6.5折）、日期（2026-03-01）、是或否、“文字”、甲；乙；丙，或 待细则（单位）");
            return null;
        }
        if (!Fits(cell, name, word, value)) return null;
        return word switch
        {
            "比率" => value with { Type = new NumberType(Unit.None, 0) },
            "占比" => value with { Type = Share },
            _ => value,
        };
    }

    private static CellValue? Plain(Passage cell, bool isList)
    {
        var text = cell.Text;
        if (text is "是" or "否") return new CellValue(Value.Of(text == "是"), FeelType.Boolean);
        if (text.Contains('；') || isList) return List(cell);
        if (text.Length >= 2 && (text[0], text[^1]) is ('“', '”') or ('"', '"'))
            return new CellValue(Value.Of(text[1..^1]), FeelType.Text);
        if (TryDate(text, out var date)) return new CellValue(Value.Of(date), FeelType.Date);
        if (!Quantity.TryParse(text, out var number, out var unit, out var isPercent)) return null;
        FeelType type = isPercent && unit.IsNone ? Share : unit.Equals(PerYear) ? Rate : new NumberType(unit);
        return new CellValue(Value.Of(number), type);
    }

    private static CellValue List(Passage cell)
    {
        var parts = cell.Split('；').Select(p => p.Text.Trim('“', '”', '"')).ToList();
        var endsOpen = parts.Count > 0 && parts[^1] == "等";
        if (endsOpen) parts.RemoveAt(parts.Count - 1);
        return new CellValue(Value.OfList([.. parts.Select(Value.Of)]), Names, endsOpen);
    }

    public static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>What name, declared type and value must agree on.</summary>
    private bool Fits(Passage cell, string name, string word, CellValue value)
    {
        if (LacksPeriod(cell, name, word, value.Type)) return false;
        if (word.Length > 0 && word != WordOf(value.Type) &&
            !(word is "比率" or "数" && value.Type is NumberType) && !(word == "占比" && IsBare(value.Type)))
        {
            report.Error("value.type", cell, $"类型写的是{word}，值却是{WordOf(value.Type)}", "改类型或改值");
            return false;
        }
        var isShare = word != "比率" && (value.Type == Share || word == "占比");
        if (!isShare || value.Value is not { IsNumber: true } v || v.Number is >= 0 and <= 1) return true;
        report.Error("value.share", cell, $"占比应在0到100%之间，这里是{cell.Text}", "确实可以超过100%的，在“类型”一栏写 比率");
        return false;
    }

    private bool LacksPeriod(Passage cell, string name, string word, FeelType type)
    {
        var isRate = word == "利率" || word.Length == 0 && RateEndings.Any(name.EndsWith);
        if (!isRate || type is not NumberType { Unit.IsNone: true }) return false;
        report.Error("value.period", cell, $"“{name}”是利率，却没有写期间", "写成 1.5%/年");
        return true;
    }

    private CellValue? Open(Passage cell, string name, string word)
    {
        var said = cell.TryBracket(out var before, out var inside) && before.Is("待细则");
        if (!said && word.Length > 0 && cell.Is("待细则")) inside = cell;
        else if (!said || inside.IsEmpty)
        {
            report.Error("value.open", cell, "没有写明将来填什么", "写成 待细则（金额）、待细则（占比）、待细则（天/年，360至366）");
            return null;
        }
        var parts = said ? inside.Split('，', ',') : [];
        var what = said ? parts[0].Text : word;
        var (type, mend) = OpenType(what);
        if (type is null)
        {
            report.Error("value.open", parts[0], $"不认识“{what}”", mend);
            return null;
        }
        if (LacksPeriod(cell, name, word, type)) return null;
        if (parts.Count > 1 && type is NumberType number) type = WithRange(number, parts[1]);
        return type is null ? null : new CellValue(null, type);
    }

    private static (FeelType? Type, string? Mend) OpenType(string what)
    {
        FeelType? known = what switch
        {
            "占比" => Share,
            "比率" => new NumberType(Unit.None, 0),
            "利率" => Rate,
            "金额" or "元" => new NumberType(Yuan, 0),
            "是否" => FeelType.Boolean,
            "文本" => FeelType.Text,
            "日期" => FeelType.Date,
            "名单" => Names,
            "数" => new NumberType(Unit.None, 0),
            _ => null,
        };
        if (known is not null) return (known, null);
        var (unit, mend) = UnitText.Parse(what);
        return (unit is null ? null : new NumberType(unit, 0), mend);
    }

    /// <summary><c>360至366</c>, in the unit of the type or with units of their own.</summary>
    public NumberType? WithRange(NumberType type, Passage range)
    {
        var at = range.Span.IndexOf('至');
        if (at > 0 && TryEnd(range.Slice(0, at).Trim(), type, out var low) &&
            TryEnd(range.From(at + 1).Trim(), type, out var high) && low <= high)
            return type with { Minimum = low, Maximum = high };
        report.Error("value.range", range, $"“{range.Text}”不是范围", "写成 360至366，小的在前");
        return null;
    }

    private static bool TryEnd(Passage text, NumberType type, out decimal number) =>
        Quantity.TryParse(text.Text, out number, out var unit, out _) && (unit.IsNone || unit.Equals(type.Unit));

    private static bool IsBare(FeelType type) => type is NumberType { Unit.IsNone: true };

    /// <summary>The type in the words of the column 类型.</summary>
    public static string WordOf(FeelType type) => type switch
    {
        NumberType { Unit.IsNone: true, Maximum: 1 } => "占比",
        NumberType { Unit: { } unit } when unit.Equals(Yuan) => "金额",
        NumberType { Unit: { } unit } when unit.Equals(PerYear) => "利率",
        NumberType { Unit: { IsNone: false } unit } => $"数（{unit}）",
        NumberType => "数",
        ListType => "名单",
        StringType => "文本",
        _ when type == FeelType.Boolean => "是否",
        _ when type == FeelType.Date => "日期",
        _ => type.Name,
    };

    /// <summary>Whether a value may stand where a place of the given type was left open; else what is wrong.</summary>
    public static string? Misfit(CellValue value, FeelType open)
    {
        if (value.Type is NumberType given && open is NumberType wanted)
        {
            if (!Equals(given.Unit, wanted.Unit)) return $"应填{Describe(wanted)}，这里是{Describe(given)}";
            if (value.Value is not { } v || !(v.Number < wanted.Minimum) && !(v.Number > wanted.Maximum)) return null;
            return $"超出范围{Show(wanted.Minimum)}至{Show(wanted.Maximum)}";
        }
        return value.Type.GetType() == open.GetType() && (value.Type is not SimpleType || value.Type == open)
            ? null : $"应填{Describe(open)}，这里是{Describe(value.Type)}";
    }

    private static string Describe(FeelType type) => WordOf(type);

    private static string Show(decimal? end) => end?.ToString("0.####", CultureInfo.InvariantCulture) ?? "不限";

    /// <summary>Enumerated options, split at ；.</summary>
    public static ImmutableArray<string> Options(Passage cell) => [.. cell.Split('；').Select(p => p.Text)];
}
