namespace Zhida.Policy.Reference;

/// <summary>What a check of a credit code found.</summary>
public enum CreditCodeKind
{
    Valid,

    /// <summary>Issued in an early pilot and in use although the check character fails.</summary>
    EarlyPilot,

    WrongLength,
    WrongAlphabet,
    WrongCheck,
}

/// <summary>The result of a check: its kind, and for people what is wrong with the mend (null where valid).</summary>
public readonly record struct CreditCodeCheck(CreditCodeKind Kind, string? Message);

/// <summary>The unified social credit code (GB 32100-2015): 18 characters of an alphabet without I, O, S, V, Z, the
/// last one a check character with weights 3^i mod 31.</summary>
public static class CreditCode
{
    private const int Length = 18;
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>How the subject part (positions 9 to 17) of the known pilot codes begins: they were issued before the
    /// standard, from a series of their own.</summary>
    private const string PilotSubject = "M000";

    /// <summary>Checks a code. One of the early pilot kind whose check character fails is
    /// <see cref="CreditCodeKind.EarlyPilot"/>; whether to accept it is for a person to say.</summary>
    public static CreditCodeCheck Check(string code)
    {
        if (code.Length != Length)
            return new(CreditCodeKind.WrongLength, $"统一社会信用代码应为18位，实为{code.Length}位");
        var sum = 0;
        var weight = 1;
        for (var i = 0; i < Length; i++)
        {
            var value = Alphabet.IndexOf(code[i]);
            if (value < 0) return new(CreditCodeKind.WrongAlphabet, Stranger(code[i], i + 1));
            if (i == Length - 1) continue;
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        var expected = Alphabet[(31 - sum % 31) % 31];
        if (code[^1] == expected) return new(CreditCodeKind.Valid, null);
        return code.AsSpan(8).StartsWith(PilotSubject)
            ? new(CreditCodeKind.EarlyPilot, $"校验码应为{expected}，实为{code[^1]}；像是早期试点发放的代码，须经人工核对后接受")
            : new(CreditCodeKind.WrongCheck, $"校验码应为{expected}，实为{code[^1]}：请核对是否抄错了某一位");
    }

    /// <summary>What is wrong with a code, in Chinese; null where nothing is, or where it is of the early pilot kind
    /// and the caller accepts that.</summary>
    public static string? Problem(string code, bool acceptEarlyPilot)
    {
        var check = Check(code);
        return acceptEarlyPilot && check.Kind == CreditCodeKind.EarlyPilot ? null : check.Message;
    }

    private static string Stranger(char found, int position)
    {
        var mend = found switch
        {
            'O' => "是否为数字0",
            'I' => "是否为数字1",
            'S' => "是否为数字5",
            'Z' => "是否为数字2",
            >= 'a' and <= 'z' => "字母要大写",
            _ => "只用数字和大写字母，不用I、O、S、V、Z",
        };
        return $"第{position}位“{found}”不是统一社会信用代码的字符：{mend}";
    }
}
