using System.Collections.Concurrent;

namespace Zhida.Policy.Tables;

/// <summary>Distinct texts by code, from 1; code 0 stands for unknown. Texts are only added; many threads may add and
/// read.</summary>
public sealed class Pool
{
    private readonly ConcurrentDictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Lock _adding = new();
    private string[] _texts = new string[16];
    private volatile int _count = 1;

    /// <summary>A pool that holds the texts in this order.</summary>
    public Pool(params IEnumerable<string> texts)
    {
        _texts[0] = "";
        foreach (var text in texts) Add(text);
    }

    /// <summary>One more than the highest code.</summary>
    public int Count => _count;

    /// <summary>The text of a code that <see cref="Add(string)"/> has returned.</summary>
    public string this[int code] => Volatile.Read(ref _texts)[code];

    /// <summary>The code of a text, 0 where the pool has none.</summary>
    public int Find(string text) => _codes.GetValueOrDefault(text);

    public int Find(ReadOnlySpan<char> text) =>
        _codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var code) ? code : 0;

    /// <summary>The code of a text, which is added where it is new.</summary>
    public int Add(string text)
    {
        if (_codes.TryGetValue(text, out var known)) return known;
        lock (_adding)
        {
            if (_codes.TryGetValue(text, out known)) return known;
            var code = _count;
            if (code == _texts.Length)
            {
                var grown = new string[code * 2];
                _texts.CopyTo(grown, 0);
                Volatile.Write(ref _texts, grown);
            }
            _texts[code] = text;
            _count = code + 1;
            _codes[text] = code;
            return code;
        }
    }
}
