namespace Zhida.Casework.Notices;

/// <summary>How a notice reaches whoever it is for.</summary>
public enum Channel
{
    /// <summary>站内: into the inbox.</summary>
    InApp,

    /// <summary>邮件; the recipient is an address.</summary>
    Mail,

    /// <summary>The recipient is an http or https address.</summary>
    Webhook,
}

/// <summary>Something that somebody is to be told of.</summary>
/// <param name="DedupeKey">Unique: the same notice added again is one. Names the event, the recipient and the channel.
/// </param>
/// <param name="Topic">For programs: case.filed, case.paid, ….</param>
/// <param name="Recipient">In the application one of <see cref="Recipients"/>; else an address.</param>
/// <param name="Body">A JSON object; its member <c>text</c> is for people.</param>
public sealed record Notice(
    string DedupeKey, string Topic, Channel Channel, string Recipient, string Subject, string Body)
{
    /// <summary>For an office: the division code of what it is about, so that each place sees its own.</summary>
    public string Place { get; init; } = "";
}

/// <summary>Who has an inbox.</summary>
public static class Recipients
{
    public static string Person(string id) => $"person:{id}";

    /// <summary>Whoever acts for it.</summary>
    /// <param name="code">统一社会信用代码.</param>
    public static string Subject(string code) => $"subject:{code}";

    /// <param name="name">As 承办 of a step has it.</param>
    public static string Office(string name) => $"office:{name}";
}
