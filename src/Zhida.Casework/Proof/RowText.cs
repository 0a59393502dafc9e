using System.Data.Common;
using System.Globalization;
using System.Text;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Proof;

/// <summary>
/// The text of a row that is hashed (docs/proof.md): a head line, then a line for each column,
/// <c>name type length:value</c>, with the length in bytes of UTF-8. The same on both databases; a value that is not of
/// its column's type, as SQLite would keep it, is written with the type that it has.
/// </summary>
internal static class RowText
{
    /// <summary>In place of a digest: the row was gone before it was sealed.</summary>
    public static byte[] Absent => new byte[Sm3.Size];

    /// <summary>The digests of rows by id; rows that don't exist are left out.</summary>
    public static Query DigestsOf(
        UnitOfWork work, SealedKind kind, IEnumerable<Guid> ids, IDictionary<Guid, byte[]> digests) =>
        new($"SELECT id, {SelectionOf(work.Kind, kind)} FROM {kind.Table} WHERE {work.Among("id", 1)}",
            [work.Ids(ids)], row => digests[row.GetGuid(0)] = Sm3.Hash(Of(work.Kind, kind, row)));

    private static string SelectionOf(DatabaseKind database, SealedKind kind) => string.Join(", ",
        kind.Fields.Select(f => database == DatabaseKind.PostgreSql
            ? $"\"{f.Name}\""
            // SQLite keeps in any column what is put there: only the bytes and their own type tell all.
            : $"typeof(\"{f.Name}\"), CAST(\"{f.Name}\" AS BLOB)"));

    private static byte[] Of(DatabaseKind database, SealedKind kind, DbDataReader row)
    {
        using var text = new MemoryStream();
        Write(text, $"zhida-row/1 {kind.Kind} {kind.Form}\n");
        for (var i = 0; i < kind.Fields.Count; i++)
        {
            var (name, declared) = kind.Fields[i];
            var (type, value) = database == DatabaseKind.PostgreSql
                ? ValueOf(row.GetValue(1 + i)) : StoredOf(declared, row, 1 + 2 * i);
            Write(text, $"{name} {type} {value.Length}:");
            text.Write(value);
            text.WriteByte((byte)'\n');
        }
        return text.ToArray();
    }

    private static (string Type, byte[] Value) ValueOf(object value) => value switch
    {
        DBNull => ("null", []),
        Guid id => ("uuid", Encoding.ASCII.GetBytes(id.ToString())),
        string text => ("text", Encoding.UTF8.GetBytes(text)),
        bool truth => ("boolean", truth ? "1"u8.ToArray() : "0"u8.ToArray()),
        byte[] bytes => ("bytes", bytes),
        IFormattable number => ("integer",
            Encoding.ASCII.GetBytes(number.ToString(null, CultureInfo.InvariantCulture))),
        _ => throw new InvalidOperationException($"a sealed column of type {value.GetType()}"),
    };

    private static (string Type, byte[] Value) StoredOf(string declared, DbDataReader row, int at)
    {
        var stored = row.GetString(at);
        if (stored == "null") return ("null", []);
        var bytes = row.GetFieldValue<byte[]>(at + 1);
        return (declared, stored) switch
        {
            ("boolean", "integer") => ("boolean", bytes),
            ("bytes", "blob") => ("bytes", bytes),
            ("uuid", "text") when IdOf(bytes) is { } id => ("uuid", Encoding.ASCII.GetBytes(id.ToString())),
            ("uuid", "text") => ("text-for-uuid", bytes),
            _ => (stored, bytes),
        };
    }

    /// <summary>As this program writes ids: other spellings are another value, for a key finds only one.</summary>
    private static Guid? IdOf(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return Guid.TryParseExact(text, "D", out var id) && !text.Any(char.IsAsciiLetterLower) ? id : null;
    }

    private static void Write(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));
}
