using ParquetSharp;
using Encoding = System.Text.Encoding;

namespace Zhida.Evaluation.Population;

/// <summary>A value on its way to a table: a number of the column's scale, days, 0 or 1; or the place of a UTF-8 text
/// that lies still (<see cref="TextStore"/>).</summary>
internal readonly struct Cell
{
    private readonly int _length;

    private Cell(long value, int length) => (Value, _length) = (value, length);

    /// <summary>The number, or the address of the text.</summary>
    public long Value { get; }

    public static Cell Unknown { get; } = new(0, -1);

    public bool IsKnown => _length >= 0;

    public ByteArray Text => new((nint)Value, _length);

    public static Cell Of(long number) => new(number, 0);

    public static Cell Of(bool flag) => new(flag ? 1 : 0, 0);

    public static Cell Of(ByteArray text) => new(text.Pointer, text.Length);

    public unsafe ReadOnlySpan<byte> Bytes => new((void*)(nint)Value, _length);
}

/// <summary>Texts in memory that the collector doesn't move, one behind the other. Used by one thread, or read by
/// many once it is filled.</summary>
internal sealed class TextStore
{
    private const int BlockSize = 1 << 20;
    private readonly List<byte[]> _blocks = [];
    private int _block = -1;
    private int _used = BlockSize;

    public Cell Add(string text)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(Math.Min(text.Length, 256))];
        return text.Length > 256 ? Add(Encoding.UTF8.GetBytes(text))
            : Add(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    public unsafe Cell Add(ReadOnlySpan<byte> bytes)
    {
        if (_used + bytes.Length > BlockSize)
        {
            (_block, _used) = (_block + 1, 0);
            if (_block == _blocks.Count) _blocks.Add(GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true));
        }
        var block = _blocks[_block];
        bytes.CopyTo(block.AsSpan(_used));
        // The block is pinned and kept by this store.
        fixed (byte* at = &block[Math.Min(_used, BlockSize - 1)])
        {
            _used += bytes.Length;
            return Cell.Of(new ByteArray((nint)at, bytes.Length));
        }
    }

    /// <summary>Forgets every text; its memory is used again.</summary>
    public void Clear() => (_block, _used) = (-1, BlockSize);
}

/// <summary>Puts a text together from pieces: numbers, texts; without garbage.</summary>
internal ref struct TextBuilder(Span<byte> space)
{
    private readonly Span<byte> _space = space;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Bytes => _space[..Length];

    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_space[Length..]);
        Length += text.Length;
    }

    /// <summary>A number with at least so many digits.</summary>
    public void Add(long number, int digits = 1)
    {
        var most = 10L;
        var wide = 1;
        for (; wide < 18 && (number >= most || wide < digits); wide++) most *= 10;
        for (var i = wide - 1; i >= 0; i--, number /= 10) _space[Length + i] = (byte)('0' + number % 10);
        Length += wide;
    }
}
