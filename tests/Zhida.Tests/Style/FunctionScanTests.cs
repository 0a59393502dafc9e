using Xunit;

namespace Zhida.Tests.Style;

public sealed class FunctionScanTests
{
    [Fact]
    public void Finds_functions_and_counts_their_lines()
    {
        const string Code = """
            public class A
            {
                public int One(int x) => x;

                public A(int a)
                {
                    _a = a;
                }

                private static Dictionary<string, int> Two<T>(
                    T first,
                    int second)
                    where T : class
                {
                    if (x)
                    {
                        Call(y);
                    }
                    return null;
                }
            }
            """;
        Assert.Equal([("A", 5, 4), ("Two", 10, 11)],
            FunctionScan.Functions(Code).Select(f => (f.Name, f.Line, f.Lines)));
    }
}
