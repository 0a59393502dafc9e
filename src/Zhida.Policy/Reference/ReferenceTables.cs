namespace Zhida.Policy.Reference;

/// <summary>
/// The reference tables that decisions use, loaded from the bytes of <c>reference/</c>. Immutable; part of a decision's
/// bundle by its files.
/// </summary>
public sealed class ReferenceTables
{
    private ReferenceTables(
        LprTable lpr, WorkCalendar calendar, Divisions divisions, Industries industries,
        IReadOnlyList<Finding> findings) =>
        (Lpr, Calendar, Divisions, Industries, Findings) = (lpr, calendar, divisions, industries, findings);

    public LprTable Lpr { get; }

    public WorkCalendar Calendar { get; }

    public Divisions Divisions { get; }

    public Industries Industries { get; }

    /// <summary>What is wrong with the files; wrong rows are left out.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Loads the tables. Keys are paths that end with lpr.csv, holidays.csv, divisions.csv, industries.csv;
    /// other files are for tests and pages and are passed over. A missing one is a finding and an empty
    /// table.</summary>
    public static ReferenceTables Load(IReadOnlyDictionary<string, byte[]> files)
    {
        var findings = new List<Finding>();
        Csv? Open(string name, string columns)
        {
            foreach (var (path, bytes) in files)
                if (Path.GetFileName(path) == name) return Csv.Read(path, bytes, columns, findings);
            findings.Add(Finding.Error("reference.missing", new Location($"reference/{name}", 1, 1),
                $"没有资料表 reference/{name}", "恢复这个文件"));
            return null;
        }
        return new ReferenceTables(
            Open("lpr.csv", LprTable.Columns) is { } lpr ? LprTable.Read(lpr) : LprTable.Empty,
            Open("holidays.csv", WorkCalendar.Columns) is { } days ? WorkCalendar.Read(days) : WorkCalendar.Empty,
            Open("divisions.csv", Divisions.Columns) is { } places ? Divisions.Read(places) : Divisions.Empty,
            Open("industries.csv", Industries.Columns) is { } trades ? Industries.Read(trades) : Industries.Empty,
            findings);
    }

    /// <summary>The tables with a layer's own <c>lpr.csv</c>, of the same form, whose standing (状况) must begin with
    /// 示范. It only answers where the official table says nothing.</summary>
    public ReferenceTables With(string path, byte[] lpr)
    {
        var findings = new List<Finding>(Findings);
        var csv = Csv.Read(path, lpr, LprTable.Columns, findings);
        if (!csv.Head.GetValueOrDefault("状况", "").StartsWith("示范", StringComparison.Ordinal))
            csv.Error(1, "一层自带的LPR只能是示范", "在文件头写一行 # 状况：示范…");
        return new ReferenceTables(Lpr.With(LprTable.Read(csv)), Calendar, Divisions, Industries, findings);
    }
}
