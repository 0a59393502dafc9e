namespace Zhida.Tests.Casework.Attachments;

/// <summary>A PDF that never ends, or breaks off after so many bytes.</summary>
internal sealed class EndlessStream(long failsAfter = long.MaxValue) : Stream
{
    /// <summary>How much of it was read.</summary>
    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Count; set => throw new NotSupportedException(); }

    private int Fill(Span<byte> buffer)
    {
        if (Count >= failsAfter) throw new IOException("the line went dead");
        buffer.Fill((byte)'a');
        if (Count == 0) "%PDF-1.4"u8.CopyTo(buffer);
        Count += buffer.Length;
        return buffer.Length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Fill(buffer.Span));

    public override int Read(byte[] buffer, int offset, int count) => Fill(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
