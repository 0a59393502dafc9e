using CsCheck;
using Xunit;
using Zhida.Policy.Reference;

namespace Zhida.Tests.Policy.Reference;

public sealed class CreditCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    public static TheoryData<string, bool> Vectors()
    {
        var data = new TheoryData<string, bool>();
        foreach (var row in ReferenceFiles.Rows("credit_codes.csv")) data.Add(row[0], row[1] == "true");
        return data;
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_published_vectors_come_out_as_stated(string code, bool valid) =>
        Assert.Equal(valid, CreditCode.Check(code).Kind == CreditCodeKind.Valid);

    [Theory]
    [InlineData("", CreditCodeKind.WrongLength, "18位，实为0位")]
    [InlineData("91440300192203821", CreditCodeKind.WrongLength, "实为17位")]
    [InlineData("9144030019220382160", CreditCodeKind.WrongLength, "实为19位")]
    [InlineData("9144030O1922038216", CreditCodeKind.WrongAlphabet, "第8位“O”不是统一社会信用代码的字符：是否为数字0")]
    [InlineData("9144030071526726xG", CreditCodeKind.WrongAlphabet, "第17位“x”不是统一社会信用代码的字符：字母要大写")]
    [InlineData("914403001922038217", CreditCodeKind.WrongCheck, "校验码应为6，实为7")]
    [InlineData("91110108717809965C", CreditCodeKind.WrongCheck, "校验码应为J，实为C")]
    [InlineData("91350203M0001FUE2P", CreditCodeKind.EarlyPilot, "人工核对")]
    public void A_wrong_code_says_what_is_wrong(string code, CreditCodeKind kind, string message)
    {
        var check = CreditCode.Check(code);

        Assert.Equal(kind, check.Kind);
        Assert.Contains(message, check.Message);
    }

    [Fact]
    public void Only_the_early_pilot_kind_is_let_through_by_the_flag()
    {
        Assert.Null(CreditCode.Problem("91350203M0001FUE2P", acceptEarlyPilot: true));
        Assert.NotNull(CreditCode.Problem("91350203M0001FUE2P", acceptEarlyPilot: false));
        Assert.NotNull(CreditCode.Problem("914403001922038217", acceptEarlyPilot: true));
    }

    [Fact]
    public void Any_one_altered_character_is_found() =>
        Gen.Select(Gen.Int[0, 17], Gen.Int[1, 30]).Sample((position, shift) =>
        {
            var code = "914403001922038216".ToCharArray();
            code[position] = Alphabet[(Alphabet.IndexOf(code[position]) + shift) % 31];
            Assert.NotEqual(CreditCodeKind.Valid, CreditCode.Check(new string(code)).Kind);
        });

    [Fact]
    public void Any_text_gets_an_answer() =>
        Gen.String.Sample(text => Assert.Equal(
            CreditCode.Check(text).Kind == CreditCodeKind.Valid, CreditCode.Check(text).Message is null));
}
