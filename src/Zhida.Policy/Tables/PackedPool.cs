using System.Runtime.InteropServices;
using System.Text;

namespace Zhida.Policy.Tables;

/// <summary>A pool of one chunk whose texts lie one behind the other as UTF-8: no object a text, so that millions of
/// ids cost little. Strings are made when they are asked for. Filled and read by one thread.</summary>
public sealed class PackedPool : Pool
{
    private byte[] _bytes;
    private int[] _ends;
    private int[] _slots;
    private int _count = 1;

    /// <param name="texts">How many texts are expected; it grows where there are more.</param>
    public PackedPool(int texts = 64)
    {
        _bytes = new byte[Math.Max(texts, 16) * 16];
        _ends = new int[Math.Max(texts, 16) + 1];
        _slots = new int[SlotsFor(texts)];
    }

    public override int Count => _count;

    public override string this[int code] => code == 0 ? "" : Encoding.UTF8.GetString(Utf8(code));

    /// <summary>The bytes of the text of a code; valid until the next text is added.</summary>
    public ReadOnlySpan<byte> Utf8(int code) =>
        code == 0 ? default : _bytes.AsSpan(_ends[code - 1], _ends[code] - _ends[code - 1]);

    public override int Find(string text) => Find(text.AsSpan());

    public override int Find(ReadOnlySpan<char> text)
    {
        Span<byte> buffer = stackalloc byte[256];
        var size = Encoding.UTF8.GetByteCount(text);
        if (size > buffer.Length) buffer = new byte[size];
        return FindUtf8(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    public int FindUtf8(ReadOnlySpan<byte> text) => _slots[SlotOf(text)];

    public override int Add(string text) => AddUtf8(Encoding.UTF8.GetBytes(text));

    /// <summary>The code of a text, which is added where it is new.</summary>
    public int AddUtf8(ReadOnlySpan<byte> text)
    {
        var slot = SlotOf(text);
        if (_slots[slot] is > 0 and var known) return known;
        if (_count == _ends.Length) Array.Resize(ref _ends, _count * 2);
        var start = _ends[_count - 1];
        if (start + text.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + text.Length));
        text.CopyTo(_bytes.AsSpan(start));
        _ends[_count] = start + text.Length;
        _slots[slot] = _count++;
        if (_count * 2 > _slots.Length) Grow();
        return _count - 1;
    }

    private static int SlotsFor(int texts) =>
        (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(32, texts * 2 + 2));

    private int SlotOf(ReadOnlySpan<byte> text)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        var slot = (int)Hash(text) & mask;
        while (slots[slot] is > 0 and var code && !Utf8(code).SequenceEqual(text)) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (var code = 1; code < _count; code++) _slots[SlotOf(Utf8(code))] = code;
    }

    /// <summary>Eight bytes at a time; the last eight may overlap those before.</summary>
    private static uint Hash(ReadOnlySpan<byte> text)
    {
        const ulong odd = 0x9E3779B97F4A7C15;
        var hash = (ulong)text.Length * odd;
        if (text.Length >= 8)
        {
            for (var i = 0; i + 8 <= text.Length; i += 8)
                hash = Mix(hash ^ MemoryMarshal.Read<ulong>(text[i..]));
            hash ^= MemoryMarshal.Read<ulong>(text[^8..]);
        }
        else
            foreach (var one in text) hash = hash << 8 | hash >> 56 ^ one;
        hash = Mix(hash);
        return (uint)(hash >> 32);

        static ulong Mix(ulong value) => (value ^ value >> 29) * odd;
    }
}
