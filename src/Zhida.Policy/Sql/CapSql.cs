using System.Globalization;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Sql;

/// <summary>
/// Caps as windows. What a line gets under one cap is what its account has left after the lines before it; where
/// accounts lie within each other, the inner cap is applied first, and the outer one to what it left: once an outer
/// account is empty nothing flows, so the inner sums can't tell the difference.
/// </summary>
internal sealed class CapSql
{
    private readonly ItemPlan _plan;
    private readonly NodeWriter _writer;
    private readonly LineRow _row;
    private readonly Dictionary<CapPlan, (string Limit, string Used, string Account)> _caps =
        new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _columns = [];
    private readonly List<(string, IReadOnlyList<string>)> _queries = [];
    private readonly string _order;
    private string _amount = "求额";

    public CapSql(ItemPlan plan, IReadOnlyList<CapPlan> nested, NodeWriter writer, LineRow row)
    {
        (_plan, _writer, _row) = (plan, writer, row);
        (Amount, Bit) = (_amount, "NULL::TEXT");
        _order = "";
        if (plan.Asked is null) return;
        _order = Order();
        foreach (var cap in plan.Caps) Prepare(cap);
        var used = plan.Caps.Select(c => $"{Granted(c)} AS {_caps[c].Used}").ToList();
        if (used.Count > 0 && writer.Views.HasGrants) _queries.Add(("已得", used));
        var counting = plan.Caps.FirstOrDefault(c => c.Cap.CountsLines);
        if (counting is not null) KeepTheBest(counting);
        foreach (var cap in nested) Take(cap);
        var bit = Reduced(nested);
        if (plan.Caps.FirstOrDefault(c => c.Cap.ProRata) is { } shared) bit.InsertRange(0, ShareProRata(shared));
        if (counting is not null)
            bit.Insert(0, (new SqlText("落选", SqlText.Atom), new SqlText(SqlText.Quote(counting.Cap.Name),
                SqlText.Atom)));
        if (bit.Count > 0) Bit = SqlText.Case(bit).Text;
        Amount = _amount;
        if (plan.Share is { } share) Amount = Paid(share);
    }

    /// <summary>The amount of a line, and what reduced it, in the last query.</summary>
    public string Amount { get; private set; }

    public string Bit { get; }

    /// <summary>申报时间 of what a line that draws is about.</summary>
    public string Filed { get; private set; } = "NULL::DATE";

    /// <summary>Limits and accounts, beside 求额.</summary>
    public IReadOnlyList<string> Columns() => _columns;

    /// <summary>The queries that follow.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Columns)> Queries() => _queries;

    /// <summary>SEMANTICS 6: 申报时间, the ids, the period.</summary>
    private string Order()
    {
        var claim = RowPath.Here.Then(HopKind.Object, _plan.Item.Object);
        var filed = _row.Column(claim, TableLayout.Filed, NodeType.Date);
        var bytes = _writer.Dialect.ByBytes;
        if (!filed.IsNull) Filed = filed.Text;
        return (filed.IsNull ? "" : $"{filed.Text} NULLS LAST, ") + $"coalesce(对象, ''){bytes}, 主体{bytes}" +
            (_plan.Lines.Cuts ? $", {LineColumns.Year}" : "");
    }

    private void Prepare(CapPlan cap)
    {
        var name = SqlNames.Quote(_row.Names.Take("上限_" + cap.Cap.Name));
        _columns.Add($"{_writer.Write(cap.Limit, RowPath.Here, _row).Text} AS {name}");
        var account = new List<string>();
        switch (CapOrder.Scope(cap, _writer.Views.Subject))
        {
            case CapScope.Key:
                var key = SqlNames.Quote(_row.Names.Take("账户_" + cap.Cap.Name));
                _columns.Add($"{_writer.Write(cap.Key!, RowPath.Here, _row).Text} AS {key}");
                account.Add(key);
                break;
            case CapScope.Line: account.AddRange(["主体", "对象", "期"]); break;
            case CapScope.Object: account.AddRange(["主体", ObjectKey(cap)]); break;
            case CapScope.Subject: account.Add("主体"); break;
        }
        if (cap.Cap.Period == CapPeriod.Line && !account.Contains("期")) account.Add("期");
        _caps[cap] = (name, SqlNames.Quote(_row.Names.Take("已得_" + cap.Cap.Name)), string.Join(", ", account));
    }

    private string ObjectKey(CapPlan cap) => CapOrder.IsClaim(cap) ? "对象"
        : _row.Column(RowPath.Here.Then(cap.Path), TableLayout.Id, NodeType.Text).Text;

    private string Window(CapPlan cap, string order, string extra = "")
    {
        var account = string.Join(", ", new[] { _caps[cap].Account, extra }.Where(t => t.Length > 0));
        var parts = new[] { account.Length > 0 ? "PARTITION BY " + account : "", order.Length > 0 ? "ORDER BY " +
            order : "" };
        return $"OVER ({string.Join(' ', parts.Where(p => p.Length > 0))})";
    }

    /// <summary>What earlier lines of the account have of a column.</summary>
    private string Before(CapPlan cap, string column)
    {
        if (CapOrder.Scope(cap, _writer.Views.Subject) == CapScope.Line) return "0";
        var window = Window(cap, _order + " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING");
        return $"coalesce(sum({column}) {window}, 0)";
    }

    private string Limit(CapPlan cap) =>
        _writer.Views.HasGrants ? $"{_caps[cap].Limit} - {_caps[cap].Used}" : _caps[cap].Limit;

    private void Take(CapPlan cap)
    {
        var next = SqlNames.Quote(_row.Names.Take("额_" + cap.Cap.Name));
        _queries.Add(("上限", [$"-- 上限“{cap.Cap.Name}”：前面的行用过以后，账户里还剩多少\n" + SqlText.Case(
        [
            (new SqlText($"{_amount} IS NOT NULL", SqlText.Is),
                new SqlText($"CAST(greatest(0, least({_amount}, {Limit(cap)} - {Before(cap, _amount)})) AS BIGINT)",
                    SqlText.Atom)),
        ]).Text + $" AS {next}"]));
        _amount = next;
    }

    /// <summary>The cap with least left where the line got less than it asked; the first among equals.</summary>
    private List<(SqlText, SqlText)> Reduced(IReadOnlyList<CapPlan> nested)
    {
        if (nested.Count == 0) return [];
        var money = _plan.Caps.Where(nested.Contains).ToList();
        var less = $"{_amount} < 求额";
        if (money.Count == 1)
            return [(new SqlText(less, SqlText.Comparison), new SqlText(SqlText.Quote(money[0].Cap.Name),
                SqlText.Atom))];
        var left = money.Select(c => (Cap: c, Column: SqlNames.Quote(_row.Names.Take("余_" + c.Cap.Name)))).ToList();
        _queries.Add(("余额",
            [.. left.Select(l => $"greatest(0, {Limit(l.Cap)} - {Before(l.Cap, _amount)}) AS {l.Column}")]));
        return [.. left.Select((l, i) => (SqlText.Join(true,
            [new SqlText(less, SqlText.Comparison), .. left.Skip(i + 1).Select(o =>
                new SqlText($"{l.Column} <= {o.Column}", SqlText.Comparison))]),
            new SqlText(SqlText.Quote(l.Cap.Cap.Name), SqlText.Atom)))];
    }

    /// <summary>Of the lines of an account so many stay, those that ask most.</summary>
    private void KeepTheBest(CapPlan cap)
    {
        _queries.Add(("择优", [$"-- 上限“{cap.Cap.Name}”：按求额从大到小留下前几项\n" + SqlText.Case(
        [
            (new SqlText("求额 IS NOT NULL", SqlText.Is), new SqlText(
                $"row_number() {Window(cap, $"求额 DESC, {_order}", "求额 IS NULL")} > {Limit(cap)}", SqlText.Comparison)),
        ], SqlText.False).Text + " AS 落选"]));
        _queries.Add(("择优后", ["CASE WHEN 落选 THEN 0 ELSE 求额 END AS 额_择优"]));
        _amount = "额_择优";
    }

    /// <summary>Each line its part of what the account has, by largest remainder.</summary>
    private List<(SqlText, SqlText)> ShareProRata(CapPlan cap)
    {
        var (wide, amount) = (_writer.Dialect.Wide, _amount);
        var dropped = _plan.Caps.Any(c => c.Cap.CountsLines) ? "落选" : "";
        _queries.Add(("按比例", [$"-- 上限“{cap.Cap.Name}”：按比例分配，尾差归余数最大的\n" +
            $"greatest(0, {Limit(cap)}) AS 可分", $"sum({amount}) {Window(cap, "", dropped)} AS 合计"]));
        var product = new SqlText($"{amount}::{wide} * 可分", SqlText.Product, true);
        var total = new SqlText($"nullif(合计, 0)::{wide}", SqlText.Atom, true);
        var quotient = _writer.Dialect.Quotient(product with { Binding = SqlText.Sum }, total, true);
        _queries.Add(("份额", [$"{quotient.Text} AS 底数",
            $"({product.Text}) % {total.Text} AS 余数"]));
        var rank = Window(cap, $"余数 DESC NULLS LAST, {_order}",
            $"{amount} IS NULL{(dropped.Length > 0 ? ", " + dropped : "")}");
        _queries.Add(("尾差", [$"sum(底数) {Window(cap, "", dropped)} AS 底数合计", $"row_number() {rank} AS 名次"]));
        var keeps = dropped.Length > 0 ? "合计 <= 可分 OR 落选" : "合计 <= 可分";
        _queries.Add(("比例后", [SqlText.Case(
        [
            (new SqlText(keeps, SqlText.Or), new SqlText(amount, SqlText.Atom)),
            (new SqlText($"{amount} IS NOT NULL", SqlText.Is), new SqlText(
                "CAST(coalesce(底数, 0) + CASE WHEN 名次 <= 可分 - 底数合计 THEN 1 ELSE 0 END AS BIGINT)", SqlText.Atom)),
        ]).Text + " AS 额_按比例"]));
        _amount = "额_按比例";
        return [(new SqlText($"额_按比例 < {amount}", SqlText.Comparison),
            new SqlText(SqlText.Quote(cap.Cap.Name), SqlText.Atom))];
    }

    /// <summary>What was granted earlier under a cap.</summary>
    private string Granted(CapPlan cap)
    {
        _writer.Views.UseGrants();
        var (item, scope) = (_plan.Item, CapOrder.Scope(cap, _writer.Views.Subject));
        var key = scope switch
        {
            CapScope.Line => "coalesce(行.对象, '') || '/' || 行.期",
            CapScope.Item => SqlText.Quote(item.Id),
            CapScope.Subject => "行.主体",
            CapScope.Object => $"行.{ObjectKey(cap)}",
            _ => $"行.{_caps[cap].Account.Split(',')[0]}",
        };
        var period = cap.Cap.Period == CapPeriod.Line ? " AND (得.期 IS NULL OR 得.期 = 行.期)" : "";
        var what = cap.Cap.CountsLines ? "count(*)" : "CAST(coalesce(sum(得.金额), 0) AS BIGINT)";
        var whose = scope switch
        {
            CapScope.Item => $"(得.对象 IS NULL OR 得.对象 = {key})",
            CapScope.Key => $"(得.对象 = {key} OR 得.对象 IS NULL AND 得.主体 IN ({SameAccount(cap)}))",
            _ => $"得.主体 = 行.主体 AND (得.对象 IS NULL OR 得.对象 = {key})",
        };
        return $"(SELECT {what} FROM {FactViews.Grants} AS 得\n" +
            $"  WHERE 得.事项 IN ({SqlText.Quoted([item.Number, item.Id])}) AND (得.范围 IS NULL OR 得.范围 = " +
            $"{SqlText.Quote(cap.Cap.ScopeName)}){period}\n    AND {whose})";
    }

    /// <summary>The subjects with a line on the account.</summary>
    private string SameAccount(CapPlan cap) => "SELECT 同.主体 FROM 求额 AS 同 WHERE 同.求额 IS NOT NULL AND " +
        string.Join(" AND ", _caps[cap].Account.Split(", ").Select(c => $"同.{c} = 行.{c}"));

    /// <summary>After payers whose conditions failed have fallen away with their shares.</summary>
    private string Paid(Node share)
    {
        var (rounding, scale) = (_plan.Item.Rounding, share.Scale);
        var step = (long)(rounding.Step * 100);
        var whole = PlanBuilder.PowerOfTen(scale);
        var divisor = whole * step;
        var addend = rounding.Mode switch
        {
            RoundingMode.HalfUp => divisor / 2,
            RoundingMode.Down => 0,
            _ => divisor - 1,
        };
        string Text(Int128 number) => number.ToString(CultureInfo.InvariantCulture);
        var paid = _writer.Write(share, RowPath.Here, _row).In(SqlText.Other);
        var product = $"{_amount}::{_writer.Dialect.Wide} * least({paid}, " +
            $"{Text(whole)}) + {Text(addend)}";
        var quotient = _writer.Dialect.Quotient(new SqlText(product, SqlText.Sum, true),
            new SqlText(Text(divisor), SqlText.Atom), true);
        return SqlText.Case([(new SqlText($"{_amount} IS NOT NULL", SqlText.Is),
            new SqlText($"CAST({quotient.In(SqlText.Product)} * {Text(step)} AS BIGINT)", SqlText.Atom))]).Text;
    }
}
