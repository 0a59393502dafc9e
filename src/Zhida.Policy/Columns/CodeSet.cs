namespace Zhida.Policy.Columns;

/// <summary>A set of codes, as a byte and as a bit for each.</summary>
internal sealed class CodeSet
{
    private byte[] _bytes = [], _bits = [];
    private int _low = int.MaxValue, _high = -1, _members;

    /// <summary>A byte for each code: 1 where the set has it.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>A bit for each code.</summary>
    public byte[] Bits => _bits;

    /// <summary>The codes from the first to the last, where the set has all between; an empty set has none.</summary>
    public (int Low, int High)? Range =>
        _members == 0 ? (0, -1) : _high - _low + 1 == _members ? (_low, _high) : null;

    /// <summary>Makes room for codes below <paramref name="count"/>, and for whole vectors of bits.</summary>
    public void Grow(int count)
    {
        if (_bytes.Length >= count) return;
        var size = Math.Max(CodeKernels.MostPermuted, count * 2);
        Array.Resize(ref _bytes, size);
        Array.Resize(ref _bits, size / 8 + 1);
    }

    public void Add(int code)
    {
        if (_bytes[code] != 0) return;
        _bytes[code] = 1;
        _bits[code >> 3] |= (byte)(1 << (code & 7));
        (_low, _high, _members) = (Math.Min(_low, code), Math.Max(_high, code), _members + 1);
    }
}
