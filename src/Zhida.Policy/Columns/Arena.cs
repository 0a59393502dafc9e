using System.Numerics;

namespace Zhida.Policy.Columns;

/// <summary>Arrays that are lent out until the next <see cref="Reset"/> and then lent out again: what a chunk or an
/// item needs is allocated once. Contents are whatever was there before.</summary>
internal sealed class Arena
{
    private readonly Shelf<ulong> _words = new();
    private readonly Shelf<long> _longs = new();
    private readonly Shelf<Int128> _wides = new();
    private readonly Shelf<int> _ints = new();
    private readonly Shelf<string> _texts = new();

    /// <summary>A word for each 64 rows.</summary>
    public ulong[] Bits(int rows) => _words.Rent(Tables.Bits.Words(rows));

    public long[] Longs(int count) => _longs.Rent(count);

    public Int128[] Wides(int count) => _wides.Rent(count);

    public int[] Ints(int count) => _ints.Rent(count);

    public string[] Texts(int count) => _texts.Rent(count);

    public void Reset()
    {
        _words.Reset();
        _longs.Reset();
        _wides.Reset();
        _ints.Reset();
        _texts.Reset();
    }

    /// <summary>Arrays of one type by the power of two that their length is.</summary>
    private sealed class Shelf<T>
    {
        private readonly List<T[]>?[] _arrays = new List<T[]>?[32];
        private readonly int[] _lent = new int[32];

        public T[] Rent(int count)
        {
            var power = BitOperations.Log2((uint)Math.Max(count, 8) - 1) + 1;
            var arrays = _arrays[power] ??= [];
            if (_lent[power] == arrays.Count) arrays.Add(new T[1 << power]);
            return arrays[_lent[power]++];
        }

        public void Reset() => Array.Clear(_lent);
    }
}
