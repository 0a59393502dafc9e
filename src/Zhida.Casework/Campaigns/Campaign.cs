namespace Zhida.Casework.Campaigns;

/// <summary>
/// A campaign (免申即享): everybody who is due for an item by a frozen population and a fixed version is paid without
/// filing. A row of the database, changed only along <see cref="CampaignTable"/>.
/// </summary>
public sealed class Campaign
{
    /// <summary>UUID v7.</summary>
    public required Guid Id { get; init; }

    /// <summary>liaoning-2026:12.2.</summary>
    public required string Item { get; init; }

    /// <summary>The version that decides.</summary>
    public required string Bundle { get; init; }

    /// <summary>判定日, in days since 1970-01-01.</summary>
    public required long On { get; init; }

    /// <summary>Where the population lay, without a password.</summary>
    public required string Source { get; init; }

    /// <summary>How many working days a subject has to consent.</summary>
    public required int ConsentDays { get; init; }

    /// <summary>How much of each stratum is looked at afterwards, in percent; at least one case.</summary>
    public required int SamplePercent { get; init; }

    /// <summary>Fixes the sample before anybody knows who is in it.</summary>
    public required string Seed { get; init; }

    public required string MadeBy { get; init; }

    public required string MadeByName { get; init; }

    /// <summary>UTC ticks, as all times here.</summary>
    public required long CreatedAt { get; init; }

    public CampaignState State { get; private set; }

    /// <summary>When it came to its state.</summary>
    public long ChangedAt { get; private set; }

    /// <summary>SM3 of the result table.</summary>
    public string? ResultHash { get; internal set; }

    /// <summary>The first chunk of the snapshot whose lines are not loaded yet.</summary>
    public int Chunk { get; internal set; }

    /// <summary>SM3 over the checked lines: what is signed.</summary>
    public string? ListHash { get; internal set; }

    /// <summary>Why it was stopped, and by whom.</summary>
    public string? StoppedBecause { get; internal set; }

    public string? StoppedBy { get; internal set; }

    /// <exception cref="InvalidOperationException">Not in the table.</exception>
    internal void Become(CampaignState state, long now)
    {
        if (!CampaignTable.Rules.Any(r => r.From == State && r.To == state))
            throw new InvalidOperationException($"campaign {Id}: from {State} to {state}");
        (State, ChangedAt) = (state, now);
    }
}

/// <summary>A file of the frozen population.</summary>
/// <param name="Name">Relative to the snapshot's folder.</param>
/// <param name="Sm3">Lower-case hex.</param>
public sealed record CampaignFile(Guid CampaignId, string Name, string Sm3, long Bytes, long Rows);

/// <summary>Somebody's approval of the checked list.</summary>
public sealed record CampaignSignature
{
    public required Guid CampaignId { get; init; }

    /// <summary>From 0, in the order of the offices.</summary>
    public required int Position { get; init; }

    public required string PersonId { get; init; }

    /// <summary>The person as JSON: cases are moved in that name.</summary>
    public required string Person { get; init; }

    /// <summary>What was signed: the campaign's <see cref="Campaign.ListHash"/>.</summary>
    public required string ListHash { get; init; }

    public required long At { get; init; }
}
