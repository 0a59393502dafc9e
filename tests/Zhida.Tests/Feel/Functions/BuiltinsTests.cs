using Xunit;
using Zhida.Feel;
using Zhida.Feel.Functions;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Tests.Feel.Functions;

using Evaluation = Zhida.Feel.Nodes.Evaluation;

public class BuiltinsTests
{
    private static readonly Value One = Value.Of(1m);
    private static readonly Value Absent = Value.Unknown(new FailedCause(default, "没有填"));

    private static Value Call(string name, bool strict, params Value[] arguments)
    {
        var call = new Call(new Frame(0, new Evaluation(strict, [])), default);
        return Builtins.Find(name)!.Invoke(call, arguments);
    }

    [Fact]
    public void EveryFunctionOfTheStandardIsThere()
    {
        const string names =
            """
            date|date and time|time|number|string|duration|years and months duration|range|not|substring|string length
            upper case|lower case|substring before|substring after|replace|contains|starts with|ends with|matches|split
            string join|list contains|count|min|max|sum|mean|all|any|sublist|append|concatenate|insert before|remove
            list replace|reverse|index of|union|distinct values|flatten|product|median|stddev|mode|decimal|floor
            ceiling|round up|round down|round half up|round half down|abs|modulo|sqrt|log|exp|odd|even|before|after
            meets|met by|overlaps|overlaps before|overlaps after|finishes|finished by|includes|during|starts
            started by|coincides|day of year|day of week|month of year|week of year|now|today|is|get value
            get entries|context|context put|context merge|sort
            """;
        var expected = names.Split(['|', '\n']).Select(n => n.Trim()).Order();
        Assert.Equal(expected, Builtins.All.Select(b => b.Name).Order());
    }

    [Theory]
    [InlineData("min")]
    [InlineData("max")]
    [InlineData("sum")]
    [InlineData("mean")]
    [InlineData("median")]
    [InlineData("modulo")]
    public void UnitsAreKeptAndNotMixed(string name)
    {
        var yuan = new NumberType(Unit.Of("元"));
        var days = new NumberType(Unit.Of("天"));
        var result = Builtins.Find(name)!.Forms[^1].Result;
        Assert.Equal(yuan, result([yuan, new NumberType(Unit.Of("元"), 0, 1)]).Type);
        var mixed = result([yuan, days]);
        Assert.Contains("单位不同", mixed.Error);
        Assert.NotNull(mixed.Mend);
    }

    [Theory]
    [InlineData("floor")]
    [InlineData("round half up")]
    [InlineData("decimal")]
    [InlineData("abs")]
    public void RoundingKeepsTheUnit(string name)
    {
        var yuan = new NumberType(Unit.Of("元"));
        Assert.Equal(yuan, Builtins.Find(name)!.Forms[0].Result([yuan, FeelType.PureNumber]).Type);
    }

    [Fact]
    public void ACountIsAPureNumber() =>
        Assert.Equal(FeelType.PureNumber, Builtins.Find("count")!.Forms[0].Result([FeelType.Any]).Type);

    [Fact]
    public void AnUnknownArgumentMakesTheResultUnknown()
    {
        Assert.True(Call("sum", true, One, Absent).IsUnknown);
        Assert.True(Call("sum", true, Value.OfList([One, Absent])).IsUnknown);
        Assert.True(Call("string length", true, Absent).IsUnknown);
        Assert.True(Call("is", true, One, Absent).IsUnknown);
        Assert.True(Call("now", true).Kind == ValueKind.DateTime);
    }

    [Fact]
    public void SomeFunctionsKnowBetter()
    {
        var list = Value.OfList([One, Absent]);
        Assert.Equal(2, Call("count", true, list).Number);
        Assert.True(Call("list contains", true, list, One).IsTrue);
        Assert.True(Call("list contains", true, list, Value.Of(2m)).IsUnknown);
        Assert.True(Call("all", true, Value.OfList([Absent, Value.False])).IsFalse);
        Assert.True(Call("all", true, Value.OfList([Absent, Value.True])).IsUnknown);
        Assert.True(Call("any", true, Value.OfList([Absent, Value.True])).IsTrue);
        foreach (var name in new[] { "count", "all", "any" }) Assert.True(Call(name, true, Absent).IsUnknown);
        Assert.True(Call("list contains", true, Absent, One).IsUnknown);
    }

    [Fact]
    public void ArgumentsAreConvertedOrRefused()
    {
        Assert.Equal(3, Call("string length", false, Value.OfList([Value.Of("abc")])).Number);
        Assert.Equal(1, Call("count", false, One).Number);
        Assert.True(Call("string length", false, One).IsNull);
        Assert.True(Call("string length", false).IsNull);
        Assert.True(Call("string length", false, Value.Null).IsNull);
        Assert.Equal(45, Call("sum", false, [.. Enumerable.Range(0, 10).Select(i => Value.Of(i))]).Number);
    }

    [Fact]
    public void AFailureSaysWhichParameter()
    {
        var frame = new Frame(0, new Evaluation(false, []));
        Builtins.Find("contains")!.Invoke(new Call(frame, new Span(2, 3)), [Value.Of("a"), One]);
        var failure = Assert.Single(frame.Evaluation.Failures);
        Assert.Contains("match", failure.Message);
        Assert.Equal(new Span(2, 3), failure.Span);
    }

    [Fact]
    public void NowIsTheCallersMoment()
    {
        var moment = new DateTimeOffset(2026, 3, 1, 8, 30, 0, TimeSpan.FromHours(8));
        var frame = new Frame(0, new Evaluation(false, []) { Now = moment });
        var now = Builtins.Find("now")!.Invoke(new Call(frame, default), []);
        Assert.Equal("2026-03-01T08:30:00+08:00", Formatting.ToText(now));
        Assert.Equal("2026-03-01", Formatting.ToText(Builtins.Find("today")!.Invoke(new Call(frame, default), [])));
    }

    [Fact]
    public void ScalarCallsAllocateNothing()
    {
        var call = new Call(new Frame(0, new Evaluation(false, [])), default);
        var (round, max) = (Builtins.Find("round half up")!, Builtins.Find("max")!);
        Value[] arguments = [Value.Of(1.25m), Value.Of(1m)];
        static void Work(Call call, Builtin round, Builtin max, Value[] arguments)
        {
            for (var i = 0; i < 100; i++)
            {
                round.Invoke(call, arguments);
                max.Invoke(call, arguments);
            }
        }
        Work(call, round, max, arguments);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Work(call, round, max, arguments);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
