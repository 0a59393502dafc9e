using System.Collections.Concurrent;

namespace Zhida.Policy.Tables;

/// <summary>Distinct texts by code, from 1; code 0 stands for unknown. Texts are only added; many threads may add and
/// read.</summary>
public class Pool
{
    private readonly ConcurrentDictionary<string, int> _codes;
    private readonly Lock _adding = new();
    private string[] _texts;
    private volatile int _count = 1;

    /// <summary>A pool that holds the texts in this order.</summary>
    public Pool(params IEnumerable<string> texts)
    {
        (_codes, _texts) = (new ConcurrentDictionary<string, int>(StringComparer.Ordinal), new string[16]);
        _texts[0] = "";
        foreach (var text in texts) Add(text);
    }

    /// <summary>For a pool that keeps its texts in another way and overrides every member.</summary>
    private protected Pool() => (_codes, _texts) = (null!, null!);

    /// <summary>One more than the highest code.</summary>
    public virtual int Count => _count;

    /// <summary>The text of a code that <see cref="Add(string)"/> has returned.</summary>
    public virtual string this[int code] => Volatile.Read(ref _texts)[code];

    /// <summary>The code of a text, 0 where the pool has none.</summary>
    public virtual int Find(string text) => _codes.GetValueOrDefault(text);

    public virtual int Find(ReadOnlySpan<char> text) =>
        _codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var code) ? code : 0;

    /// <summary>The code of a text, which is added where it is new.</summary>
    public virtual int Add(string text)
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
