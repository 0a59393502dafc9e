using Zhida.Casework.Cases;

namespace Zhida.Casework.Payments;

/// <summary>A bank account as the applicant writes it.</summary>
/// <param name="Number">Spaces and hyphens are passed over.</param>
public sealed record AccountForm(AccountKind Kind, string Name, string Bank, string Number)
{
    private const int LongestText = 200;

    /// <summary>Banks' own account numbers.</summary>
    private const int ShortestNumber = 8;
    private const int LongestNumber = 32;

    /// <summary>Card numbers in China (ISO/IEC 7812).</summary>
    private const int ShortestCard = 16;
    private const int LongestCard = 19;

    public string Digits => string.Concat(Number.Where(c => c is not (' ' or '-')));

    /// <summary>What is wrong with it; empty: nothing.</summary>
    /// <param name="subjectName">Money goes to nobody else.</param>
    public IReadOnlyList<Problem> Check(string subjectName)
    {
        var problems = new List<Problem>();
        void Add(string field, string message, string mend) =>
            problems.Add(new Problem("account", message, mend, field));
        if (Name.Trim() != subjectName.Trim())
            Add("户名", $"户名“{Name.Trim()}”不是申报主体“{subjectName.Trim()}”", "填写主体自己的账户");
        if (string.IsNullOrWhiteSpace(Bank) || Bank.Length > LongestText || Bank.Any(char.IsControl))
            Add("开户行", "没有写开户行，或写法不对", "写明银行和网点");
        var (shortest, longest) = Kind == AccountKind.Card
            ? (ShortestCard, LongestCard) : (ShortestNumber, LongestNumber);
        if (!Digits.All(char.IsAsciiDigit) || Digits.Length < shortest || Digits.Length > longest)
            Add("账号", $"账号应为{shortest}至{longest}位数字", "照开户许可或银行卡填写");
        else if (Kind == AccountKind.Card && !HasCheckDigit(Digits))
            Add("账号", "卡号的校验位不对", "检查是否抄错了某一位");
        return problems;
    }

    /// <summary>6222***********0123: the first and the last four digits.</summary>
    public static string Mask(string digits) => digits.Length <= 8 ? new string('*', digits.Length)
        : digits[..4] + new string('*', digits.Length - 8) + digits[^4..];

    /// <summary>Luhn: from the right every second digit is doubled; the sum of the digits ends with 0.</summary>
    private static bool HasCheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }
        return sum % 10 == 0;
    }
}
