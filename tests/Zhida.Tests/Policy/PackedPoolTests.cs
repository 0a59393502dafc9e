using System.Text;
using CsCheck;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Policy;

/// <summary>A packed pool gives the codes that a pool gives.</summary>
public sealed class PackedPoolTests
{
    [Fact]
    public void It_is_like_a_pool() => Gen.String[0, 20].Array[0, 300].Sample(texts =>
    {
        // Halves of surrogate pairs are no text.
        texts = [.. texts.Select(t => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t)))];
        var (pool, packed) = (new Pool(), new PackedPool(1));
        foreach (var text in texts) Assert.Equal(pool.Add(text), packed.Add(text));
        Assert.Equal(pool.Count, packed.Count);
        for (var code = 1; code < pool.Count; code++)
        {
            Assert.Equal(pool[code], packed[code]);
            Assert.Equal(Encoding.UTF8.GetBytes(pool[code]), packed.Utf8(code));
            Assert.Equal(code, packed.Find(pool[code]));
            Assert.Equal(code, packed.Find(pool[code].AsSpan()));
        }
        Assert.Equal(0, packed.Find("\u0001 is not there"));
    });

    [Fact]
    public void Unknown_is_no_text()
    {
        var packed = new PackedPool();
        Assert.Equal("", packed[0]);
        Assert.Equal(0, packed.Find(""));
        Assert.Equal(1, packed.Add(""));
        Assert.Equal(1, packed.Find(""));
    }

    [Fact]
    public void Long_texts_are_found()
    {
        var packed = new PackedPool();
        var texts = Enumerable.Range(0, 3000).Select(i => new string('长', 200) + i).ToList();
        foreach (var text in texts) packed.Add(text);
        Assert.All(texts, t => Assert.Equal(t, packed[packed.Find(t)]));
    }
}
