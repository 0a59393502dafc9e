using System.Text.Json;
using Zhida.Feel.Types;
using Zhida.Policy.Program;

namespace Zhida.Policy.Facts;

/// <summary>Reads what a case adds to a subject's facts: its claims and the balances of accounts.</summary>
/// <param name="dictionary">Of the facts.</param>
/// <param name="report">Takes a finding: code, path, message, mend.</param>
internal sealed class CaseReader(Dictionary dictionary, Action<string, string, string, string?> report)
{
    private const string ClaimCode = "facts.claim", BalanceCode = "facts.account";

    private const string ClaimForm = """写成 {"事项": "4.1", "对象": "贷一", "期": "2026"}""";

    private const string BalanceForm =
        """写成 {"账户": "liaoning-2026:4.1/主体·年度/甲公司/2026", "已用": "380万元"}""";

    /// <summary>Null: the facts are no case's, and all lines are decided.</summary>
    public IReadOnlyList<LineClaim>? Claims(JsonElement root)
    {
        if (List(root, CaseFacts.Claims, ClaimCode, ClaimForm) is not { } entries) return null;
        if (entries.Count == 0) report(ClaimCode, $"$.{CaseFacts.Claims}", "没有写申报哪一行", $"{ClaimForm}；不是申报就不写");
        var claims = new List<LineClaim>();
        foreach (var (entry, path) in entries)
        {
            if (!HasOnly(entry, CaseFacts.Item, CaseFacts.Object, CaseFacts.Period) ||
                Text(entry, CaseFacts.Item) is not { } item || Text(entry, CaseFacts.Object) is not { } about ||
                Text(entry, CaseFacts.Period) is not { } period)
                report(ClaimCode, path, "申报的一行要有“事项”“对象”“期”，都是文字", ClaimForm);
            else if (claims.Contains(new LineClaim(item, about, period))) report(ClaimCode, path, "这一行写了两次", "只留一个");
            else claims.Add(new LineClaim(item, about, period));
        }
        RequireNumbers(root);
        return claims;
    }

    public IReadOnlyList<Balance> Balances(JsonElement root)
    {
        var balances = new List<Balance>();
        foreach (var (entry, path) in List(root, CaseFacts.Balances, BalanceCode, BalanceForm) ?? [])
        {
            if (!HasOnly(entry, CaseFacts.Account, CaseFacts.Used) ||
                Text(entry, CaseFacts.Account) is not { } account ||
                !entry.TryGetProperty(CaseFacts.Used, out var used) || Amount(used) is not var (amount, unit))
                report(BalanceCode, path, "账户要有“账户”（名称）和“已用”（元，或项）", BalanceForm);
            else if (amount > FactsReader.MostMoney || decimal.Round(amount, unit == "项" ? 0 : 2) != amount)
                report(BalanceCode, path, "已用应是整分的元或整数的项，最多10万亿元", BalanceForm);
            else if (balances.Exists(b => b.Account == account))
                report(BalanceCode, path, $"账户“{account}”写了两次", "只留一个");
            else balances.Add(new Balance(account, amount, unit));
        }
        return balances;
    }

    /// <summary>An amount in 元 or a number of 项, at least 0, with its unit where it has one.</summary>
    public static (decimal Amount, string? Unit)? Amount(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out var plain) && plain >= 0)
            return (plain, null);
        if (json.ValueKind != JsonValueKind.String ||
            !Quantity.TryParse(json.GetString()!, out var number, out var unit, out _) || number < 0) return null;
        return unit.ToString() switch
        {
            "元" => (number, "元"),
            "项" => (number, "项"),
            "无" => (number, null),
            _ => null,
        };
    }

    /// <summary>Accounts are named by 编号: one that is made up from the place in the file would name another account the
    /// next time.</summary>
    private void RequireNumbers(JsonElement root)
    {
        const string message = "申报的事实里每个对象都要有自己的编号", mend = "写上 \"编号\": \"…\"";
        if (!root.TryGetProperty(dictionary.Subject.Name, out _))
            report(ClaimCode, $"$.{dictionary.Subject.Name}", message, mend);
        foreach (var member in root.EnumerateObject())
        {
            if (!dictionary.Objects.ContainsKey(member.Name)) continue;
            if (member.Value.ValueKind == JsonValueKind.Array)
                foreach (var (json, i) in member.Value.EnumerateArray().Select((e, i) => (e, i)))
                    Check(json, $"$.{member.Name}[{i}]");
            else if (member.Name == dictionary.Subject.Name) Check(member.Value, $"$.{member.Name}");
        }

        void Check(JsonElement json, string path)
        {
            if (json.ValueKind is JsonValueKind.Object && Text(json, "编号") is not null) return;
            report(ClaimCode, path, message, mend);
        }
    }

    /// <summary>The entries of a list with their paths; null: it isn't there.</summary>
    private List<(JsonElement Entry, string Path)>? List(JsonElement root, string name, string code, string form)
    {
        var given = root.EnumerateObject().Where(p => p.Name == name).ToList();
        if (given.Count > 1) report(code, $"$.{name}", $"“{name}”写了两次", "只留一个");
        if (given.Count == 0 || given[0].Value.ValueKind == JsonValueKind.Null) return null;
        if (given[0].Value.ValueKind == JsonValueKind.Array)
            return [.. given[0].Value.EnumerateArray().Select((e, i) => (e, $"$.{name}[{i}]"))];
        report(code, $"$.{name}", "应是列表 [ … ]", form);
        return null;
    }

    private static bool HasOnly(JsonElement entry, params ReadOnlySpan<string> names)
    {
        if (entry.ValueKind != JsonValueKind.Object) return false;
        var count = 0;
        foreach (var member in entry.EnumerateObject())
        {
            if (!names.Contains(member.Name)) return false;
            count++;
        }
        return count == names.Length;
    }

    /// <summary>A text that is not empty; null: there is none.</summary>
    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String &&
        value.GetString() is { Length: > 0 } text ? text : null;
}
