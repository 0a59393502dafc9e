using System.Text.Json;
using Xunit;
using Zhida.Casework.Paper;
using Zhida.Casework.Proof;

namespace Zhida.Tests.Casework.Paper;

/// <summary>The digest stands for all that a paper says.</summary>
public sealed class DocumentDigestTests
{
    [Fact]
    public void Every_field_that_is_changed_changes_the_digest()
    {
        foreach (var document in SamplePapers.All)
        {
            var content = DocumentDigest.Write(document);
            var leaves = 0;
            foreach (var changed in Changed(JsonDocument.Parse(content).RootElement).Where(c => c != null))
            {
                leaves++;
                Assert.NotEqual(DocumentDigest.Of(document), DocumentDigest.Of(DocumentDigest.Read(changed!)));
            }
            Assert.True(leaves > 10, document.Title);
        }
    }

    [Fact]
    public void What_is_stored_is_the_same_document_again()
    {
        foreach (var document in SamplePapers.All)
        {
            var content = DocumentDigest.Write(document);
            var read = DocumentDigest.Read(content);
            Assert.Equal((document.GetType(), content), (read.GetType(), DocumentDigest.Write(read)));
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"kind":"拨付凭证"}""")]
    public void What_is_no_document_is_refused(string content) =>
        Assert.ThrowsAny<Exception>(() => DocumentDigest.Read(content));

    [Fact]
    public void The_digest_is_SM3_of_the_content()
    {
        // The second example of GB/T 32905 shows that the function is SM3.
        Assert.Equal("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
            Sm3.Hex(string.Concat(Enumerable.Repeat("abcd", 16))));
        Assert.Equal(Sm3.Hex(DocumentDigest.Write(SamplePapers.Recall))[..20], DocumentDigest.Of(SamplePapers.Recall));
    }

    /// <summary>The document with one leaf changed, for each leaf; the kind and days stay readable.</summary>
    private static IEnumerable<string?> Changed(JsonElement element)
    {
        foreach (var (before, leaf, after) in Leaves(element, "", ""))
            yield return leaf.ValueKind switch
            {
                JsonValueKind.Number => before + (leaf.GetInt64() + 1) + after,
                JsonValueKind.True => before + "false" + after,
                JsonValueKind.False => before + "true" + after,
                JsonValueKind.String when DateOnly.TryParse(leaf.GetString(), out var day) =>
                    before + JsonSerializer.Serialize(day.AddDays(1)) + after,
                JsonValueKind.String => before + JsonSerializer.Serialize(leaf.GetString() + "改") + after,
                _ => null,
            };
    }

    private static IEnumerable<(string, JsonElement, string)> Leaves(JsonElement element, string before, string after)
    {
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            yield return (before, element, after);
            yield break;
        }
        var isObject = element.ValueKind == JsonValueKind.Object;
        var (open, close) = isObject ? ("{", "}") : ("[", "]");
        var members = isObject ? [.. element.EnumerateObject().Select(p => (Name: p.Name, p.Value))]
            : element.EnumerateArray().Select(e => (Name: "", Value: e)).ToList();
        string Text(IEnumerable<(string Name, JsonElement Value)> some) => string.Concat(some.Select(m =>
            (isObject ? JsonSerializer.Serialize(m.Name) + ":" : "") + m.Value.GetRawText() + ","));
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i].Name == "kind") continue;
            var name = isObject ? JsonSerializer.Serialize(members[i].Name) + ":" : "";
            var head = before + open + Text(members.Take(i)) + name;
            var rest = Text(members.Skip(i + 1));
            var tail = (rest.Length > 0 ? "," + rest[..^1] : "") + close + after;
            foreach (var leaf in Leaves(members[i].Value, head, tail))
                yield return leaf;
        }
    }
}
