using Zhida.Feel;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;

namespace Zhida.Policy.Facts;

/// <summary>Whether what a case adds to the facts fits the policies that decide: a claim or a balance with a slip in
/// its name would silently count for nothing.</summary>
internal static class CaseCheck
{
    public static IReadOnlyList<Finding> Of(SubjectFacts facts, PolicyProgram program, string file)
    {
        var findings = new List<Finding>();
        if (facts is { Claims: null, Balances.Count: 0 }) return findings;
        var items = program.Policies.SelectMany(p => p.Items).ToList();
        foreach (var (claim, i) in (facts.Claims ?? []).Select((c, i) => (c, i)))
        {
            var path = $"$.{CaseFacts.Claims}[{i}].{CaseFacts.Item}";
            var found = items.Where(claim.IsOf).Select(item => item.Id).ToList();
            if (found.Count == 0)
                Report("facts.claim", $"{path}：没有事项“{claim.Item}”",
                    Nearest.Mend(claim.Item, items.SelectMany(item => new[] { item.Number, item.Id })));
            else if (found.Count > 1)
                Report("facts.claim", $"{path}：“{claim.Item}”不止一个事项", $"写全：{string.Join("、", found)}");
        }
        foreach (var (balance, i) in facts.Balances.Select((b, i) => (b, i)))
        {
            var caps = AccountName.CapsOf(balance.Account, items);
            if (caps.Count == 0)
                Report("facts.account", $"$.{CaseFacts.Balances}[{i}].{CaseFacts.Account}：" +
                    $"没有上限用到账户“{balance.Account}”", "照抄判定里上限的 account");
            else if (caps.Any(cap => !Fits(balance, cap)))
                Report("facts.account", $"$.{CaseFacts.Balances}[{i}].{CaseFacts.Used}：这个上限以" +
                    $"{(caps[0].CountsLines ? "项" : "元")}计", caps[0].CountsLines ? "写 3项" : "写 380万元");
        }
        return findings;

        void Report(string code, string message, string? mend) =>
            findings.Add(Finding.Error(code, new Location(file, 0, 0), message, mend));
    }

    private static bool Fits(Balance balance, Cap cap) => cap.CountsLines
        ? balance.Unit is null or "项" && decimal.Truncate(balance.Used) == balance.Used
        : balance.Unit is null or "元";
}
