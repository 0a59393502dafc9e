namespace Zhida.Policy.Program;

/// <summary>The words of the dictionary for the kinds of facts (docs/measure-files.md, section 5).</summary>
public static class FactKinds
{
    private static readonly (string Word, FactKind Kind)[] All =
    [
        ("文本", FactKind.Text), ("枚举", FactKind.Enumeration), ("多选", FactKind.Choices), ("名单", FactKind.Names),
        ("是否", FactKind.Boolean), ("日期", FactKind.Date), ("金额", FactKind.Money), ("整数", FactKind.Integer),
        ("数", FactKind.Number), ("占比", FactKind.Share), ("比率", FactKind.Ratio), ("利率", FactKind.Rate),
        ("区划", FactKind.Division), ("行业", FactKind.Industry), ("信用代码", FactKind.CreditCode),
    ];

    public static IEnumerable<string> Words => All.Select(k => k.Word);

    public static string WordOf(FactKind kind) => All.First(k => k.Kind == kind).Word;

    /// <summary>The kind that a word names; null: none.</summary>
    public static FactKind? Find(string word) =>
        All.Where(k => k.Word == word).Select(k => (FactKind?)k.Kind).FirstOrDefault();
}
