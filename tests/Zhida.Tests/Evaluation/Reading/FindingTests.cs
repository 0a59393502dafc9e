using Zhida.Evaluation.Reading;
using Zhida.Policy;

namespace Zhida.Tests.Evaluation.Reading;

/// <summary>What is wrong with files as a whole is told with the file, the column and the mend.</summary>
public sealed class FindingTests
{
    private static string Say(string path) => string.Join('\n', ReadResult.Of(path).Findings
        .Where(f => f.Code != "rows.missing" || f.Severity == Severity.Error)
        .Select(f => $"{f.Code} {Path.GetFileName(f.Location.File)}:{f.Location.Column} {f.Message}；{f.Mend}"));

    [Fact]
    public void Nothing_there()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("rows.path 无:1 没有这个文件夹或文件；给出放着 主体.parquet 等表的文件夹、一个XLSX文件，或PostgreSQL连接串",
            Say(Path.Combine(folder.Path, "无")));
        Assert.Equal($"rows.missing {Path.GetFileName(folder.Path)}:1 没有主体表；表名（文件名、工作表名）应为 主体", Say(folder.Path));
        Assert.StartsWith("rows.path PostgreSQL:1 连接串写得不对", Say("postgres://[x"), StringComparison.Ordinal);
        Assert.StartsWith("rows.unreadable PostgreSQL:1", Say("postgres://nobody:secret@127.0.0.1:1/none"),
            StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Say("postgres://nobody:secret@127.0.0.1:1/none"));
    }

    [Theory]
    [InlineData("编号,规摸\n甲,大型\n", "rows.unknown 主体.csv:2 表“主体”没有列“规摸”，没有读它；是不是 “规模”？")]
    [InlineData("规模\n大型\n", "rows.column 主体.csv:1 缺少列“编号”；补上这一列")]
    [InlineData("\uFFFD\uFFFD,\uFFFD\n1,2\n", "rows.unreadable 主体.csv:1 文字编码不是UTF-8；另存为UTF-8编码的CSV")]
    [InlineData("编号,规模,规模\n甲,大型,小型\n", "rows.column 主体.csv:3 列“规模”有两个；只留一个")]
    public void Columns_that_are_not_right(string csv, string said)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "主体.csv"), csv);
        Assert.Equal(said, Say(folder.Path));
    }

    [Fact]
    public void A_file_that_is_not_parquet()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "主体.parquet"), "编号\n甲\n");
        Assert.StartsWith("rows.unreadable 主体.parquet:1 读不出来：", Say(folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_a_type_that_says_nothing()
    {
        using var folder = new TemporaryFolder();
        using (var file = new ParquetSharp.ParquetFileWriter(Path.Combine(folder.Path, "主体.parquet"),
            [new ParquetSharp.Column<string>("编号"), new ParquetSharp.Column<bool>("收入")]))
        {
            using var group = file.AppendRowGroup();
            using (var ids = group.NextColumn().LogicalWriter<string>()) ids.WriteBatch(["甲"]);
            using (var flags = group.NextColumn().LogicalWriter<bool>()) flags.WriteBatch([true]);
            file.Close();
        }
        Assert.Equal("rows.type 主体.parquet:2 列“收入”的类型是 Boolean，读不成数字；换成这种类型，或写成文字", Say(folder.Path));
    }

    [Fact]
    public void Tables_that_are_there_twice_or_have_no_owner()
    {
        using var folder = new TemporaryFolder();
        var tables = new FactTables().Add("主体", "编号", "甲").Add("贷款_年度", "主体", "甲", "贷款", "L", "年度", 2026L);
        tables.WriteParquet(folder.Path);
        new FactTables().Add("主体", "编号", "乙").WriteCsv(folder.Path);
        Assert.Equal("rows.twice 主体.csv:1 “主体”有2份：主体.parquet、主体.csv；只留一份\n" +
                     "rows.missing 贷款_年度.parquet:1 有“贷款_年度”而没有“贷款”：年度数据无所归属；补上贷款表", Say(folder.Path));
    }

    [Fact]
    public void Tables_that_are_missing_are_told()
    {
        using var folder = new TemporaryFolder();
        new FactTables().Add("主体", "编号", "甲").Add("项目", "编号", "P", "主体", "甲").WriteCsv(folder.Path);
        Assert.Equal(["没有表“贷款”：所有主体有没有贷款都按不知道处理", "没有表“担保”：所有主体有没有担保都按不知道处理"],
            ReadResult.Of(folder.Path).Findings.Select(f => f.Message));
    }

    [Theory]
    [InlineData("postgres://u:p%40ss@db:5433/town?schema=年", "年",
        "Host=db;Port=5433;Username=u;Password=p@ss;Database=town")]
    [InlineData("Host=db;Database=town;schema=s", "s", "Host=db;Database=town")]
    [InlineData("postgresql://db/town", "public", "Host=db;Database=town")]
    public void Addresses_of_databases(string path, string schema, string connection)
    {
        Assert.True(PostgresAddress.Is(path));
        Assert.Equal(new PostgresAddress(connection, schema), PostgresAddress.Parse(path));
    }
}
