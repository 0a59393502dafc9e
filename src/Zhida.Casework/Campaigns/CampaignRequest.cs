namespace Zhida.Casework.Campaigns;

/// <summary>A campaign that an official wants to make.</summary>
/// <param name="Id">Made by the caller (UUID v7): the same request again is made once.</param>
/// <param name="Item">As the official names it: 12.2 or liaoning-2026:12.2.</param>
/// <param name="Source">A folder of tables, a workbook, or a PostgreSQL address without a password.</param>
/// <param name="ConsentDays">How many working days a subject has to consent.</param>
/// <param name="SamplePercent">How much is looked at afterwards, 1 to 100.</param>
public sealed record CampaignRequest(
    Guid Id, string Item, string Source, DateOnly On, int ConsentDays, int SamplePercent);

/// <summary>How an official settles a line by hand.</summary>
public enum LineJudgement
{
    /// <summary>It goes on: with the ledger's amount where that differed.</summary>
    Pass,

    /// <summary>It leaves the campaign.</summary>
    Exclude,
}

/// <summary>Where a campaign stands, for people.</summary>
/// <param name="Lines">How many lines, and 分, by state.</param>
/// <param name="Cases">How many cases, and 分, by phase.</param>
/// <param name="Offices">Whose signatures it needs, in order.</param>
/// <param name="Signed">Who has signed.</param>
public sealed record CampaignView(
    Campaign Campaign, IReadOnlyList<CampaignFile> Files,
    IReadOnlyDictionary<CampaignLineState, (int Count, long Fen)> Lines,
    IReadOnlyDictionary<Cases.CasePhase, (int Count, long Fen)> Cases,
    IReadOnlyList<string> Offices, IReadOnlyList<string> Signed);
