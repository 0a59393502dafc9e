using System.Globalization;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Evaluation.Reading;

/// <summary>A bad row goes to the reject file with its row, column and reason; nothing else is lost.</summary>
public sealed class RejectTests
{
    private static readonly string Lists = "可选：大型、中型、小型";

    /// <summary>Three subjects with a project each; the second has a bad cell.</summary>
    private static FactTables Around(string column, object? cell)
    {
        var tables = new FactTables().Add("主体", "编号", "甲", "收入", 1m).Add("主体", "编号", "乙", column, cell)
            .Add("主体", "编号", "丙", "规模", "小型");
        foreach (var id in new[] { "甲", "乙", "丙" })
            tables.Add("项目", "编号", "P", "主体", id, "投资", 2m);
        return tables;
    }

    private static readonly string Others = ChunkText.Expected(new FactTables()
        .Add("主体", "编号", "甲", "收入", 1m).Add("主体", "编号", "丙", "规模", "小型")
        .Add("项目", "编号", "P", "主体", "甲", "投资", 2m).Add("项目", "编号", "P", "主体", "丙", "投资", 2m));

    [Theory]
    [InlineData("规模", "巨型", "“巨型”不在可选值之中", "可选：大型、中型、小型")]
    [InlineData("环节", "研发；运输", "“运输”不在可选值之中", "可选：研发、生产、销售")]
    [InlineData("注册地", "999999", "“999999”不是区划代码：没有以99开头的省份", "")]
    [InlineData("注册地", "21", "“21”不是区划代码：应为6位数字，例如 210102", "")]
    [InlineData("行业代码", "0000", "“0000”不是国民经济行业分类（GB/T 4754—2017）的代码：例如 3525 或 C3525", "")]
    [InlineData("信用代码", "123", "统一社会信用代码应为18位，实为3位", "")]
    [InlineData("失信", "也许", "应为是否", "写 是 或 否")]
    [InlineData("成立日", "2026/3/1", "应为日期", "写成 2026-03-01 这样真实存在的日期")]
    [InlineData("成立日", "2026-02-30", "应为日期", "写成 2026-03-01 这样真实存在的日期")]
    [InlineData("成立日", "1899-12-31", "年份不在1900至2199之间", "检查年份")]
    [InlineData("收入", "很多", "应为数字", "写数字（单位元）或带单位的文字，如 8000万元")]
    [InlineData("收入", "-1", "超出范围 0 至 不限", "")]
    [InlineData("收入", "10000000000000.01", "超过10万亿元", "检查单位是元还是万元")]
    [InlineData("收入", "0.001", "小数多于2位", "最多写到小数点后2位")]
    [InlineData("收入", "5人", "单位应为元，实为人", "以元为单位填写")]
    [InlineData("人数", "0", "超出范围 1 至 10000000", "")]
    [InlineData("人数", "1.5", "应为整数", "")]
    [InlineData("得分", "100.0001", "超出范围 0 至 100", "")]
    [InlineData("得分", "1.00001", "小数多于4位", "最多写到小数点后4位")]
    [InlineData("股比", "101%", "超出范围 0 至 1", "")]
    [InlineData("增速", "-1.1", "超出范围 -1 至 100", "")]
    [InlineData("年息", "3.1%/人", "单位应为1/年，实为1/人", "以1/年为单位填写")]
    [InlineData("申报时间", "去年", "应为日期", "写成 2026-03-01 这样真实存在的日期")]
    [InlineData("未知对象", "贷欵", "数据字典里没有对象“贷欵”", "是不是 “贷款”？")]
    public void A_bad_cell_of_a_text_file(string column, string cell, string reason, string mend)
    {
        using var folder = new TemporaryFolder();
        Around(column, cell).WriteCsv(folder.Path);
        var read = ReadResult.Of(folder.Path);
        Assert.Equal([$"主体.csv,2,{column},{cell},{reason},{mend}", "项目.csv,2,主体,乙,主体的行已被剔除,先改正主体的行"],
            read.Rejects.Order(StringComparer.Ordinal));
        Assert.Equal(Others, read.Text);
    }

    public static TheoryData<string, string, string, string> BadInParquet => new()
    {
        { "规模", "巨型", "“巨型”不在可选值之中", Lists },
        { "环节", "研发；运输", "“运输”不在可选值之中", "可选：研发、生产、销售" },
        { "注册地", "999999", "“999999”不是区划代码：没有以99开头的省份", "" },
        { "行业代码", "0000", "“0000”不是国民经济行业分类（GB/T 4754—2017）的代码：例如 3525 或 C3525", "" },
        { "信用代码", "123", "统一社会信用代码应为18位，实为3位", "" },
        { "成立日", "1899-12-31", "年份不在1900至2199之间", "检查年份" },
        { "成立日", "2200-01-01", "年份不在1900至2199之间", "检查年份" },
        { "收入", "-1", "超出范围 0 至 不限", "" },
        { "收入", "10000000000000.01", "超过10万亿元", "检查单位是元还是万元" },
        { "人数", "0", "超出范围 1 至 10000000", "" },
        { "得分", "100.0001", "超出范围 0 至 100", "" },
        { "股比", "1.00000001", "超出范围 0 至 1", "" },
        { "未知对象", "贷款；贷欵", "数据字典里没有对象“贷欵”", "是不是 “贷款”？" },
    };

    [Theory]
    [MemberData(nameof(BadInParquet))]
    public void A_bad_cell_of_parquet(string column, string cell, string reason, string mend)
    {
        object value = column switch
        {
            "成立日" => DateOnly.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            "人数" => long.Parse(cell, CultureInfo.InvariantCulture),
            "收入" or "得分" or "股比" => decimal.Parse(cell, CultureInfo.InvariantCulture),
            _ => cell,
        };
        foreach (var sorted in new[] { true, false })
        {
            using var folder = new TemporaryFolder();
            var tables = sorted ? Around(column, value).Sorted() : Around(column, value);
            tables.WriteParquet(folder.Path);
            var row = tables.Rows["主体"].FindIndex(r => r["编号"] is "乙") + 1;
            var child = tables.Rows["项目"].FindIndex(r => r["主体"] is "乙") + 1;
            var read = ReadResult.Of(folder.Path, chunkSize: 2);
            Assert.Equal([$"主体.parquet,{row},{column},{cell},{reason},{mend}",
                $"项目.parquet,{child},主体,乙,主体的行已被剔除,先改正主体的行"], read.Rejects);
            Assert.Equal(Others, read.Text);
        }
    }

    [Fact]
    public void More_places_than_a_column_keeps()
    {
        using var folder = new TemporaryFolder();
        using (var file = new ParquetSharp.ParquetFileWriter(Path.Combine(folder.Path, "主体.parquet"),
            [new ParquetSharp.Column<string>("编号"),
                new ParquetSharp.Column<decimal>("收入", ParquetSharp.LogicalType.Decimal(18, 4)),
                new ParquetSharp.Column<long>("得分")],
            new ParquetSharp.WriterPropertiesBuilder().EnableStoreDecimalAsInteger().Build()))
        {
            using var group = file.AppendRowGroup();
            using (var ids = group.NextColumn().LogicalWriter<string>()) ids.WriteBatch(["A", "B", "C", "D"]);
            using (var money = group.NextColumn().LogicalWriter<decimal>())
                money.WriteBatch([1.25m, 1.2345m, 3m, 4m]);
            using (var scores = group.NextColumn().LogicalWriter<long>())
                scores.WriteBatch([100, 1, long.MaxValue, 101]);
            file.Close();
        }
        var read = ReadResult.Of(folder.Path);
        Assert.Equal(["主体.parquet,2,收入,1.2345,小数多于2位,最多写到小数点后2位",
            "主体.parquet,3,得分,9223372036854775807,超出范围 0 至 100,", "主体.parquet,4,得分,101,超出范围 0 至 100,"],
            read.Rejects);
        Assert.StartsWith("主体 A 收入=1.25 得分=100\n", read.Text, StringComparison.Ordinal);
    }

    /// <summary>Every way a row can have no place.</summary>
    private static FactTables Misfits() => new FactTables()
        .Add("主体", "编号", "甲").Add("主体", "编号", null, "规模", "大型").Add("主体", "编号", "甲", "规模", "中型")
        .Add("主体", "编号", "乙", "规模", "巨型").Add("主体", "编号", "乙", "规模", "大型")
        .Add("主体_年度", "主体", "甲", "年度", 2026L, "税款", 1m).Add("主体_年度", "主体", "甲", "年度", 2026L, "税款", 2m)
        .Add("主体_年度", "主体", "甲", "年度", 1800L, "税款", 3m).Add("主体_年度", "主体", "丁", "年度", 2026L)
        .Add("主体_年度", "主体", "甲", "年度", null)
        .Add("项目", "编号", "P1", "主体", "甲", "投资", -1m).Add("项目", "编号", "P1", "主体", "甲", "投资", 1m)
        .Add("项目", "编号", "P1", "主体", "甲", "投资", 2m).Add("项目", "编号", "P2", "主体", "甲", "投资", -2m)
        .Add("项目", "编号", "P1", "主体", "丁").Add("项目", "编号", "P1", "主体", null)
        .Add("项目", "编号", null, "主体", "甲").Add("项目", "编号", "P1", "主体", "乙")
        .Add("贷款", "编号", "L1", "主体", "甲", "项目", "P1", "本金", 1m).Add("贷款", "编号", "L2", "主体", "甲", "项目", "P2")
        .Add("贷款", "编号", "L3", "主体", "甲", "项目", "P9").Add("贷款", "编号", "L4", "主体", "乙", "用途", "其他")
        .Add("贷款_年度", "主体", "甲", "贷款", "L1", "年度", 2026L, "实付利息", 5m)
        .Add("贷款_年度", "主体", "甲", "贷款", "L2", "年度", 2026L).Add("贷款_年度", "主体", "甲", "贷款", "L8", "年度", 2026L)
        .Add("贷款_年度", "主体", "甲", "贷款", null, "年度", 2026L)
        .Add("担保", "编号", "D1", "主体", "甲", "贷款", "L2").Add("担保", "编号", "D2", "主体", "甲")
        .Add("担保", "编号", "D3", "主体", "乙")
        .Add("已得", "主体", "甲", "事项", null, "金额", 1m).Add("已得", "主体", "甲", "事项", "4.1", "金额", -1m)
        .Add("已得", "主体", "丁", "事项", "4.1", "金额", 1m).Add("已得", "主体", "甲", "事项", "4.1", "金额", 3m);

    private static readonly string[] Refused =
    [
        "主体,2,编号,,没有填写编号,补上", "主体,3,编号,甲,编号与前面的一行重复,只留一行，或改编号",
        $"主体,4,规模,巨型,“巨型”不在可选值之中,{Lists}",
        "主体_年度,2,年度,2026,同一年度与前面的一行重复,只留一行", "主体_年度,3,年度,1800,超出范围 1900 至 2199,",
        "主体_年度,4,主体,丁,没有编号为“丁”的主体,补上主体，或改正编号", "主体_年度,5,年度,,没有填写年度,补上",
        "项目,1,投资,-1,超出范围 0 至 不限,", "项目,3,编号,P1,编号与同一主体前面的一行重复,只留一行，或改编号",
        "项目,4,投资,-2,超出范围 0 至 不限,", "项目,5,主体,丁,没有编号为“丁”的主体,补上主体，或改正编号",
        "项目,6,主体,,没有填写主体,补上", "项目,7,编号,,没有填写编号,补上",
        "贷款,2,项目,P2,所指的项目的行已被剔除,先改正项目的行", "贷款,3,项目,P9,这个主体没有编号为“P9”的项目,写一个项目的编号",
        "贷款_年度,2,贷款,L2,所指的贷款的行已被剔除,先改正贷款的行",
        "贷款_年度,3,贷款,L8,这个主体没有编号为“L8”的贷款,写一个贷款的编号", "贷款_年度,4,贷款,,没有填写贷款,补上",
        "担保,1,贷款,L2,所指的贷款的行已被剔除,先改正贷款的行",
        "已得,1,事项,,没有填写事项,补上", "已得,2,金额,-1,超出范围 0 至 不限,",
        "已得,3,主体,丁,没有编号为“丁”的主体,补上主体，或改正编号",
    ];

    /// <summary>The guarantee D2 names no loan: of several that were given, one was refused, so none is the only one.
    /// </summary>
    private static readonly string Left = ChunkText.Expected(new FactTables()
        .Add("主体", "编号", "甲").Add("主体", "编号", "乙", "规模", "大型")
        .Add("主体_年度", "主体", "甲", "年度", 2026L, "税款", 1m)
        .Add("项目", "编号", "P1", "主体", "甲", "投资", 1m).Add("项目", "编号", "P1", "主体", "乙")
        .Add("贷款", "编号", "L1", "主体", "甲", "项目", "P1", "本金", 1m).Add("贷款", "编号", "L4", "主体", "乙", "用途", "其他")
        .Add("贷款_年度", "主体", "甲", "贷款", "L1", "年度", 2026L, "实付利息", 5m)
        .Add("担保", "编号", "D2", "主体", "甲").Add("担保", "编号", "D3", "主体", "乙")
        .Add("已得", "主体", "甲", "事项", "4.1", "范围", null, "对象", null, "期", null, "金额", 3m))
        .Replace("担保 D2 贷款→L1", "担保 D2");

    private static IEnumerable<string> InOrder(IEnumerable<string> rejects, string ending) =>
        rejects.Select(r => r.Replace(ending, "")).Order(StringComparer.Ordinal);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(100, 3)]
    public void Rows_without_a_place(int chunkSize, int threads)
    {
        using var folder = new TemporaryFolder();
        Misfits().WriteParquet(folder.Path, groupRows: 2);
        var read = ReadResult.Of(folder.Path, chunkSize, threads);
        Assert.Equal(InOrder(Refused, "!"), InOrder(read.Rejects, ".parquet"));
        Assert.Equal(Left, read.Text);
        Assert.Equal(read.Rejects, ReadResult.Of(folder.Path, chunkSize, threads: 1).Rejects);
    }

    [Fact]
    public void Rows_without_a_place_in_a_text_file()
    {
        using var folder = new TemporaryFolder();
        Misfits().WriteCsv(folder.Path);
        var read = ReadResult.Of(folder.Path, chunkSize: 1);
        Assert.Equal(InOrder(Refused, "!"), InOrder(read.Rejects, ".csv"));
        Assert.Equal(Left, read.Text);
    }

    [Fact]
    public void Every_bad_cell_of_a_row_is_told()
    {
        using var folder = new TemporaryFolder();
        new FactTables().Add("主体", "编号", "甲", "规模", "巨型", "收入", "x", "失信", "是").WriteCsv(folder.Path);
        Assert.Equal(["规模", "收入"], ReadResult.Of(folder.Path).Rejects.Select(r => r.Split(',')[2]));
        new FactTables().Add("主体", "编号", "甲", "规模", "巨型", "收入", -1m, "失信", true).WriteParquet(folder.Path);
        File.Delete(Path.Combine(folder.Path, "主体.csv"));
        Assert.Equal(["规模", "收入"], ReadResult.Of(folder.Path).Rejects.Select(r => r.Split(',')[2]));
    }

    [Fact]
    public void A_line_with_more_or_fewer_cells_than_the_head()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "主体.csv"),
            "编号,规模\n甲,大型\n乙,大型,小型\n\n丙\n丁,\"小型\"\n");
        var read = ReadResult.Of(folder.Path);
        Assert.Equal(["主体.csv,2,编号,乙,这一行有3列，表头有2列,检查逗号和引号", "主体.csv,4,编号,丙,这一行有1列，表头有2列,检查逗号和引号"],
            read.Rejects);
        Assert.Equal(2, read.Chunks.Sum(c => c.Subjects.Count));
    }

    [Fact]
    public void Words_for_numbers_and_truth_are_read()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "主体.csv"), "\uFEFF编号,收入,股比,年息,人数,失信\n" +
            "a,8000万元,35%,3.1%/年,300人,true\nb,1.5亿,0.35,0.031,300,0\nc,\" 5 \",1折,,,FALSE\n");
        var text = ReadResult.Of(folder.Path).Text.Split('\n').Where(l => l.StartsWith("主体", StringComparison.Ordinal));
        Assert.Equal(["主体 a 失信=是 收入=80000000 人数=300 股比=0.35 年息=0.031",
            "主体 b 失信=否 收入=150000000 人数=300 股比=0.35 年息=0.031", "主体 c 失信=否 收入=5 股比=0.1"], text);
    }
}
