namespace Zhida.Casework.Attachments;

/// <summary>What a scanner says of a content.</summary>
public enum ScanOutcome { Clean, Infected, NotScanned, Unavailable }

/// <param name="Detail">The name of what was found, or why there is no answer.</param>
/// <summary>The answer of a scanner.</summary>
public sealed record ScanResult(ScanOutcome Outcome, string? Detail = null);

/// <summary>Looks for malware. A scanner that does not answer is <see cref="ScanOutcome.Unavailable"/>, never an
/// exception: filing goes on.</summary>
public interface IContentScanner
{
    Task<ScanResult> Scan(Stream content, CancellationToken stop);
}

/// <summary>Where no scanner is set up: everything stays 未扫描, and is shown as such.</summary>
public sealed class NoScanner : IContentScanner
{
    public Task<ScanResult> Scan(Stream content, CancellationToken stop) =>
        Task.FromResult(new ScanResult(ScanOutcome.NotScanned));
}
