using System.Text.Json.Serialization;

namespace Zhida.Casework.Paper;

/// <summary>Where people turn to with questions, objections or a request for 复核.</summary>
public sealed record Contact(string Department, string Phone, string Address);

/// <summary>Whom a paper is about: name and 统一社会信用代码 (or another identifier; null: none is stated).</summary>
public sealed record Party(string Name, string? Code);

/// <summary>A paper of a case. What its record holds is what is printed and what the digest covers; the record may be
/// stored as JSON and printed again. Amounts are integer 分, days are Beijing dates.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AcceptanceNotice), "受理通知书")]
[JsonDerivedType(typeof(CorrectionNotice), "补正通知书")]
[JsonDerivedType(typeof(NonAcceptanceDecision), "不予受理决定书")]
[JsonDerivedType(typeof(DenialDecision), "不予支持决定书")]
[JsonDerivedType(typeof(GrantDecision), "予以支持决定书")]
[JsonDerivedType(typeof(PublicityList), "公示名单")]
[JsonDerivedType(typeof(PaymentVoucher), "拨付凭证")]
[JsonDerivedType(typeof(RecallDecision), "追回决定书")]
public abstract record OfficialDocument
{
    private protected OfficialDocument(string title) => Title = title;

    /// <summary>文号, as people read it; unique among the papers of an installation.</summary>
    public required string Number { get; init; }

    /// <summary>The day it is signed.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The department that issues and signs it.</summary>
    public required string Department { get; init; }

    public required Contact Contact { get; init; }

    /// <summary>The decision rests on illustrative rules (示范细则，非官方): every page is marked so.</summary>
    public bool Illustrative { get; init; }

    [JsonIgnore]
    public string Title { get; }

    /// <summary>What stands between the number and the signature.</summary>
    internal abstract IEnumerable<Block> Body();

    /// <summary>附件: what follows the signature on pages of its own; empty: there is none.</summary>
    internal virtual IEnumerable<Block> Annex() => [];

    /// <summary>The whole paper in order, with small print below the signature.</summary>
    internal IReadOnlyList<Block> Blocks(params IEnumerable<Note> notes) =>
    [
        new Letterhead(Department),
        new Title(Title),
        new Subtitle($"编号：{Number}"),
        .. Body(),
        new Signature(Department, Date),
        .. notes,
        .. Annex().Select((block, i) => i == 0 ? (Block[])[new PageBreak(), block] : [block]).SelectMany(b => b),
    ];

    /// <summary>联系 in one line.</summary>
    private protected string ContactLine => $"{Contact.Department}，电话{Contact.Phone}，地址{Contact.Address}";
}
