using System.Text;
using Zhida.Evaluation.Matching;
using Zhida.Evaluation.Population;
using Zhida.Evaluation.Reports;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Desk;
using Zhida.Tests.Populations;

namespace Zhida.Tests.Casework.Campaigns;

/// <summary>A line that is due, as a population run of its own has it.</summary>
internal sealed record DueLine(string Key, string Code, string Name, string Object, long Fen);

/// <summary>Made-up subjects, and what a population run that knows nothing of campaigns says of them.</summary>
public sealed class CampaignPopulation : IDisposable
{
    public const string Item = "liaoning-2026:12.2";
    public const string Standards = "liaoning-2026:12.1";
    public static readonly DateOnly On = new(2026, 6, 30);

    private static readonly string[] Places = ["210102", "210202", "210302"];

    private readonly TemporaryFolder _folder = new();
    private readonly string _written;

    public CampaignPopulation()
    {
        Maker = DecisionMaker.Open(PolicyTree.Read(Repository.Root).Files, [], ["liaoning-2026-demo"],
            new Dictionary<string, string>()).Maker!;
        _written = Path.Combine(_folder.Path, "population");
        PopulationWriter.Open(PolicyTree.Read(Repository.Root), ["liaoning-2026"]).Writer!
            .Write(_written, 1500, seed: 7, threads: 2);
        Rows = [.. new PopulationReader(_written, Maker.Program.Dictionary).Rows("主体")];
        Folder = Changed("source", new Dictionary<string, string>());
        Awards = Due(Item);
        StandardLines = Due(Standards);
    }

    internal DecisionMaker Maker { get; }

    public string Folder { get; }

    /// <summary>主体 as it was written.</summary>
    internal IReadOnlyList<Dictionary<string, object?>> Rows { get; }

    /// <summary>Lines of 12.2 that are due, in the order of the table.</summary>
    internal IReadOnlyList<DueLine> Awards { get; }

    /// <summary>Lines of 12.1 that are due.</summary>
    internal IReadOnlyList<DueLine> StandardLines { get; }

    /// <summary>A copy in which everybody is administered by some place, which worked examples don't say, and some
    /// subjects have another's credit code.</summary>
    /// <param name="codes">By 编号.</param>
    /// <param name="earlier">Whether earlier grants (已得) are told, which no ledger here has.</param>
    internal string Changed(string name, IReadOnlyDictionary<string, string> codes, bool earlier = false)
    {
        var folder = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(_written).Where(f =>
                     Path.GetFileName(f) is not "主体.parquet" && (earlier || Path.GetFileName(f) is not "已得.parquet")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var columns = Rows[0].Keys.ToList();
        var csv = new StringBuilder(string.Join(',', columns)).Append('\n');
        foreach (var (i, row) in Rows.Index())
            csv.AppendJoin(',', columns.Select(c => c switch
            {
                "统一社会信用代码" when codes.TryGetValue((string)row["编号"]!, out var code) => code,
                "注册地" => Cell(row[c] ?? Places[i % Places.Length]),
                "沈抚示范区企业" => Cell(row[c] ?? false),
                _ => Cell(row[c]),
            })).Append('\n');
        File.WriteAllText(Path.Combine(folder, "主体.csv"), csv.ToString());
        return folder;
    }

    public void Dispose() => _folder.Dispose();

    private static string Cell(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "是" : "否",
        ParquetSharp.Date day => day.DateTime.ToString("yyyy-MM-dd"),
        string text when text.Contains(',') || text.Contains('"') => $"\"{text.Replace("\"", "\"\"")}\"",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private List<DueLine> Due(string item)
    {
        var path = Path.Combine(_folder.Path, item[^4..] + ".csv");
        var request = new MatchRequest(Folder, Destination.Parse(path).Destination!, Maker.Find(item), "interpreter", 1,
            On, All: false, Why: false, Work: null, Maker.Bundle.Id);
        using (var job = Zhida.Evaluation.Matching.Population.Open(request, Maker.Program, Maker.Tables).Job!)
            job.Execute(new WhyHead("", "", On, Preview: false, ""), CancellationToken.None);
        var subjects = Rows.ToDictionary(r => (string)r["编号"]!);
        return
        [
            .. File.ReadLines(path).Skip(1).Select(l => l.Split(',')).Where(c => c[4] == "符合" && c[5] == "定额" &&
                long.Parse(c[6]) > 0).Select(c => new DueLine(c[0], (string?)subjects[c[0]]["统一社会信用代码"] ?? "",
                (string?)subjects[c[0]]["名称"] ?? "", c[1], long.Parse(c[6]))),
        ];
    }
}
