using System.Globalization;
using System.Text.Json.Nodes;
using ParquetSharp;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Populations;

/// <summary>Reads a written population back, without what wrote it: each subject as the JSON of decide.</summary>
internal sealed class PopulationReader(string folder, Dictionary dictionary)
{
    private readonly SortedDictionary<string, JsonObject> _subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Subject, string Type, string Id), JsonObject> _objects = [];

    /// <summary>By id, in the order of ids.</summary>
    public IReadOnlyDictionary<string, JsonObject> Read()
    {
        foreach (var table in TableLayout.Of(dictionary))
            foreach (var row in Rows(table.Name)) Take(table, row);
        foreach (var row in Rows(TableLayout.Grants))
            ListOf((string)row[TableLayout.Subject]!, TableLayout.Grants).Add(new JsonObject(row
                .Where(c => c.Key != TableLayout.Subject && c.Value is not null)
                .Select(c => KeyValuePair.Create(c.Key, Json(c.Value!)))));
        return _subjects;
    }

    /// <summary>The rows of a table, as values by column.</summary>
    public IEnumerable<Dictionary<string, object?>> Rows(string table)
    {
        using var file = new ParquetFileReader(Path.Combine(folder, table + ".parquet"));
        for (var g = 0; g < file.FileMetaData.NumRowGroups; g++)
        {
            using var group = file.RowGroup(g);
            var count = (int)group.MetaData.NumRows;
            var columns = Enumerable.Range(0, file.FileMetaData.NumColumns)
                .Select(c => (file.FileMetaData.Schema.Column(c).Name, Values: Column(group, c, count))).ToList();
            for (var i = 0; i < count; i++) yield return columns.ToDictionary(c => c.Name, c => c.Values[i]);
        }
    }

    private static object?[] Column(RowGroupReader group, int index, int count)
    {
        using var column = group.Column(index);
        using var reader = column.LogicalReader();
        return reader.Apply(new Reading(count));
    }

    private sealed class Reading(int count) : ILogicalColumnReaderVisitor<object?[]>
    {
        public object?[] OnLogicalColumnReader<T>(LogicalColumnReader<T> reader) =>
            [.. reader.ReadAll(count).Cast<object?>()];
    }

    private void Take(TableLayout table, Dictionary<string, object?> row)
    {
        var isSubject = table.Object == dictionary.Subject;
        if (isSubject && !table.Yearly) TakeSubject(table, row);
        else if (table.Yearly)
        {
            var (subject, id) = ((string)row[TableLayout.Subject]!, (string)row[table.Object.Name]!);
            var owner = _objects[(subject, table.Object.Name, id)];
            if (owner["年度"] is not JsonObject years) owner["年度"] = years = [];
            years.Add(((long)row[TableLayout.Year]!).ToString(CultureInfo.InvariantCulture), Facts(table, row));
        }
        else
        {
            var (subject, id) = ((string)row[TableLayout.Subject]!, (string)row[TableLayout.Id]!);
            var made = Facts(table, row);
            _objects.Add((subject, table.Object.Name, id), made);
            ListOf(subject, table.Object.Name).Add(made);
        }
    }

    private void TakeSubject(TableLayout table, Dictionary<string, object?> row)
    {
        var unknown = ((string?)row[TableLayout.UnknownObjects] ?? "").Split(TableLayout.Separator);
        var subject = new JsonObject { ["主体"] = Facts(table, row) };
        foreach (var type in dictionary.Objects.Values)
            if (type != dictionary.Subject && !unknown.Contains(type.Name)) subject[type.Name] = new JsonArray();
        _subjects.Add((string)row[TableLayout.Id]!, subject);
    }

    private JsonArray ListOf(string subject, string name)
    {
        var all = _subjects[subject];
        if (all[name] is not JsonArray list) all[name] = list = [];
        return list;
    }

    private static JsonObject Facts(TableLayout table, Dictionary<string, object?> row)
    {
        var facts = new JsonObject();
        foreach (var column in table.Columns)
        {
            if (row[column.Name] is not { } value) continue;
            if (column.Role is ColumnRole.Id or ColumnRole.Reference) facts[column.Name] = (string)value;
            else if (column.Fact is { Kind: FactKind.Choices or FactKind.Names })
                facts[column.Name] = new JsonArray([.. ((string)value).Split(TableLayout.Separator)
                    .Where(t => t != TableLayout.EmptyList).Select(t => (JsonNode)t)]);
            else if (column.Fact is not null) facts[column.Name] = Json(value);
        }
        return facts;
    }

    private static JsonNode? Json(object value) => value switch
    {
        string text => text,
        bool flag => flag,
        long number => number,
        decimal number => number,
        Date day => day.DateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"{value.GetType()}"),
    };
}
