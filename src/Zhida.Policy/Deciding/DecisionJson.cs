using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>A decision as JSON (docs/decision.schema.json). Amounts are decimal strings in 元 with two places; absent is
/// null, never zero.</summary>
public static class DecisionJson
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Decision decision)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options)) Write(json, decision);
        return stream.ToArray();
    }

    /// <summary>The questions alone: <c>{"nextQuestions": […]}</c>.</summary>
    public static byte[] WriteQuestions(IReadOnlyList<Question> questions)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            Array(json, "nextQuestions", questions, WriteQuestion);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Decision decision)
    {
        json.WriteStartObject();
        json.WriteString("bundle", decision.Bundle);
        Strings(json, "policies", decision.Policies);
        Strings(json, "layers", decision.Layers);
        Strings(json, "layerNotes", decision.LayerNotes);
        json.WriteStartObject("settings");
        foreach (var (name, value) in decision.Settings) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteString("on", decision.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("factsHash", Canonical.Hash(decision.Facts));
        json.WritePropertyName("facts");
        decision.Facts.WriteTo(json);
        Array(json, "nextQuestions", decision.NextQuestions, WriteQuestion);
        Array(json, "items", decision.Items, WriteItem);
        json.WriteEndObject();
    }

    private static void WriteQuestion(Utf8JsonWriter json, Question question)
    {
        json.WriteStartObject();
        json.WriteString("fact", question.Path);
        json.WriteString("text", question.Text);
        Strings(json, "items", question.Items);
        json.WriteString("stake", Money(question.Stake));
        json.WriteString("reason", question.Reason);
        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, ItemResult item)
    {
        json.WriteStartObject();
        json.WriteString("item", item.Item.Id);
        json.WriteString("title", item.Item.Title);
        WriteOutcome(json, item.Outcome, item.AmountState, item.Amount, item.Bound);
        if (item.NoObject) json.WriteString("reason", $"没有{item.Item.Object.Name}");
        Array(json, "lines", item.Lines, WriteLine);
        json.WriteEndObject();
    }

    private static void WriteOutcome(
        Utf8JsonWriter json, Outcome outcome, AmountState state, decimal? amount, decimal? bound)
    {
        json.WriteString("outcome", Words.Of(outcome));
        json.WriteString("amountState", Words.Of(state));
        json.WriteString("amount", Money(amount));
        json.WriteString("bound", Money(bound));
    }

    private static void WriteLine(Utf8JsonWriter json, Line line)
    {
        json.WriteStartObject();
        json.WriteString("object", line.Object.Id);
        json.WriteString("period", line.Period);
        WriteOutcome(json, line.Outcome, line.AmountState, line.Amount, line.Bound);
        json.WriteBoolean("preview", line.AsIfInForce);
        json.WriteString("firstFailed", line.FirstFailed < 0 ? null : line.Item.Conditions[line.FirstFailed].Label);
        json.WriteString("givenUp", line.GivenUp);
        Array(json, "conditions", line.Conditions, WriteCondition);
        Array(json, "caps", line.Caps, WriteCap);
        Array(json, "payers", line.Payers, (j, p) =>
        {
            j.WriteStartObject();
            j.WriteString("payer", p.Payer);
            j.WriteString("amount", Money(p.Amount));
            j.WriteEndObject();
        });
        Array(json, "missing", line.Missing, (j, m) =>
        {
            j.WriteStartObject();
            j.WriteString("fact", m.Path);
            j.WriteString("object", m.Object);
            j.WriteString("text", m.Question);
            j.WriteEndObject();
        });
        Strings(json, "open", line.Open);
        Strings(json, "notes", line.Notes);
        Array(json, "readings", line.Readings, WriteReading);
        Array(json, "worksheet", line.Worksheet, WriteStep);
        json.WriteEndObject();
    }

    private static void WriteCondition(Utf8JsonWriter json, ConditionResult result)
    {
        json.WriteStartObject();
        json.WriteString("label", result.Condition.Label);
        json.WriteString("outcome", Words.Of(result.Outcome));
        if (result.AsIfInForce) json.WriteBoolean("preview", true);
        json.WriteString("expression", result.Condition.Text);
        Array(json, "values", result.Values, (j, v) =>
        {
            j.WriteStartObject();
            j.WriteString("name", v.Name);
            j.WriteString("value", v.Value);
            j.WriteString("source", v.Source);
            j.WriteString("time", v.Time);
            j.WriteEndObject();
        });
        json.WriteString("source", result.Source);
        json.WriteString("gap", result.Gap);
        Strings(json, "reasons", result.Reasons);
        json.WriteEndObject();
    }

    private static void WriteCap(Utf8JsonWriter json, CapResult cap)
    {
        json.WriteStartObject();
        json.WriteString("cap", cap.Cap.Name);
        json.WriteString("scope", cap.Cap.ScopeName);
        json.WriteString("key", cap.Key);
        json.WriteString("period", cap.Period);
        json.WriteString("account", cap.Account);
        json.WriteString("limit", Money(cap.Limit));
        json.WriteString("used", Money(cap.Used));
        json.WriteString("left", Money(cap.Left));
        json.WriteBoolean("bites", cap.Bites);
        json.WriteEndObject();
    }

    private static void WriteReading(Utf8JsonWriter json, ReadingResult result)
    {
        json.WriteStartObject();
        json.WriteString("question", result.Reading.Question);
        json.WriteString("current", result.Current);
        json.WriteString("confirmed", result.Reading.IsConfirmed ? result.Reading.Confirmation : null);
        Array(json, "alternatives", result.Alternatives, (j, a) =>
        {
            j.WriteStartObject();
            j.WriteString("option", a.Option);
            j.WriteString("outcome", a.Outcome is { } outcome ? Words.Of(outcome) : null);
            j.WriteString("amountState", a.AmountState is { } state ? Words.Of(state) : null);
            j.WriteString("amount", Money(a.Amount));
            j.WriteString("bound", Money(a.Bound));
            j.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, WorksheetStep step)
    {
        json.WriteStartObject();
        json.WriteString("name", step.Name);
        json.WriteString("formula", step.Formula);
        json.WriteString("substituted", step.Substituted);
        json.WriteString("result", step.Result);
        json.WriteEndObject();
    }

    /// <summary>800000.00; more places only where the number has them.</summary>
    public static string? Money(decimal? amount) => amount?.ToString("0.00########", CultureInfo.InvariantCulture);

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Array<T>(
        Utf8JsonWriter json, string name, IReadOnlyList<T> values, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values) write(json, value);
        json.WriteEndArray();
    }
}
