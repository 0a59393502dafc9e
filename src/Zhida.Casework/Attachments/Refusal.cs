using Zhida.Casework.Cases;

namespace Zhida.Casework.Attachments;

/// <summary>Why a file is not taken, each with the mend.</summary>
internal static class Refusal
{
    private const string Known = "可以交 PDF、JPEG 或 PNG 图片、OFD、DOCX、XLSX";

    public static Problem TooLarge(long most) =>
        new("too-large", $"文件超过{most / 1048576m:0.##}MB", "压缩图片、降低扫描分辨率，或者分成几个文件");

    public static Problem Empty { get; } = new("empty", "文件是空的", "检查文件后重新上传");

    public static Problem Unknown { get; } = new("type", "文件的内容不是能收的类型（与文件名无关）", Known);

    public static Problem NotAllowed(FileType type) =>
        new("type", $"这里不收{type.ToString().ToUpperInvariant()}文件", "换一种类型的文件");

    public static Problem WebPage { get; } =
        new("type", "不收网页和 SVG：打开时可能运行其中的程序", "打印或另存为 PDF 后上传");

    public static Problem LeadingBytes { get; } =
        new("polyglot", "PDF 前面有多余的内容，可能同时是另一种文件", "用阅读器打开后另存为或打印成新的 PDF");

    public static Problem HiddenZip { get; } =
        new("polyglot", "文件里藏着一个压缩包，可能同时是另一种文件", "用阅读器打开后另存为或打印成新的文件");

    public static Problem Broken(string what) => new("broken", $"{what}打不开或不完整", "检查文件后重新导出、上传");

    public static Problem PictureTooLarge { get; } = new("bomb", "图片的宽和高过大", "缩小图片后上传");

    public static Problem Encrypted { get; } = new("encrypted", "文件加了密码，无法审查", "去掉密码后上传");

    public static Problem Bomb { get; } =
        new("bomb", "文件解开后过大或条目过多，可能是压缩炸弹", "减少内容，或者另存为 PDF 后上传");

    public static Problem Macros { get; } = new("macros", "文件里有宏", "另存为不含宏的 DOCX、XLSX，或者 PDF");

    public static Problem Infected(string? name) =>
        new("infected", $"文件含有恶意程序（{name}）", "用杀毒软件检查电脑后，换一个干净的文件上传");
}
