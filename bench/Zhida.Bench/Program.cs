using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RulesEngine.Models;
using Zhida.Bench;
using Zhida.Policy.Deciding;
using Zhida.Policy.Facts;
using Zhida.Policy.Loading;

// decide: how long deciding takes, beside the same rule by hand and in other engines, in this very run, on one thread.
var root = FindRoot();
if (args is ["match", "W20", ..]) return Zhida.Bench.Match.W20Bench.Run(root, args[2..]);
if (args is ["match", ..]) return Zhida.Bench.Match.MatchBench.Run(root, args[(args is [_, "W60", ..] ? 2 : 1)..]);
if (args is ["cases", ..]) return await Zhida.Bench.Cases.CasesBench.RunAsync(root, args[1..]);
if (args is ["ledger", ..]) return await Zhida.Bench.Ledger.LedgerBench.RunAsync(root, args[1..]);
Console.WriteLine($"cores {Environment.ProcessorCount}, {Environment.Version}, one thread, medians");
WholeEnterprise();
OneRule();
Loading();
return 0;

void WholeEnterprise()
{
    foreach (var layers in new string[][] { [], ["liaoning-2026-demo"] })
    {
        var loaded = PolicyLoader.Load(root, ["liaoning-2026"], layers, new Dictionary<string, string>());
        var program = loaded.Program ?? throw new InvalidOperationException(loaded.Findings[0].ToString());
        var decider = new Decider(program, new DateOnly(2026, 6, 30));
        var reader = new FactsReader(program.Dictionary, loaded.Tables);
        foreach (var sample in Directory.GetFiles(Path.Combine(root, "samples"), "*.json").Order())
        {
            var (facts, _) = reader.Read(File.ReadAllBytes(sample), sample);
            if (facts is null) continue;
            var full = Timing.Measure(() => decider.Decide(facts));
            var plain = Timing.Measure(() => decider.Decide(facts, explain: false));
            var which = layers.Length > 0 ? "demo" : "official";
            var (items, name) = (program.Policies.Sum(p => p.Items.Count), Path.GetFileNameWithoutExtension(sample));
            Console.Write(Invariant($"all {items} items, {name,-16} {which,-8}  "));
            Console.Write(Invariant($"explained {full.Nanoseconds / 1000,8:F1} µs   "));
            Console.WriteLine(Invariant($"plain {plain.Nanoseconds / 1000,7:F1} µs ({plain.Bytes:F0} B)"));
        }
    }
}

void OneRule()
{
    var loan = new Loan
    {
        Industry = "C35", Division = "210102", GrantedOn = new DateOnly(2026, 3, 1), Principal = 20_000_000m,
        Days = 200, InterestPaid = 600_000m, Granted = 100_000m,
    };
    var expected = LoanRule.ByHand(loan);
    decimal? sink = null;
    var hand = Timing.Measure(() => sink = LoanRule.ByHand(loan)).Nanoseconds;
    Report("by hand, decimal", hand, hand, sink, expected);

    var (decider, facts) = ZhidaLoan();
    var zhida = Timing.Measure(() => sink = decider.Decide(facts, explain: false)[0].Amount).Nanoseconds;
    Report("Zhida, Decide", zhida, hand, sink, expected);

    var engine = LoanRule.ForRulesEngine();
    var parameter = new RuleParameter("loan", loan);
    var rules = Timing.Measure(() =>
    {
        var result = engine.ExecuteAllRulesAsync("loan", parameter).AsTask().GetAwaiter().GetResult()[0];
        sink = result.IsSuccess ? Convert.ToDecimal(result.ActionResult?.Output, CultureInfo.InvariantCulture) : null;
    }).Nanoseconds;
    if (sink is null or 0)
        rules = Timing.Measure(() =>
        {
            var result = engine.ExecuteActionWorkflowAsync("loan", "subsidy", [parameter])
                .AsTask().GetAwaiter().GetResult();
            sink = Convert.ToDecimal(result.Output, CultureInfo.InvariantCulture);
        }).Nanoseconds;
    Report("RulesEngine 6.0.1", rules, hand, sink, expected);
    Console.WriteLine(Invariant($"RulesEngine / Zhida = {rules / zhida:F1}; Zhida / by hand = {zhida / hand:F1}"));
    Zen(loan, hand, expected);
}

(Decider, SubjectFacts) ZhidaLoan()
{
    var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
    foreach (var folder in new[] { "policies/common", "reference" })
    foreach (var path in Directory.GetFiles(Path.Combine(root, folder)))
        files[$"{folder}/{Path.GetFileName(path)}"] = File.ReadAllBytes(path);
    foreach (var path in Directory.GetFiles(Path.Combine(root, "bench/policies/loan")))
        files[$"policies/bench-loan/{Path.GetFileName(path)}"] = File.ReadAllBytes(path);
    var loaded = PolicyLoader.Load(files, ["bench-loan"], [], new Dictionary<string, string>());
    var program = loaded.Program ?? throw new InvalidOperationException(loaded.Findings[0].ToString());
    var json = """
        {
          "主体": { "编号": "E1", "注册地": "210102", "行业代码": "C35", "严重失信": false },
          "贷款": [{ "编号": "L1", "本金": 20000000, "发放日": "2026-03-01", "计息起日": "2026-03-01",
                     "计息止日": "2026-09-16", "年度": { "2026": { "实付利息": 600000 } } }],
          "已得": [{ "事项": "1", "范围": "主体", "金额": 100000 }]
        }
        """u8.ToArray();
    var (facts, findings) = new FactsReader(program.Dictionary, loaded.Tables).Read(json, "loan");
    return (new Decider(program, new DateOnly(2026, 10, 1)),
        facts ?? throw new InvalidOperationException(findings[0].ToString()));
}

void Zen(Loan loan, double hand, decimal? expected)
{
    var folder = Path.Combine(root, "bench/peers/zen");
    if (!Directory.Exists(Path.Combine(folder, "node_modules")))
    {
        Console.WriteLine("zen-engine: not measured, run `npm install` in bench/peers/zen first");
        return;
    }
    var facts = JsonSerializer.Serialize(new
    {
        industry = loan.Industry, division = loan.Division, badCredit = loan.BadCredit,
        grantedOn = loan.GrantedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), principal = loan.Principal,
        days = loan.Days, interestPaid = loan.InterestPaid, granted = loan.Granted,
    });
    using var node = Process.Start(new ProcessStartInfo("node", ["run.mjs", facts])
        { WorkingDirectory = folder, RedirectStandardOutput = true })!;
    var words = node.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
    node.WaitForExit();
    if (words.Length == 2)
        Report("zen-engine 0.54.0 (node)", double.Parse(words[0], CultureInfo.InvariantCulture), hand,
            decimal.Parse(words[1], CultureInfo.InvariantCulture), expected);
}

void Loading()
{
    var settings = new Dictionary<string, string>();
    var load = Timing.Measure(
        () => PolicyLoader.Load(root, ["liaoning-2026"], ["liaoning-2026-demo"], settings), 4000);
    Console.WriteLine(Invariant($"loading all files with the demo layer: {load.Nanoseconds / 1e6:F0} ms"));
}

static void Report(string name, double nanoseconds, double hand, decimal? amount, decimal? expected)
{
    var differs = amount == expected ? "" : $"   DIFFERS: {amount}, not {expected}";
    Console.WriteLine(Invariant(
        $"one rule, {name,-26} {nanoseconds,10:F0} ns   {nanoseconds / hand,7:F1} × by hand{differs}"));
}

static string Invariant(FormattableString text) => FormattableString.Invariant(text);

static string FindRoot()
{
    var folder = new DirectoryInfo(AppContext.BaseDirectory);
    while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Zhida.slnx"))) folder = folder.Parent;
    return folder?.FullName ?? throw new InvalidOperationException("not inside the project");
}
