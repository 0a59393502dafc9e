using System.Text.Json.Nodes;
using Zhida.Casework.Cases;

namespace Zhida.Cli.Torture;

/// <summary>Who asks for what: an item, the claim objects that a made-up subject has, and who works on its cases.
/// </summary>
/// <param name="Reviewer">The office that answers for a grant afterwards.</param>
internal sealed record Scenario(
    string Item, string Subject, string Period, string Facts, string Materials, IReadOnlyList<string> Objects,
    string Reviewer)
{
    public const string Loans = "liaoning-2026:4.1", Quota = "liaoning-2026:17.1";
    public const string Payer = "省财政", Province = "21", Year = "2026";

    /// <summary>分, by the texts of the items: 4.1 for a project and for an enterprise in a year, 17.1 for all.
    /// </summary>
    public const long ProjectCap = 100_000_000, FirmCap = 500_000_000, WholeQuota = 100_000_000_000;

    private const string FirstProject = "整机线", SecondProject = "电驱线";

    private const string CityOffice = "市或示范区";

    /// <summary>A day on which the demo layer is in force.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 6, 30, 2, 0, 0, TimeSpan.Zero);

    /// <summary>Two loans for one project and a third for another: together more than their caps.</summary>
    /// <param name="sample">The facts of samples/low-altitude.json.</param>
    public static Scenario Firm(string subject, string sample)
    {
        // A project's cap is one for all who have a part in it (decision 0010): each firm has its own.
        sample = sample.Replace(FirstProject, subject + FirstProject, StringComparison.Ordinal)
            .Replace(SecondProject, subject + SecondProject, StringComparison.Ordinal);
        var facts = JsonNode.Parse(sample)!.AsObject();
        facts.Remove("已得");
        facts["主体"]!["编号"] = subject;
        return new Scenario(Loans, subject, Year, facts.ToJsonString(),
            """{"借款合同与放款凭证": ["a"], "付息凭证": ["b"]}""", ["贷一", "贷二", "贷三"], "省发展改革委");
    }

    /// <summary>The project of a firm's loan.</summary>
    public static string ProjectOf(string loan) => loan == "贷三" ? SecondProject : FirstProject;

    /// <summary>A bank that draws on the quota which all banks share.</summary>
    public static Scenario Bank(string subject, Random random)
    {
        string[] draws = ["笔一", "笔二", "笔三"];
        var facts = new JsonObject
        {
            ["主体"] = new JsonObject
            {
                ["编号"] = subject, ["名称"] = "示范银行", ["主体类型"] = "金融机构", ["注册地"] = "210200",
                ["沈抚示范区企业"] = false, ["严重失信"] = false,
            },
            ["再贷款"] = new JsonArray([.. draws.Select(d => new JsonObject
            {
                ["编号"] = d, ["专项"] = "渔安贷", ["地方法人金融机构"] = true, ["投向"] = "重点领域",
                ["申请金额"] = $"{random.Next(1, 15000)}万元", ["已归还金额"] = "0元", ["支用日"] = "2026-03-01",
                ["借款人行业"] = "0421",
            })]),
        };
        return new Scenario(Quota, subject, "一次", facts.ToJsonString(),
            """{"再贷款申请书": ["a"], "金融许可证": ["b"], "贷款台账": ["c"]}""", draws, "人民银行辽宁省分行");
    }

    public Person Owner => new("经办" + Subject, "企业经办", Role.Applicant) { Subjects = [Subject] };

    /// <summary>Who may make a move as far as office and place go; one of two people, so that the two-person rule
    /// meets them.</summary>
    /// <param name="holder">The office that has the case; empty when it is over.</param>
    public Person Actor(Move move, string holder, Random random)
    {
        var office = holder.Length > 0 ? holder : Reviewer;
        var place = office == CityOffice ? "2101" : Province;
        var number = random.Next(2);
        return MoveTable.Of(move).By switch
        {
            Mover.Program => Person.Program,
            Mover.Applicant => Owner,
            Mover.OfficeHead => new Person($"{office}负责人{number}", "负责人", Role.Head) { Office = office, Place = place },
            _ => new Person($"{office}经办{number}", "经办人", Role.Clerk) { Office = office, Place = place },
        };
    }
}
