namespace Zhida.Casework.Paper;

/// <summary>How to ask for 复核: within how many 工作日 of receipt, where.</summary>
public sealed record Remedy(int? ReviewDays, Contact At)
{
    internal IEnumerable<Block> Blocks()
    {
        yield return new Heading("复核");
        yield return new Paragraph("对本决定有异议的，可" +
            (ReviewDays is { } days ? $"自收到之日起{days}个工作日内，" : "") + "凭本决定书编号向" +
            $"{At.Department}申请复核（电话{At.Phone}，地址{At.Address}）。复核由未参与本决定的人员办理；" +
            "不影响依法申请行政复议或者提起行政诉讼。");
    }
}
