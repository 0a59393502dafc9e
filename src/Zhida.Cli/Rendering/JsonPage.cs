using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Zhida.Cli.Rendering;

/// <summary>Prints JSON, indented, with Chinese as it is.</summary>
internal static class JsonPage
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints one object, whose members <paramref name="write"/> writes.</summary>
    public static void Print(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        Print(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    public static void Print(ReadOnlySpan<byte> utf8) => Screen.Line(Encoding.UTF8.GetString(utf8));

    /// <summary>An array of objects as a member.</summary>
    public static void Objects<T>(
        this Utf8JsonWriter json, string name, IEnumerable<T> entries, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            write(json, entry);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
