using Xunit;
using Zhida.Casework.Registers;
using static Zhida.Tests.Casework.Registers.MergeFixture;

namespace Zhida.Tests.Casework.Registers;

public sealed class RegisterTableTests
{
    [Fact]
    public void Every_source_of_the_dictionary_is_in_the_table() =>
        Assert.Empty(Facts.Select(f => f.Register).Where(r => r is not ("申报" or "")).Distinct()
            .Except(RegisterTable.Load().Sources));

    [Fact]
    public void Every_source_of_the_table_is_in_the_dictionary() =>
        Assert.Empty(RegisterTable.Load().Sources.Except(Facts.Select(f => f.Register)));

    [Fact]
    public void Five_registers_can_be_asked()
    {
        var table = RegisterTable.Load();

        Assert.Equal(["信用", "海关", "登记", "社保", "税务"], table.Registers.Order(StringComparer.Ordinal));
        Assert.Equal("税务", table.RegisterOf("年度财务报表"));
        Assert.Null(table.RegisterOf("借款合同"));
        Assert.Null(table.RegisterOf("没有这样的登记"));
    }

    [Theory]
    [InlineData("register,service\n甲,乙\n")]
    [InlineData("register,service,proof\n甲,乙\n")]
    [InlineData("register,service,proof\n甲,乙,接口\n甲,丙,接口\n")]
    public void Another_form_is_a_mistake_of_the_program(string csv) =>
        Assert.Throws<FormatException>(() => RegisterTable.Parse(csv));
}
