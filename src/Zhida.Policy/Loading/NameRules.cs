using Zhida.Feel.Binding;
using Zhida.Feel.Functions;

namespace Zhida.Policy.Loading;

/// <summary>Which names the files may give: letters, digits and _, not a keyword or a function of FEEL, not a function
/// of the policies, not a name in scope everywhere.</summary>
internal sealed class NameRules(Report report, IEnumerable<Builtin> functions)
{
    /// <summary>Names that mean the same in every expression.</summary>
    public static readonly string[] Everywhere = ["判定日", "印发日", "执行期", "事项发生日", "主体", "行", "口径"];

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "true", "false", "null", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or",
        "not", "between", "instance", "of", "function", "external", "item", "partial",
    };

    private readonly HashSet<string> _functions = functions.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether the name may be given; reports it where not.</summary>
    public bool Check(Passage name, string what, bool isMember = false)
    {
        var text = name.Text;
        if (text.Length == 0 || !char.IsLetter(text[0]) && text[0] != '_' ||
            text.Any(c => !char.IsLetterOrDigit(c) && c != '_'))
        {
            report.Error("name.form", name, $"“{text}”不能作{what}的名称", "名称只用文字、数字和下划线，不以数字开头");
            return false;
        }
        if (Keywords.Contains(text) || Builtins.Find(text) is not null || _functions.Contains(text))
        {
            report.Error("name.builtin", name, $"{what}“{text}”与表达式语言的词或函数同名", "换一个名称");
            return false;
        }
        if (isMember || !Everywhere.Contains(text)) return true;
        report.Error("name.taken", name, $"“{text}”在所有表达式里已有固定含义，不能作{what}的名称", "换一个名称");
        return false;
    }

    /// <summary>Adds a name to a scope; reports one that is there already.</summary>
    public bool Declare(Scope scope, Symbol symbol, Passage name, string what)
    {
        if (scope.Find(symbol.Name) is null && scope.Add(symbol)) return true;
        report.Error("name.duplicate", name, $"{what}“{symbol.Name}”与别的名称重复", "换一个名称");
        return false;
    }
}
