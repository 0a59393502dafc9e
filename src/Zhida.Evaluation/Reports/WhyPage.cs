using System.Globalization;
using System.Net;
using System.Text;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Program;

namespace Zhida.Evaluation.Reports;

/// <summary>What stands above the page: the policies, the day, whether they are in force.</summary>
public sealed record WhyHead(string Policies, string Layers, DateOnly On, bool Preview, string Version);

/// <summary>The reasons as a page of its own: no script, nothing from outside, pictures as SVG in the page, readable on
/// a phone.</summary>
public static class WhyPage
{
    private const int FactsShown = 8;

    /// <summary>Writes the page; it appears when complete.</summary>
    public static void Write(string path, WhyHead head, Tally tally, IReadOnlyList<ItemReasons> reasons)
    {
        using var file = new PendingFile(path);
        file.Stream.Write(Encoding.UTF8.GetBytes(Of(head, tally, reasons)));
        file.Appear();
    }

    public static string Of(WhyHead head, Tally tally, IReadOnlyList<ItemReasons> reasons)
    {
        var page = new StringBuilder();
        page.Append($"""
            <!doctype html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <title>为什么：{Html(head.Policies)} · 直达</title>
            <style>
            {Css()}
            </style>
            </head>
            <body>
            <a class="skip" href="#main">跳到主要内容</a>
            <header class="site"><div class="wrap"><p class="brand">直达<small>为什么</small></p></div></header>
            <main id="main"><div class="wrap">
            <h1>谁能享受，谁差在哪里</h1>
            <p class="m">{Html(head.Policies)}　判定日 {Day(head.On)}　{Html(head.Layers)}</p>

            """);
        if (head.Preview)
            page.Append("<p class=\"note\"><b>未生效（预判）</b>　政策尚未印发，以下按判定日已在执行期内判定。</p>\n");
        Figures(page, tally);
        Overview(page, reasons);
        foreach (var item in reasons) Item(page, item);
        page.Append($"<p class=\"sec s m\">政策版本 <span class=\"id\">{head.Version}</span></p>\n");
        return page.Append("</div></main>\n</body>\n</html>\n").ToString();
    }

    private static string Css()
    {
        using var reader = new StreamReader(typeof(WhyPage).Assembly.GetManifestResourceStream("WhyStyle")!);
        return reader.ReadToEnd().TrimEnd();
    }

    private static void Figures(StringBuilder page, Tally tally)
    {
        var near = tally.Near.Values.Sum();
        page.Append($"""
            <dl class="facts">
            <div><dt>主体</dt><dd>{Count(tally.Subjects)}</dd></div>
            <div><dt>符合</dt><dd>{Count(tally.Due)} <small>行</small></dd></div>
            <div><dt>确定的金额</dt><dd>{WhyReport.Wan(tally.Fen)} <small>万元</small></dd></div>
            <div><dt>差一点</dt><dd>{Count(near)} <small>行</small></dd></div>
            </dl>
            <p class="s m">一行是一个事项、一个主体的一笔申领对象和一个期间。待补充 {Count(tally.Undecided)} 行，
            不符合 {Count(tally.NotDue)} 行。“差一点”是恰有一个条件不符、其余都已满足的行；差距按四位有效数字统计。</p>

            """);
    }

    private static void Overview(StringBuilder page, IReadOnlyList<ItemReasons> reasons)
    {
        page.Append("""
            <section class="sec"><h2>各事项</h2>
            <ul class="key-l"><li><i class="sq c1"></i>符合</li><li><i class="sq c2"></i>待补充</li>
            <li><i class="sq c3"></i>差一点</li><li><i class="sq c4"></i>其余不符合</li></ul>
            <div class="card scroll" tabindex="0" role="region" aria-label="各事项的行数，可左右滚动"><table class="stack">
            <caption class="vh">各事项的行数和金额</caption>
            <thead><tr><th scope="col">事项</th><th scope="col">比例</th><th scope="col" class="n">符合（行）</th>
            <th scope="col" class="n">金额（万元）</th><th scope="col" class="n">待补充</th>
            <th scope="col" class="n">差一点</th><th scope="col" class="n">不符合</th></tr></thead><tbody>

            """);
        foreach (var item in reasons)
            page.Append($"""
                <tr><th scope="row"><a href="#{Anchor(item)}">{Html(item.Item.Number)} {Html(item.Item.Title)}</a></th>
                <td class="barc">{Share(item)}</td><td class="n" data-l="符合（行）">{Count(item.Due.Lines)}</td>
                <td class="n" data-l="金额（万元）">{Money(item, item.Due)}</td>
                <td class="n" data-l="待补充">{Count(item.Undecided)}</td>
                <td class="n" data-l="差一点">{Count(item.Near)}</td>
                <td class="n" data-l="不符合">{Count(item.Failed)}</td></tr>

                """);
        page.Append("</tbody></table></div></section>\n");
    }

    private static void Item(StringBuilder page, ItemReasons item)
    {
        page.Append($"""
            <section class="sec" id="{Anchor(item)}"><h2>{Html(item.Item.Number)} {Html(item.Item.Title)}</h2>
            <div class="card">

            """);
        if (item.Conditions.Count > 0) Conditions(page, item);
        if (item.Missing.Count > 0) Facts(page, item);
        Cities(page, item);
        page.Append("</div></section>\n");
    }

    private static void Conditions(StringBuilder page, ItemReasons item)
    {
        page.Append("""
            <table class="stack"><caption>首个不符的条件</caption><thead><tr><th scope="col">条件</th>
            <th scope="col">深色为差一点</th><th scope="col" class="n">首个不符（行）</th><th scope="col" class="n">差一点（行）</th>
            <th scope="col">差多少：四分之一、中位、四分之三</th></tr></thead><tbody>

            """);
        var most = item.Conditions.Max(c => Math.Max(c.Failed, c.Near));
        foreach (var c in item.Conditions)
            page.Append($"""
                <tr><th scope="row">{c.Condition.Number} {Html(c.Condition.Label)}</th>
                <td class="barc">{Bars($"{c.Failed}行首个不符，其中差一点{c.Near}行", (c.Failed, "f3"), (c.Near, "f1"), most)}</td>
                <td class="n" data-l="首个不符">{Count(c.Failed)}</td><td class="n" data-l="差一点">{Count(c.Near)}</td>
                <td data-l="差多少">{(c.Gap is { } gap ? Spread(gap) : "")}</td></tr>

                """);
        page.Append("</tbody></table>\n");
    }

    private static void Facts(StringBuilder page, ItemReasons item)
    {
        page.Append("""
            <table class="stack"><caption>缺哪些事实</caption><thead><tr><th scope="col">事实</th><th scope="col">比例</th>
            <th scope="col" class="n">缺它的行</th></tr></thead><tbody>

            """);
        foreach (var (fact, lines) in item.Missing.Take(FactsShown))
            page.Append($"""
                <tr><th scope="row">{Html(fact)}</th><td class="barc">{
                    Bars($"{lines}行缺{fact}", (lines, "f2"), (0, "f1"), item.Missing[0].Lines)}</td>
                <td class="n" data-l="缺它的行">{Count(lines)}</td></tr>

                """);
        page.Append("</tbody></table>\n");
        if (item.Missing.Count > FactsShown)
            page.Append($"<p class=\"s m\">另有 {item.Missing.Count - FactsShown} 个事实，见同名的 .why.csv。</p>\n");
    }

    private static void Cities(StringBuilder page, ItemReasons item)
    {
        page.Append("""
            <details><summary>各市</summary><table class="stack"><caption class="vh">各市</caption><thead><tr>
            <th scope="col">地区</th><th scope="col" class="n">符合（行）</th><th scope="col" class="n">金额（万元）</th>
            <th scope="col" class="n">待补充</th><th scope="col" class="n">差一点</th><th scope="col" class="n">不符合</th></tr>
            </thead><tbody>

            """);
        foreach (var c in item.Cities)
            page.Append($"""
                <tr><th scope="row">{Html(c.City)}</th><td class="n" data-l="符合（行）">{Count(c.Due.Lines)}</td>
                <td class="n" data-l="金额（万元）">{Money(item, c.Due)}</td>
                <td class="n" data-l="待补充">{Count(c.Undecided)}</td><td class="n" data-l="差一点">{Count(c.Near)}</td>
                <td class="n" data-l="不符合">{Count(c.Failed)}</td></tr>

                """);
        page.Append("</tbody></table></details>\n");
    }

    /// <summary>The lines of an item as parts of one bar.</summary>
    private static string Share(ItemReasons item)
    {
        var at = 0L;
        var parts = new StringBuilder();
        (long, string)[] shares =
            [(item.Due.Lines, "f1"), (item.Undecided, "f2"), (item.Near, "fr"), (item.Failed - item.Near, "f4")];
        foreach (var (lines, css) in shares)
        {
            if (lines > 0)
                parts.Append($"<rect class=\"{css}\" x=\"{Part(at, item.Lines)}\" " +
                             $"width=\"{Part(lines, item.Lines)}\" height=\"100\"/>");
            at += lines;
        }
        return Svg($"符合{item.Due.Lines}行，待补充{item.Undecided}行，差一点{item.Near}行，不符合{item.Failed}行", parts);
    }

    /// <summary>A bar with a darker one on it.</summary>
    private static string Bars(
        string label, (long Lines, string Css) back, (long Lines, string Css) front, long most) =>
        Svg(label, new StringBuilder()
            .Append($"<rect class=\"{back.Css}\" width=\"{Part(back.Lines, most)}\" height=\"100\"/>")
            .Append($"<rect class=\"{front.Css}\" y=\"30\" width=\"{Part(front.Lines, most)}\" height=\"40\"/>"));

    /// <summary>The quartiles on a line that ends at the third.</summary>
    private static string Spread(Quartiles gap)
    {
        var (low, middle, most) = (gap.Values[0], gap.Values[1], Math.Max(1, gap.Values[2]));
        var picture = new StringBuilder()
            .Append("<path class=\"sa\" d=\"M0 50H1000\"/>")
            .Append($"<rect class=\"f3\" x=\"{Part(low, most)}\" y=\"15\" " +
                    $"width=\"{Part(most - low, most)}\" height=\"70\"/>")
            .Append($"<path class=\"st\" d=\"M{Part(middle, most)} 0V100\"/>");
        return $"{Svg($"差距的四分位：{gap.Low}、{gap.Middle}、{gap.High}", picture)}" +
               $"<span class=\"s\">{gap.Low}、<b>{gap.Middle}</b>、{gap.High}</span>";
    }

    private static string Svg(string label, StringBuilder content) =>
        $"<svg class=\"meter\" viewBox=\"0 0 1000 100\" preserveAspectRatio=\"none\" role=\"img\" " +
        $"aria-label=\"{Html(label)}\">{content}</svg>";

    /// <summary>A part of the width of a picture, 0 to 1000.</summary>
    private static string Part(long part, long whole) =>
        ((long)((Int128)part * 1000 / Math.Max(1, whole))).ToString(CultureInfo.InvariantCulture);

    /// <summary>万元, or a dash for what gives no money.</summary>
    private static string Money(ItemReasons item, DueCount due) =>
        item.Item.Amount.Kind == AmountKind.None ? "—" : WhyReport.Wan(due.Fen);

    private static string Anchor(ItemReasons item) => "i" + Html(item.Item.Id.Replace(':', '-'));

    private static string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
