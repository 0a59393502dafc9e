namespace Zhida.Casework.Paper;

/// <summary>A reason of a refusal or a recall, with the official words it rests on (null: it rests on the form, or on
/// an inspection).</summary>
public sealed record RefusalReason(string Reason, string? Source)
{
    /// <summary>Numbered paragraphs.</summary>
    internal static IEnumerable<Block> Paragraphs(IEnumerable<RefusalReason> reasons) => reasons.Select((r, i) =>
        new Paragraph($"{i + 1}. {r.Reason.TrimEnd('。')}。" + (r.Source is { } source ? $"依据：“{source}”。" : "")));
}
