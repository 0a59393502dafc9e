namespace Zhida.Evaluation.Reports;

/// <summary>The look of the page: the colours, type and parts of the portal's style sheet that it needs.</summary>
internal static class WhyStyle
{
    public const string Css = """
        :root{--ink:#16202e;--muted:#4b5768;--line:#d5dce5;--edge:#66748a;--page:#f4f6f9;--card:#fff;--navy:#0b2b57;
        --navy-text:#c9d8ec;--blue:#0b57a4;--grey-tint:#edf0f4;--brown-tint:#fff1d3;--focus:#ffd23f;
        --sans:"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","微软雅黑",
        system-ui,sans-serif}
        *,*::before,*::after{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0;font:400 1rem/1.7 var(--sans);color:var(--ink);background:var(--page);
        font-variant-numeric:tabular-nums;line-break:strict;overflow-wrap:break-word}
        h1,h2{margin:0;font-weight:700;line-height:1.35;text-wrap:balance}h1{font-size:2.25rem}h2{font-size:1.375rem}
        h2+*{margin-top:.75rem}p,ul,dl,dd,table{margin:0}ul{padding:0;list-style:none}
        small,.s{font-size:.875rem}small{font-weight:400;color:var(--muted)}.m{color:var(--muted)}
        .id{word-break:break-all}a{color:var(--blue);text-underline-offset:.2em}svg{display:block}
        :focus-visible{outline:3px solid var(--ink);outline-offset:2px;box-shadow:0 0 0 8px var(--focus);
        border-radius:2px}
        .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--focus);color:var(--ink);
        padding:.5rem 1rem}
        .vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .wrap{max-width:76rem;margin-inline:auto;padding-inline:1.5rem}main{padding-block:2rem 4rem}
        .sec{margin-top:3rem}.site{background:var(--navy);color:#fff}
        .brand{display:flex;align-items:center;gap:.75rem;padding:1rem 0;font-size:1.75rem;font-weight:700;
        line-height:1;letter-spacing:.08em}
        .brand small{letter-spacing:0;color:var(--navy-text);border-left:1px solid #4a6690;padding-left:.75rem;
        line-height:1.35}
        .note{border-left:4px solid #b86e00;background:var(--brown-tint);padding:.75rem 1rem;margin-top:1rem}
        .facts{display:grid;grid-template-columns:repeat(4,1fr);background:var(--card);border:1px solid var(--line);
        border-radius:.25rem;margin-block:1rem .75rem}.facts>div{padding:1rem 1.5rem}
        .facts>div+div{border-left:1px solid var(--line)}.facts dt{color:var(--muted);font-size:.875rem}
        .facts dd{font-size:1.75rem;font-weight:700;line-height:1.2}
        .card{background:var(--card);border:1px solid var(--line);border-radius:.25rem;padding:1.5rem}
        .card>*+*{margin-top:1.5rem}.scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:700;font-size:1.125rem;
        padding-bottom:.5rem}
        th,td{padding:.5rem .75rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
        th:first-child,td:first-child{padding-left:0}th:last-child,td:last-child{padding-right:0}
        thead th{font-size:.875rem;color:var(--muted);border-bottom:2px solid var(--ink);white-space:nowrap;
        vertical-align:bottom}tbody th{font-weight:400}.n,th.n{text-align:right;white-space:nowrap}
        .barc{width:26%;min-width:7rem;vertical-align:middle}
        summary{cursor:pointer;font-weight:700;padding:.5rem 0}
        .meter{width:100%;min-width:6rem;height:.75rem;background:var(--grey-tint);border-radius:2px}
        .f1{fill:var(--navy)}.f2{fill:#c87400}.f3{fill:#7a90ad}.f4{fill:var(--line)}.fr{fill:#a11b1b}
        .st,.sa{fill:none;vector-effect:non-scaling-stroke}.st{stroke:var(--ink);stroke-width:3}
        .sa{stroke:var(--edge);stroke-width:1}
        .key-l{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;font-size:.875rem;color:var(--muted);margin-bottom:.5rem}
        .key-l li{display:flex;align-items:center;gap:.4rem}.sq{width:.8rem;height:.8rem}
        .c1{background:var(--navy)}.c2{background:#c87400}.c3{background:#a11b1b}.c4{background:var(--line)}
        @media (max-width:64em){.facts{grid-template-columns:1fr 1fr}.facts>div:nth-child(3){border-left:0}
        .facts>div:nth-child(n+3){border-top:1px solid var(--line)}}
        @media (max-width:40em){h1{font-size:1.75rem}.wrap{padding-inline:1rem}.card{padding:1rem}
        .facts>div{padding:.75rem 1rem}.facts dd{font-size:1.375rem}.sec{margin-top:2.5rem}
        .stack thead{position:absolute;left:-99rem}
        .stack tr{display:block;padding:.75rem 0;border-bottom:1px solid var(--line)}
        .stack td,.stack tbody th{display:block;border:0;padding:.15rem 0;text-align:left;white-space:normal}
        .stack tbody th{font-weight:700}.stack td:empty{display:none}.stack .barc{width:100%}
        .stack td[data-l]{position:relative;padding-left:7.5rem;min-height:1.9rem}
        .stack td[data-l]::before{content:attr(data-l);position:absolute;left:0;color:var(--muted)}}
        @media (forced-colors:active){.card{border:1px solid}.meter{forced-color-adjust:none}}
        @media print{body{background:#fff}.site,.skip{display:none}.card{border:0;padding:0}}
        """;
}
