using Xunit;
using Zhida.Casework.Payments;

namespace Zhida.Tests.Casework.Payments;

public sealed class AccountFormTests
{
    [Theory]
    [InlineData(AccountKind.Card, "6222 0212 3456 7894", true)]
    [InlineData(AccountKind.Card, "6222 0212 3456 7895", false)]
    [InlineData(AccountKind.Card, "6222021", false)]
    [InlineData(AccountKind.Corporate, "6222 0212 3456 7895", true)]
    [InlineData(AccountKind.Corporate, "3300-1234-56", true)]
    [InlineData(AccountKind.Corporate, "3300１234567", false)]
    [InlineData(AccountKind.Corporate, "330012a4567", false)]
    public void Numbers_are_checked(AccountKind kind, string number, bool isFine) => Assert.Equal(isFine,
        new AccountForm(kind, "示范企业", "虚构银行", number).Check("示范企业").Count == 0);

    [Fact]
    public void All_that_is_wrong_is_told_at_once() => Assert.Equal(["户名", "开户行", "账号"],
        new AccountForm(AccountKind.Card, "别人", " ", "1").Check("示范企业").Select(p => p.Field!));

    [Theory]
    [InlineData("6222021234567894", "6222********7894")]
    [InlineData("12345678", "********")]
    public void Numbers_are_shown_masked(string digits, string shown) => Assert.Equal(shown, AccountForm.Mask(digits));
}
