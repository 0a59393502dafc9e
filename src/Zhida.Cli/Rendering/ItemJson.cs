using System.Text.Json;
using Zhida.Policy.Program;

namespace Zhida.Cli.Rendering;

/// <summary>An item as JSON: what <see cref="ItemPage"/> shows.</summary>
internal static class ItemJson
{
    public static void Write(Utf8JsonWriter json, Item item, ItemSource source)
    {
        json.WriteString("item", item.Id);
        json.WriteString("title", item.Title);
        json.WriteString("measure", item.Measure.Title);
        Strings(json, "departments", item.Departments);
        Strings(json, "header", source.Header(item.Location));
        Strings(json, "text", ItemPage.Quotes(item));
        json.Objects("parameters", item.Parameters.SelectMany(p => p.Values.Select(v => (p.Name, Value: v))), (j, p) =>
            Members(j, ("name", p.Name), ("value", p.Value.Text), ("from", ItemPage.From(p.Value)),
                ("source", p.Value.Basis?.Quote), ("layer", p.Value.Layer)));
        json.Objects("readings", item.Readings, (j, r) =>
        {
            Members(j, ("question", r.Question), ("current", r.Current), ("confirmed", r.Confirmation));
            Strings(j, "options", r.Options);
        });
        json.Objects("definitions", item.Definitions, (j, d) => Members(j, ("name", d.Name), ("expression", d.Text)));
        json.Objects("tables", item.Tables, (j, t) =>
        {
            Members(j, ("name", t.Name), ("hitPolicy", t.Node.Policy.ToString()));
            Strings(j, "rows", source.Table(t.Location));
        });
        json.Objects("conditions", item.Conditions, (j, c) => Members(j, ("label", c.Label), ("expression", c.Text),
            ("source", c.Basis?.Quote), ("layer", c.Layer)));
        json.WriteString("amount", item.Amount.Text);
        json.Objects("caps", item.Caps, (j, c) => Members(j, ("name", c.Name), ("scope", c.ScopeName),
            ("period", c.Period.ToString()), ("limit", c.Text), ("shared", c.SharedName), ("layer", c.Layer)));
        Strings(json, "exclusions", item.ExclusionGroups);
        Strings(json, "payers", item.Payers.Select(p => p.Name));
        json.Objects("steps", item.Steps, (j, s) =>
            Members(j, ("name", s.Name), ("actor", s.Actor), ("days", s.Days?.Text)));
        Strings(json, "materials", item.Materials.Select(m => m.Name));
        Strings(json, "services", item.Services.Select(s => s.Text));
        Strings(json, "open", item.OpenPlaces.Select(o => o.Name));
        json.Objects("examples", item.Examples, (j, e) =>
        {
            Members(j, ("name", e.Name), ("arithmetic", e.Arithmetic));
            j.WriteStartObject("expected");
            foreach (var (column, cell) in e.Expected) j.WriteString(column, cell);
            j.WriteEndObject();
        });
    }

    private static void Members(Utf8JsonWriter json, params (string Name, string? Value)[] members)
    {
        foreach (var (name, value) in members) json.WriteString(name, value);
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
