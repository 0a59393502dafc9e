using System.Text;
using CsCheck;
using Xunit;
using Zhida.Feel.Dmn;
using Zhida.Feel.Values;

namespace Zhida.Tests.Feel.Dmn;

public sealed class DmnProgramTests : IDisposable
{
    private const string Head = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" """;

    private readonly string _folder = Directory.CreateTempSubdirectory("zhida-dmn").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private DmnProgram Load(string body, string head = Head + """name="m" namespace="m">""")
    {
        var path = Path.Combine(_folder, "model.dmn");
        File.WriteAllText(path, head + body + "</definitions>");
        return DmnProgram.Load(path);
    }

    private static string Decision(string name, string logic, string requires = "", string variable = "") =>
        $"""<decision id="{name}" name="{name}"><variable name="{name}" {variable}/>{requires}{logic}</decision>""";

    private static string Literal(string text) => $"<literalExpression><text>{text}</text></literalExpression>";

    private static string Needs(string id, string kind = "Decision") => kind == "Knowledge"
        ? $"""<knowledgeRequirement><requiredKnowledge href="#{id}"/></knowledgeRequirement>"""
        : $"""<informationRequirement><required{kind} href="#{id}"/></informationRequirement>""";

    private static string Show(DmnResult result) => Formatting.ToFeelString(result.Value);

    private string Decide(string logic) => Show(Load(Decision("d", logic)).Evaluate("d", []));

    private static string Table(string policy, string rows, string output = "<output/>") =>
        $"""
        <decisionTable {policy}><input><inputExpression><text>3</text></inputExpression></input>{output}{rows}
        </decisionTable>
        """;

    private static string Row(string test, params string[] outputs) =>
        $"<rule><inputEntry><text>{test}</text></inputEntry>" +
        string.Concat(outputs.Select(o => $"<outputEntry><text>{o}</text></outputEntry>")) + "</rule>";

    [Fact]
    public void DecisionsSeeWhatTheyRequire()
    {
        var program = Load(
            """<inputData id="i" name="Loan Amount"><variable name="Loan Amount" typeRef="number"/></inputData>""" +
            Decision("half", Literal("Loan Amount / 2"), Needs("i", "Input")) +
            Decision("d", Literal("half + 1"), Needs("half")));
        Assert.Empty(program.Problems);
        Assert.Equal("6", Show(program.Evaluate("d", [("Loan Amount", Value.Of(10m))])));
        var wrong = program.Evaluate("d", [("Loan Amount", Value.Of("ten"))]);
        Assert.True(wrong.Value.IsNull);
        Assert.NotEmpty(wrong.Failures);
        Assert.NotNull(program.Evaluate("nothing", []).NotRun);
    }

    [Theory]
    [InlineData("hitPolicy='UNIQUE'", "1")]
    [InlineData("hitPolicy='FIRST'", "1")]
    [InlineData("hitPolicy='COLLECT'", "[1]")]
    [InlineData("hitPolicy='COLLECT' aggregation='COUNT'", "1")]
    public void ATableGivesItsHit(string policy, string expected) =>
        Assert.Equal(expected, Decide(Table(policy, Row("&lt; 5", "1") + Row("&gt;= 5", "2"))));

    [Theory]
    [InlineData("hitPolicy='UNIQUE'", "null")]
    [InlineData("hitPolicy='ANY'", "null")]
    [InlineData("hitPolicy='FIRST'", "10")]
    [InlineData("hitPolicy='RULE ORDER'", "[10, 30, 20]")]
    [InlineData("hitPolicy='PRIORITY'", "20")]
    [InlineData("hitPolicy='OUTPUT ORDER'", "[20, 10, 30]")]
    [InlineData("hitPolicy='COLLECT' aggregation='SUM'", "60")]
    [InlineData("hitPolicy='COLLECT' aggregation='MIN'", "10")]
    [InlineData("hitPolicy='COLLECT' aggregation='MAX'", "30")]
    [InlineData("hitPolicy='COLLECT' aggregation='COUNT'", "3")]
    public void SeveralHitsGoByThePolicy(string policy, string expected)
    {
        const string output = "<output><outputValues><text>20, 10, 30</text></outputValues></output>";
        var rows = Row("-", "10") + Row("[1..3]", "30") + Row("not(4)", "20") + Row("&gt; 3", "40");
        Assert.Equal(expected, Decide(Table(policy, rows, output)));
    }

    [Fact]
    public void ATableHasADefault()
    {
        const string output = "<output><defaultOutputEntry><text>\"none\"</text></defaultOutputEntry></output>";
        Assert.Equal("\"none\"", Decide(Table("", Row("4", "\"four\""), output)));
        Assert.Equal("null", Decide(Table("", Row("4", "\"four\""))));
    }

    [Fact]
    public void SeveralOutputsAreAContext()
    {
        const string outputs = "<output name=\"a b\"/><output name=\"c\"/>";
        Assert.Equal("{\"a b\": 1, c: 2}", Decide(Table("", Row("3", "1", "2"), outputs)));
    }

    [Fact]
    public void BoxesStandInBoxes()
    {
        var logic =
            $"""
            <context>
              <contextEntry><variable name="the list"/><list>{Literal("1")}{Literal("2")}{Literal("3")}</list>
              </contextEntry>
              <contextEntry><variable name="twice"/><functionDefinition>
                <formalParameter name="x" typeRef="number"/>{Literal("x * 2")}</functionDefinition></contextEntry>
              <contextEntry><variable name="big"/><filter><in>{Literal("the list")}</in>
                <match>{Literal("item &gt; 1")}</match></filter></contextEntry>
              <contextEntry><variable name="doubled"/><for iteratorVariable="n"><in>{Literal("big")}</in>
                <return>{Literal("twice(n)")}</return></for></contextEntry>
              <contextEntry><variable name="called"/><invocation>{Literal("twice")}
                <binding><parameter name="x"/>{Literal("21")}</binding></invocation></contextEntry>
              <contextEntry><conditional><if><every iteratorVariable="n"><in>{Literal("doubled")}</in>
                <satisfies>{Literal("n &gt; 3")}</satisfies></every></if>
                <then>{Literal("append(doubled, called)")}</then><else>{Literal("0")}</else></conditional>
              </contextEntry>
            </context>
            """;
        Assert.Equal("[4, 6, 42]", Decide(logic));
    }

    [Fact]
    public void ARelationIsAListOfContexts() =>
        Assert.Equal("[{a: 1, b: 2}, {a: 3, b: 4}]", Decide(
            $"""
            <relation><column name="a"/><column name="b"/><row>{Literal("1")}{Literal("2")}</row>
            <row>{Literal("3")}{Literal("4")}</row></relation>
            """));

    [Fact]
    public void KnowledgeAndServicesAreFunctions()
    {
        var program = Load(
            """<inputData id="i" name="i"><variable name="i" typeRef="number"/></inputData>""" +
            $"""
            <businessKnowledgeModel id="k" name="k"><variable name="k"/><encapsulatedLogic>
            <formalParameter name="n" typeRef="number"/>{Literal("if n = 0 then 1 else n * k(n - 1)")}
            </encapsulatedLogic>{Needs("k", "Knowledge")}</businessKnowledgeModel>
            """ +
            Decision("out", Literal("k(i) + 1"), Needs("i", "Input") + Needs("k", "Knowledge")) +
            """
            <decisionService id="s" name="s"><variable name="s"/><outputDecision href="#out"/><inputData href="#i"/>
            </decisionService>
            """ +
            Decision("d", Literal("s(3) + s(i: 4)"), Needs("s", "Knowledge")));
        Assert.Equal("32", Show(program.Evaluate("d", [])));
        Assert.Equal("121", Show(program.Evaluate("s", [("i", Value.Of(5m))])));
        Assert.True(program.Evaluate("s", [("i", Value.Of(100_000m))]).Value.IsNull);
    }

    [Theory]
    [InlineData("(1 + ", ")")]
    [InlineData("if true then ", " else 0")]
    [InlineData("[", "]")]
    [InlineData("sum(", ")")]
    [InlineData("(function(x) x)(", ")")]
    public void EndlessRecursionThroughTallExpressionsEnds(string before, string after)
    {
        var body = string.Concat(Enumerable.Repeat(before, 60)) + "k(n)" + string.Concat(Enumerable.Repeat(after, 60));
        var program = Load(
            $"""
            <businessKnowledgeModel id="k" name="k"><variable name="k"/><encapsulatedLogic><formalParameter name="n"/>
            {Literal(body)}</encapsulatedLogic>{Needs("k", "Knowledge")}</businessKnowledgeModel>
            """ + Decision("d", Literal("k(1)"), Needs("k", "Knowledge")));
        DmnResult? result = null;
        var thread = new Thread(() => result = program.Evaluate("d", []), 1024 * 1024);
        thread.Start();
        thread.Join();
        Assert.NotEmpty(result!.Failures);
    }

    [Fact]
    public void TypesAreChecked()
    {
        const string types =
            """
            <itemDefinition name="tGrade"><typeRef>string</typeRef><allowedValues><text>"A", "B"</text></allowedValues>
            </itemDefinition>
            <itemDefinition name="tGrades" isCollection="true"><typeRef>tGrade</typeRef></itemDefinition>
            <itemDefinition name="tPerson"><itemComponent name="full name"><typeRef>string</typeRef></itemComponent>
            <itemComponent name="grade"><typeRef>tGrade</typeRef></itemComponent></itemDefinition>
            """;
        string Typed(string type, string text) => Show(
            Load(types + Decision("d", Literal(text), "", $"typeRef=\"{type}\"")).Evaluate("d", []));
        Assert.Equal("\"A\"", Typed("tGrade", "\"A\""));
        Assert.Equal("null", Typed("tGrade", "\"C\""));
        Assert.Equal("[\"A\"]", Typed("tGrades", "\"A\""));
        Assert.Equal("null", Typed("tGrades", "[\"A\", \"C\"]"));
        Assert.Equal("\"A\"", Typed("tGrade", "[\"A\"]"));
        Assert.NotEqual("null", Typed("tPerson", "{\"full name\": \"x\", grade: \"A\"}"));
        Assert.Equal("null", Typed("tPerson", "{\"full name\": 1, grade: \"A\"}"));
    }

    [Fact]
    public void WhatIsWrongInAModelIsSaid()
    {
        var program = Load(Decision("a", Literal("1 +")) + Decision("b", Literal("2"), Needs("gone")) +
            Decision("c", Literal("c"), Needs("c")) + Decision("d", Literal("3")));
        Assert.True(program.Problems.Length >= 2);
        Assert.All(program.Problems, p => Assert.Equal("model.dmn", p.Place.File));
        Assert.True(program.Evaluate("a", []).Value.IsNull);
        Assert.True(program.Evaluate("c", []).Value.IsNull);
        Assert.Equal("3", Show(program.Evaluate("d", [])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<a/>")]
    [InlineData("<definitions")]
    [InlineData("<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><definitions>&e;</definitions>")]
    public void WhatIsNoModelSaysSo(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        Assert.NotEmpty(ModelReader.Read(stream, "x.dmn").Problems);
    }

    [Fact]
    public void NoBytesMakeTheReaderThrow() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            using var stream = new MemoryStream([.. "<definitions>"u8, .. bytes]);
            Assert.NotEmpty(ModelReader.Read(stream, "x.dmn").Problems);
        });

    [Fact]
    public void ImportsLieBesideTheModel()
    {
        File.WriteAllText(Path.Combine(_folder, "other.dmn"),
            Head + """name="o" namespace="o">""" + Decision("far", Literal("40")) + "</definitions>");
        var program = Load("""<import name="other" namespace="o"/>""" + Decision("d", Literal("other.far + 2"),
            """<informationRequirement><requiredDecision href="o#far"/></informationRequirement>"""));
        Assert.Equal("42", Show(program.Evaluate("d", [])));
    }
}
