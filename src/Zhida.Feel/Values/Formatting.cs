using System.Globalization;
using System.Text;

namespace Zhida.Feel.Values;

/// <summary>Values as text.</summary>
public static class Formatting
{
    /// <summary>Text stops here with …: values can share parts, so their text can be far longer than they
    /// are.</summary>
    private const int MaxLength = 1_000_000;

    private const int MaxDepth = 100;

    /// <summary>The literal form: 1.5, "a\"b", @"2026-03-01", [1, 2], {a: 1}, [1..2). What has no literal is described:
    /// function(a, b), 未知（为什么）.</summary>
    public static string ToFeelString(in Value value)
    {
        var text = new StringBuilder();
        Write(text, value, 0);
        return text.ToString();
    }

    /// <summary>The text that <c>string()</c> gives (DMN 1.5, 10.3.4.1): strings, dates and durations bare, parts of
    /// lists and contexts in literal form. Null has no text: the caller decides.</summary>
    public static string ToText(in Value value) => value.Kind switch
    {
        ValueKind.String => value.Text,
        ValueKind.Date => FeelDate.Format(value.Days),
        ValueKind.Time => Temporal.FormatTime(value.NanosecondOfDay, value.Zone),
        ValueKind.DateTime => Temporal.FormatDateTime(value.Days, value.NanosecondOfDay, value.Zone),
        ValueKind.DaysDuration => Temporal.FormatSeconds(value.Number),
        ValueKind.MonthsDuration => Temporal.FormatMonths(value.Months),
        _ => ToFeelString(value),
    };

    /// <summary>Digits without an exponent and without trailing zeros.</summary>
    public static string Number(decimal number) =>
        number.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>The kind in Chinese, for messages.</summary>
    public static string KindName(ValueKind kind) => kind switch
    {
        ValueKind.Null => "空值",
        ValueKind.Unknown => "未知",
        ValueKind.Boolean => "是否值",
        ValueKind.Number => "数字",
        ValueKind.String => "文本",
        ValueKind.Date => "日期",
        ValueKind.Time => "时刻",
        ValueKind.DateTime => "日期时间",
        ValueKind.DaysDuration => "天时时长",
        ValueKind.MonthsDuration => "年月时长",
        ValueKind.List => "列表",
        ValueKind.Context => "上下文",
        ValueKind.Range => "区间",
        ValueKind.Function => "函数",
        _ => "无值",
    };

    private static void Write(StringBuilder text, in Value value, int depth)
    {
        if (depth > MaxDepth || text.Length > MaxLength)
        {
            text.Append('…');
            return;
        }
        switch (value.Kind)
        {
            case ValueKind.Unset or ValueKind.Null: text.Append("null"); break;
            case ValueKind.Unknown: text.Append("未知（").Append(value.Cause.Describe()).Append('）'); break;
            case ValueKind.Boolean: text.Append(value.IsTrue ? "true" : "false"); break;
            case ValueKind.Number: text.Append(Number(value.Number)); break;
            case ValueKind.String: Quote(text, value.Text); break;
            case ValueKind.List: WriteList(text, value.Items, depth); break;
            // Records refer to each other in circles: their id stands for them.
            case ValueKind.Context when value.Context is Record record:
                text.Append(record.Type.Name).Append('#').Append(record.Id);
                break;
            case ValueKind.Context: WriteContext(text, value.Context, depth); break;
            case ValueKind.Range: WriteRange(text, value.Range, depth); break;
            case ValueKind.Function:
                text.Append("function(").AppendJoin(", ", value.Function.ParameterNames).Append(')');
                break;
            default: text.Append("@\"").Append(ToText(value)).Append('"'); break;
        }
    }

    private static void WriteList(StringBuilder text, Value[] items, int depth)
    {
        text.Append('[');
        for (var i = 0; i < items.Length && text.Length <= MaxLength; i++)
        {
            if (i > 0) text.Append(", ");
            Write(text, items[i], depth + 1);
        }
        text.Append(']');
    }

    private static void WriteContext(StringBuilder text, FeelContext context, int depth)
    {
        text.Append('{');
        var first = true;
        foreach (var name in context.Names)
        {
            if (!context.TryGet(name, out var member) || text.Length > MaxLength) continue;
            if (!first) text.Append(", ");
            first = false;
            if (IsPlainName(name)) text.Append(name);
            else Quote(text, name);
            text.Append(": ");
            Write(text, member, depth + 1);
        }
        text.Append('}');
    }

    private static void WriteRange(StringBuilder text, FeelRange range, int depth)
    {
        if (range.Start.IsNull != range.End.IsNull)
        {
            var upper = range.Start.IsNull;
            text.Append(upper ? "<" : ">").Append((upper ? range.EndIncluded : range.StartIncluded) ? "=" : "")
                .Append(' ');
            Write(text, upper ? range.End : range.Start, depth + 1);
            return;
        }
        text.Append(range.StartIncluded ? '[' : '(');
        Write(text, range.Start, depth + 1);
        text.Append("..");
        Write(text, range.End, depth + 1);
        text.Append(range.EndIncluded ? ']' : ')');
    }

    private static bool IsPlainName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c == '_');

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }
}
