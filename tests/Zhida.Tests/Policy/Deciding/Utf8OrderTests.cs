using System.Text;
using CsCheck;
using Xunit;
using Zhida.Policy.Deciding;

namespace Zhida.Tests.Policy.Deciding;

public sealed class Utf8OrderTests
{
    /// <summary>Whole code points, among them those above what one UTF-16 unit says.</summary>
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Int['A', 'C'], Gen.Int[0x4E00, 0x4E02], Gen.Int[0xFF00, 0xFF02], Gen.Int[0x20000, 0x20002])
        .Select(char.ConvertFromUtf32).List[0, 4].Select(string.Concat);

    [Fact]
    public void Texts_are_ordered_as_their_bytes() => Gen.Select(Text, Text).Sample((a, b) =>
    {
        var bytes = Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));
        Assert.Equal(Math.Sign(bytes), Math.Sign(Utf8Order.Instance.Compare(a, b)));
    });
}
