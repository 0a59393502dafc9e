using Zhida.Policy.Plans;

namespace Zhida.Policy.Sql;

/// <summary>What DuckDB and PostgreSQL say differently. Immutable.</summary>
public abstract class SqlDialect
{
    private SqlDialect(string name, string title, string wide) => (Name, Title, Wide) = (name, title, wide);

    public static SqlDialect DuckDb { get; } = new Duck();

    public static SqlDialect Postgres { get; } = new Postgre();

    /// <summary>duckdb, postgres.</summary>
    public string Name { get; }

    public string Title { get; }

    /// <summary>The type of numbers beyond 64 bits.</summary>
    public string Wide { get; }

    /// <summary>How many bits a wide number has; null: as many as it needs.</summary>
    public abstract int? WideBits { get; }

    /// <summary>What makes texts sort by their bytes.</summary>
    public abstract string ByBytes { get; }

    /// <summary>At the end of a query whose columns are to be computed once, however often the next query uses them:
    /// PostgreSQL would put their expressions there, and there again, until nothing holds them.</summary>
    internal abstract string Once { get; }

    /// <summary>The dialect of a name, or null.</summary>
    public static SqlDialect? Find(string name) =>
        name == DuckDb.Name ? DuckDb : name == Postgres.Name ? Postgres : null;

    /// <summary>The quotient rounded towards zero.</summary>
    internal abstract SqlText Quotient(SqlText dividend, SqlText divisor, bool wide);

    internal abstract string Year(SqlText date);

    internal abstract string Month(SqlText date);

    internal abstract string DayOfMonth(SqlText date);

    /// <summary>From one date to another, as BIGINT.</summary>
    internal abstract SqlText DaysBetween(SqlText first, SqlText last);

    internal abstract SqlText AddMonths(SqlText date, SqlText months);

    internal abstract SqlText AddYears(string date, string years);

    /// <summary>The items of a list that is one text.</summary>
    internal abstract string Items(string text);

    internal abstract SqlText HasItem(SqlText list, string item);

    internal abstract SqlText AnyIn(SqlText list, IEnumerable<string> items);

    internal abstract SqlText AllIn(SqlText list, IEnumerable<string> items);

    /// <summary>What stands in FROM and in the list of columns so that each row comes once for every number from
    /// <paramref name="first"/> to <paramref name="last"/>, or once with null where one is.</summary>
    internal abstract (string Column, string From) Series(string first, string last, string name);

    /// <summary>A statement that makes a temporary view, or table, of a query.</summary>
    internal abstract string CreateView(string name, string query, bool asTable);

    internal static SqlText AddDays(SqlText date, SqlText days) =>
        new($"{date.In(SqlText.Sum)} + CAST({days.Text} AS INTEGER)", SqlText.Sum);

    private sealed class Duck() : SqlDialect("duckdb", "DuckDB", "HUGEINT")
    {
        public override int? WideBits => 127;

        public override string ByBytes => "";

        internal override string Once => "";

        internal override SqlText Quotient(SqlText dividend, SqlText divisor, bool wide) =>
            new($"{dividend.In(SqlText.Product)} // {divisor.After(SqlText.Product)}", SqlText.Product, wide);

        internal override string Year(SqlText date) => $"year({date.Text})";

        internal override string Month(SqlText date) => $"month({date.Text})";

        internal override string DayOfMonth(SqlText date) => $"day({date.Text})";

        internal override SqlText DaysBetween(SqlText first, SqlText last) =>
            new($"{last.In(SqlText.Sum)} - {first.After(SqlText.Sum)}", SqlText.Sum);

        internal override SqlText AddMonths(SqlText date, SqlText months) =>
            new($"CAST({date.In(SqlText.Sum)} + to_months(CAST({months.Text} AS INTEGER)) AS DATE)", SqlText.Atom);

        internal override SqlText AddYears(string date, string years) =>
            new($"CAST({date} + to_years(CAST({years} AS INTEGER)) AS DATE)", SqlText.Atom);

        internal override string Items(string text) => $"string_split({text}, '；')";

        internal override SqlText HasItem(SqlText list, string item) =>
            new($"list_contains({Items(list.Text)}, {SqlText.Quote(item)})", SqlText.Atom);

        internal override SqlText AnyIn(SqlText list, IEnumerable<string> items) =>
            new($"list_has_any({Items(list.Text)}, [{SqlText.Quoted(items)}])", SqlText.Atom);

        internal override SqlText AllIn(SqlText list, IEnumerable<string> items) =>
            new($"{list.In(SqlText.Comparison)} = '' OR list_has_all([{SqlText.Quoted(items)}], {Items(list.Text)})",
                SqlText.Or);

        internal override (string, string) Series(string first, string last, string name) => (
            $"unnest(coalesce(generate_series({first}, {last}), [NULL])) AS {name}", "");

        internal override string CreateView(string name, string query, bool asTable) =>
            $"CREATE OR REPLACE TEMP {(asTable ? "TABLE" : "VIEW")} {name} AS\n{query}";
    }

    private sealed class Postgre() : SqlDialect("postgres", "PostgreSQL", "NUMERIC")
    {
        public override int? WideBits => null;

        public override string ByBytes => " COLLATE \"C\"";

        internal override string Once => "\n  OFFSET 0";

        internal override SqlText Quotient(SqlText dividend, SqlText divisor, bool wide) => wide
            ? new($"div({dividend.Text}, {divisor.Text})", SqlText.Atom, true)
            : new($"{dividend.In(SqlText.Product)} / {divisor.After(SqlText.Product)}", SqlText.Product);

        private static string Extract(string field, SqlText date) => $"extract({field} FROM {date.Text})::BIGINT";

        internal override string Year(SqlText date) => Extract("year", date);

        internal override string Month(SqlText date) => Extract("month", date);

        internal override string DayOfMonth(SqlText date) => Extract("day", date);

        internal override SqlText DaysBetween(SqlText first, SqlText last) =>
            new($"({last.In(SqlText.Sum)} - {first.After(SqlText.Sum)})::BIGINT", SqlText.Atom);

        internal override SqlText AddMonths(SqlText date, SqlText months) =>
            new($"({date.In(SqlText.Sum)} + make_interval(months => CAST({months.Text} AS INTEGER)))::DATE",
                SqlText.Atom);

        internal override SqlText AddYears(string date, string years) =>
            new($"({date} + make_interval(years => CAST({years} AS INTEGER)))::DATE", SqlText.Atom);

        internal override string Items(string text) => $"string_to_array({text}, '；')";

        internal override SqlText HasItem(SqlText list, string item) =>
            new($"{SqlText.Quote(item)} = ANY ({Items(list.Text)})", SqlText.Comparison);

        internal override SqlText AnyIn(SqlText list, IEnumerable<string> items) =>
            new($"{Items(list.Text)} && ARRAY[{SqlText.Quoted(items)}]", SqlText.Other);

        internal override SqlText AllIn(SqlText list, IEnumerable<string> items) =>
            new($"{Items(list.Text)} <@ ARRAY[{SqlText.Quoted(items)}]", SqlText.Other);

        internal override (string, string) Series(string first, string last, string name) => (
            $"{name}", $"\n  LEFT JOIN LATERAL generate_series({first}, {last}) AS {name} ON TRUE");

        internal override string CreateView(string name, string query, bool asTable) => asTable
            ? $"CREATE TEMP TABLE {name} AS\n{query}" : $"CREATE OR REPLACE TEMP VIEW {name} AS\n{query}";
    }
}
