using System.Globalization;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Checking;

/// <summary>
/// Proves that the rules carry the official text: the quotes of the files are the text, every clause is touched by a
/// rule or waived with a reason, and every figure is claimed by exactly one parameter whose value it equals.
/// </summary>
internal sealed class Coverage
{
    private readonly PolicyDocument _policy;
    private readonly string _text;
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<int, TextFigure> _figures;
    private readonly Dictionary<int, List<Basis>> _claims = [];

    private Coverage(PolicyDocument policy, string text)
    {
        (_policy, _text) = (policy, text);
        _figures = OfficialText.Figures(text).ToDictionary(f => f.Start);
    }

    /// <summary>Nothing for a policy with layers: the text is carried by the policy alone, and a layer that fills an
    /// open place rests on its own document.</summary>
    public static IReadOnlyList<Finding> Check(PolicyDocument policy)
    {
        if (policy.OfficialText is not { } text || policy.Layers.Count > 0) return [];
        var coverage = new Coverage(policy, text);
        coverage.CompareQuotes();
        coverage.CheckFigures();
        coverage.CheckClauses();
        return coverage._findings;
    }

    private Location TextAt(int offset)
    {
        var line = 1 + _text.AsSpan(0, offset).Count('\n');
        return new Location(_policy.OfficialTextFile, line, offset - _text.LastIndexOf('\n', Math.Max(0, offset - 1)));
    }

    private void CompareQuotes()
    {
        var official = OfficialText.Lines(_text).ToList();
        var quoted = _policy.Quotes.SelectMany(
            q => OfficialText.Lines(q.Text).Select((line, i) =>
                (Line: line, At: q.Location with { Line = q.Location.Line + i })))
            .ToList();
        for (var i = 0; i < Math.Max(official.Count, quoted.Count); i++)
        {
            if (i < official.Count && i < quoted.Count && official[i] == quoted[i].Line) continue;
            if (i >= quoted.Count)
                _findings.Add(Finding.Error("text.missing", _policy.Location, $"没有引用原文的这一行：{Short(official[i])}",
                    "在对应的举措文件里用“> ”引用全文"));
            else if (i >= official.Count)
                _findings.Add(Finding.Error("text.extra", quoted[i].At, $"原文里没有这一行：{Short(quoted[i].Line)}", "删去"));
            else
                _findings.Add(Finding.Error("text.differs", quoted[i].At,
                    $"引文与原文不同，从“{Difference(official[i], quoted[i].Line)}”起", $"原文是：{Short(official[i])}"));
            return;
        }
    }

    private static string Difference(string official, string quoted)
    {
        var at = official.AsSpan().CommonPrefixLength(quoted);
        return at >= quoted.Length ? Short(official[at..]) : Short(quoted[at..]);
    }

    private static string Short(string text) => text.Length <= 24 ? text : text[..24] + "…";

    private void CheckFigures()
    {
        foreach (var (basis, value, type) in ClaimsOfParameters())
        {
            if (basis.Layer is not null || basis.Figure is not { } marked) continue;
            if (!_figures.TryGetValue(basis.FigureStart, out var figure) || figure.Text != marked)
            {
                _findings.Add(Finding.Error("figure.mark", basis.Location, $"加粗的“{marked}”不是原文里一个完整的数字",
                    "只加粗数字连同单位，如 **100万元**"));
                continue;
            }
            if (!_claims.TryGetValue(figure.Start, out var claims)) _claims[figure.Start] = claims = [];
            claims.Add(basis);
            if (!IsEqual(figure.Text, value, type, basis.Quote))
                _findings.Add(Finding.Error("figure.value", basis.Location,
                    $"值{Deciding.ValueText.Of(value, type)}与原文的“{figure.Text}”不等", "改成原文的数，或改引真正的依据"));
        }
        foreach (var figure in _figures.Values.OrderBy(f => f.Start))
        {
            var claims = _claims.GetValueOrDefault(figure.Start);
            if (claims is null)
                _findings.Add(Finding.Error("figure.unclaimed", TextAt(figure.Start),
                    $"原文的“{figure.Text}”没有参数引为依据", "在参数表里立一个参数，依据中把它加粗"));
            else foreach (var again in claims.Skip(1))
                _findings.Add(Finding.Error("figure.twice", again.Location,
                    $"原文的“{figure.Text}”已在 {claims[0].Location} 引为依据", "一个数字只立一个参数"));
        }
    }

    /// <summary>The bases that fix values: of parameters, and of the policy's term.</summary>
    private IEnumerable<(Basis Basis, Value Value, FeelType Type)> ClaimsOfParameters()
    {
        foreach (var parameter in _policy.Items.SelectMany(i => i.Parameters))
        foreach (var dated in parameter.Values)
            if (dated.Basis is { } basis) yield return (basis, dated.Value, parameter.Type);
        if (_policy.TermBasis is { } term)
            yield return term.Figure?.EndsWith('月') == true
                ? (term, Value.Of((decimal)_policy.TermMonths), new NumberType(Unit.Of("月")))
                : (term, Value.Of(_policy.TermMonths / 12m), new NumberType(Unit.Of("年")));
        // Table cells may fix figures too.
        foreach (var (basis, value, type) in _policy.Items.SelectMany(i => i.Tables).SelectMany(t => t.Figures))
            yield return (basis, value, type);
    }

    /// <summary>The figure's number and unit are the value's. A yearly rate may be written as a bare percentage where
    /// the quote says 年化 or 年, a price by the unit as a bare amount where it says 每 and the unit (每平方米补贴40元).
    /// </summary>
    internal static bool IsEqual(string figure, Value value, FeelType type, string quote)
    {
        if (!value.IsNumber || type is not NumberType { Unit: { } unit }) return false;
        if (!Quantity.TryParse(figure, out var number, out var figureUnit, out var isPercent)) return false;
        if (number != value.Number) return false;
        if (unit.ToString().Split('/') is [var price, var piece] && figureUnit.ToString() == price &&
            quote.Contains("每" + piece, StringComparison.Ordinal)) return true;
        return figureUnit.Equals(unit) || isPercent && unit.Equals(PerYear) && quote.Contains('年') ||
               isPercent && unit.Equals(PerYear) && quote.Contains("不超过", StringComparison.Ordinal);
    }

    private static readonly Unit PerYear = Unit.None.Per(Unit.Of("年"));

    private void CheckClauses()
    {
        var carried = _policy.Bases().Where(b => b.Layer is null)
            .Select(b => (b.Start, End: b.Start + b.Length)).ToList();
        var waived = _policy.Waivers
            .Select(w => (w.Basis.Start, End: w.Basis.Start + w.Basis.Length, w.Basis)).ToList();
        foreach (var waiver in waived)
            if (_figures.Values.FirstOrDefault(f => f.Start >= waiver.Start && f.Start < waiver.End)
                is { Text: not null } figure)
                _findings.Add(Finding.Error("waiver.figure", waiver.Basis.Location,
                    $"含数字“{figure.Text}”的文句不能不设规则", "为它立参数和规则"));
        foreach (var clause in OfficialText.Clauses(_text))
        {
            if (carried.Any(b => b.Start < clause.End && b.End > clause.Start)) continue;
            if (waived.Any(w => w.Start < clause.End && w.End > clause.Start)) continue;
            var words = _text.Substring(clause.Start, clause.Length);
            if (IsCarriedByHeader(words)) continue;
            _findings.Add(Finding.Error("clause.uncarried", TextAt(clause.Start), $"这一句没有规则承接：{Short(words)}",
                "在条件、参数、上限、步骤或服务的依据里引用它，或列入“不设规则的文句”并说明理由"));
        }
    }

    /// <summary>Titles are carried by 名称, the bracket with the departments by 责任部门.</summary>
    private bool IsCarriedByHeader(string words)
    {
        if (words == _policy.Title || words == $"（{_policy.Status}）") return true;
        if (_policy.Measures.Any(m => words == $"{m.Number}、{m.Title}")) return true;
        if (!words.StartsWith("（责任部门：", StringComparison.Ordinal) || !words.EndsWith('）')) return false;
        var named = words["（责任部门：".Length..^1].Split('，')[0];
        if (named.EndsWith('等')) named = named[..^1];
        return _policy.Measures.Any(m => string.Join('、', m.Departments) == named);
    }
}
