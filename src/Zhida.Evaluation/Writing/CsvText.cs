using System.Globalization;
using System.Text;

namespace Zhida.Evaluation.Writing;

/// <summary>CSV after RFC 4180, UTF-8 with a byte order mark (by which Excel knows it), a line at a time.</summary>
internal sealed class CsvText(Stream stream) : IDisposable
{
    private readonly StreamWriter _out =
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true)
        { NewLine = "\r\n" };

    private bool _begun;

    public void Cell(ReadOnlySpan<char> text)
    {
        if (_begun) _out.Write(',');
        _begun = true;
        if (text.IndexOfAny(",\"\r\n") < 0)
        {
            _out.Write(text);
            return;
        }
        _out.Write('"');
        foreach (var c in text)
        {
            if (c == '"') _out.Write('"');
            _out.Write(c);
        }
        _out.Write('"');
    }

    public void Cell(long number)
    {
        Span<char> digits = stackalloc char[20];
        number.TryFormat(digits, out var written, default, CultureInfo.InvariantCulture);
        Cell(digits[..written]);
    }

    public void EndLine()
    {
        _out.WriteLine();
        _begun = false;
    }

    public void Line(IEnumerable<string> cells)
    {
        foreach (var cell in cells) Cell(cell);
        EndLine();
    }

    public void Flush() => _out.Flush();

    public void Dispose() => _out.Dispose();
}
