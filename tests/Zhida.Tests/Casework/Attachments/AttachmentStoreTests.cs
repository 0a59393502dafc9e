using CsCheck;
using SkiaSharp;
using Xunit;
using Zhida.Casework.Attachments;
using Zhida.Casework.Cases;
using Zhida.Casework.Proof;

namespace Zhida.Tests.Casework.Attachments;

/// <summary>What the store takes, under which name, and what it refuses.</summary>
public sealed class AttachmentStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<FileType, byte[]> Good => new()
    {
        { FileType.Pdf, SampleFiles.Pdf() },
        { FileType.Jpeg, SampleFiles.Picture(SKEncodedImageFormat.Jpeg) },
        { FileType.Png, SampleFiles.Picture(SKEncodedImageFormat.Png) },
        { FileType.Ofd, SampleFiles.Ofd() },
        { FileType.Docx, SampleFiles.Docx() },
        { FileType.Xlsx, SampleFiles.Xlsx() },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_file_is_stored_by_its_hash_and_read_back(FileType type, byte[] content)
    {
        var stored = (await Store(content)).Value!;

        Assert.Equal((Convert.ToHexStringLower(Sm3.Hash(content)), content.Length, type, ScanState.Unscanned),
            (stored.Hash, stored.Size, stored.Type, stored.Scan));
        Assert.Equal([Path.Combine(_folder.Path, stored.Hash[..2], stored.Hash[2..])], Files());
        await using var read = (await Over(new NoScanner()).Open(stored.Hash, Stop)).Value!;
        var copy = new MemoryStream();
        await read.CopyToAsync(copy, Stop);
        Assert.Equal(content, copy.ToArray());
    }

    public static TheoryData<string, byte[]> Bad => new()
    {
        { "empty", [] },
        { "type", [.. "just text"u8] },
        { "type", [.. "MZ\x90\0 a program"u8] },
        { "type", [.. "\n<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"u8] },
        { "type", [0xEF, 0xBB, 0xBF, .. "<!DOCTYPE html><script>1</script>"u8] },
        { "type", SampleFiles.Zip(("a.txt", "a")) },
        { "type", SampleFiles.Ofd("http://example.org/other") },
        { "type", SampleFiles.Docx("presentationml.presentation.main+xml") },
        { "type", SampleFiles.Docx(part: "not/there.xml") },
        { "polyglot", [.. "GIF89a"u8, .. SampleFiles.Pdf()] },
        { "polyglot", [.. "<html>"u8, .. SampleFiles.Pdf()] },
        { "polyglot", [.. SampleFiles.Pdf(), .. SampleFiles.Zip(("a.txt", "a"))] },
        { "polyglot", [.. SampleFiles.Picture(SKEncodedImageFormat.Jpeg), .. SampleFiles.Docx()] },
        { "broken", [.. "%PDF-1.7\nno end"u8] },
        { "broken", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3] },
        { "broken", SampleFiles.Docx()[..^30] },
        { "broken", SampleFiles.Zip(("OFD.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")) },
        { "broken", SampleFiles.Zip(("OFD.xml", "<a/>"), ("ofd.xml", "<a/>")) },
        { "encrypted", SampleFiles.Encrypted(SampleFiles.Docx()) },
        { "macros", SampleFiles.OfficeOf(
            "application/vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml") },
        { "bomb", SampleFiles.Zip(("OFD.xml", new string(' ', 3 << 20))) },
        { "bomb", SampleFiles.Zip([.. Enumerable.Range(0, 2001).Select(i => ($"{i}", ""))]) },
        { "bomb", SampleFiles.PngOf(20_000, 20_000) },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_is_refused_leaves_nothing_behind(string code, byte[] content)
    {
        var problem = Assert.Single((await Store(content)).Problems);

        Assert.Equal(code, problem.Code);
        Assert.NotEmpty(problem.Message);
        Assert.NotEmpty(problem.Mend);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task The_size_is_counted_while_reading()
    {
        var limits = new AttachmentLimits { MostBytes = 1 << 20 };
        var endless = new EndlessStream();

        var result = await new AttachmentStore(_folder.Path, limits, new NoScanner()).Store(endless, Stop);

        Assert.Equal("too-large", Assert.Single(result.Problems).Code);
        Assert.InRange(endless.Count, 1 << 20, (1 << 20) + (1 << 17));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_file_of_just_the_limit_is_taken_and_one_byte_more_is_not()
    {
        var content = SampleFiles.Pdf();
        Result<StoredFile>[] results =
        [
            await StoreWithin(content, content.Length), await StoreWithin(content, content.Length - 1),
        ];
        Assert.True(results[0].Succeeded);
        Assert.Equal("too-large", Assert.Single(results[1].Problems).Code);
    }

    [Fact]
    public async Task A_zip_that_expands_above_the_limit_is_refused_though_it_is_small()
    {
        var limits = new AttachmentLimits { MostExpanded = 1 << 20 };
        var bomb = SampleFiles.Zip(("OFD.xml", "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\"/>"),
            ("big", new string('0', 1 << 20)));
        Assert.True(bomb.Length < 10_000);

        var store = new AttachmentStore(_folder.Path, limits, new NoScanner());
        var result = await store.Store(new MemoryStream(bomb), Stop);

        Assert.Equal("bomb", Assert.Single(result.Problems).Code);
    }

    [Fact]
    public async Task A_type_that_is_not_allowed_is_refused()
    {
        var limits = new AttachmentLimits { Allowed = new HashSet<FileType> { FileType.Pdf } };
        var store = new AttachmentStore(_folder.Path, limits, new NoScanner());

        var result = await store.Store(new MemoryStream(SampleFiles.Docx()), Stop);

        Assert.Contains("DOCX", Assert.Single(result.Problems).Message);
    }

    [Fact]
    public async Task The_same_content_twice_is_one_file()
    {
        var first = await Store(SampleFiles.Pdf("same"));
        var second = await Store(SampleFiles.Pdf("same"));

        Assert.Equal(first.Value, second.Value);
        Assert.Single(Files());
    }

    [Fact]
    public async Task Many_at_once_are_all_there()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Store(SampleFiles.Pdf($"{i % 20}"))));

        Assert.All(results, r => Assert.True(r.Succeeded));
        Assert.Equal(20, Files().Count);
    }

    [Fact]
    public async Task A_changed_file_is_not_handed_out()
    {
        var stored = (await Store(SampleFiles.Pdf("amount 1"))).Value!;
        var path = Files()[0];
        File.WriteAllText(path, File.ReadAllText(path).Replace("amount 1", "amount 9"));

        var result = await Over(new NoScanner()).Open(stored.Hash, Stop);

        Assert.Equal("changed", Assert.Single(result.Problems).Code);
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("")]
    [InlineData("AB")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_hash_that_is_none_is_not_found(string hash) => Assert.Equal("not-found",
        Assert.Single((await Over(new NoScanner()).Open(hash, Stop)).Problems).Code);

    [Fact]
    public async Task A_source_that_breaks_off_leaves_nothing_behind()
    {
        var broken = new EndlessStream(failsAfter: 100_000);
        await Assert.ThrowsAsync<IOException>(() => Over(new NoScanner()).Store(broken, Stop));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Sweep_removes_what_is_old_and_unreferenced()
    {
        var kept = (await Store(SampleFiles.Pdf("kept"))).Value!;
        var old = (await Store(SampleFiles.Pdf("old"))).Value!;
        var young = (await Store(SampleFiles.Pdf("young"))).Value!;
        var leftover = Path.Combine(_folder.Path, "incoming", "leftover");
        File.WriteAllText(leftover, "of a crash");
        var now = DateTime.UtcNow;
        foreach (var path in Files().Where(f => !f.EndsWith(young.Hash[2..], StringComparison.Ordinal)))
            File.SetLastWriteTimeUtc(path, now.AddDays(-2));
        var store = Over(new NoScanner());

        Assert.Equal(1, store.Sweep(new HashSet<string> { kept.Hash }, now.AddDays(-1)));

        Assert.False(File.Exists(leftover));
        Assert.Equal(2, Files().Count);
        Assert.Equal("not-found", Assert.Single((await store.Open(old.Hash, Stop)).Problems).Code);
        // Stored again it is young again, though its bytes were there.
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, young.Hash[..2], young.Hash[2..]), now.AddDays(-2));
        await Store(SampleFiles.Pdf("young"));
        Assert.Equal(0, store.Sweep(new HashSet<string> { kept.Hash }, now.AddDays(-1)));
    }

    [Fact]
    public void Any_bytes_are_stored_or_refused_never_thrown() => Gen.Select(
        Gen.Int[0, 5], Gen.Byte.Array[0, 200], Gen.Int[0, 2000]).Sample((kind, noise, at) =>
        {
            byte[][] heads =
                [[], SampleFiles.Pdf(), SampleFiles.Docx(), SampleFiles.Ofd(), SampleFiles.PngOf(3, 3), [0xFF]];
            var content = heads[kind].ToArray();
            if (content.Length > 0) noise.AsSpan(0, Math.Min(noise.Length, content.Length - at % content.Length))
                .CopyTo(content.AsSpan(at % content.Length));
            else content = noise;
            var result = Store(content).GetAwaiter().GetResult();
            Assert.True(result.Succeeded ^ result.Problems.Count == 1);
        }, iter: 500, threads: 1);

    private Task<Result<StoredFile>> StoreWithin(byte[] content, long most) =>
        new AttachmentStore(_folder.Path, new AttachmentLimits { MostBytes = most }, new NoScanner())
            .Store(new MemoryStream(content), Stop);

    private Task<Result<StoredFile>> Store(byte[] content) =>
        Over(new NoScanner()).Store(new MemoryStream(content), Stop);

    private AttachmentStore Over(IContentScanner scanner) => new(_folder.Path, new AttachmentLimits(), scanner);

    private List<string> Files() => [.. Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)];
}
