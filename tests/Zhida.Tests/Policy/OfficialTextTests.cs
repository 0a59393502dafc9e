using Xunit;

namespace Zhida.Tests.Policy;

/// <summary>The copy of the official text, against the text as it was handed over (needs ../shared).</summary>
public sealed class OfficialTextTests
{
    [Fact]
    public void The_copy_is_the_official_text_byte_for_byte() => Assert.Equal(
        File.ReadAllBytes(Repository.Shared("policy/liaoning-2026.txt")),
        File.ReadAllBytes(Repository.PathOf("policies/liaoning-2026/原文.txt")));
}
