using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Zhida.Evaluation.Writing;

/// <summary>PostgreSQL: COPY into a table made for the run, in one transaction, so that others see it when it is
/// complete; the counts go into a table beside it.</summary>
internal sealed class PostgresResults : ResultWriter
{
    private readonly ResultLabels _labels;
    private readonly string _table;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly NpgsqlBinaryImporter _copy;

    private PostgresResults(ResultLabels labels, string table, NpgsqlConnection connection)
    {
        (_labels, _table, _connection) = (labels, table, connection);
        _transaction = connection.BeginTransaction();
        Run($"""
            CREATE TABLE "{table}" ("主体" text NOT NULL, "对象" text, "事项" text NOT NULL, "期" text NOT NULL,
            "结果" text NOT NULL, "金额状态" text NOT NULL, "金额_分" bigint, "首个不符" text, "缺" text, "上限作用" text)
            """);
        Run($"""
            CREATE TABLE "{table}_counts" ("事项" text NOT NULL, "城市" text NOT NULL, "条件序号" int NOT NULL,
            "条件" text NOT NULL, "行数" bigint NOT NULL)
            """);
        _copy = connection.BeginBinaryImport($"COPY \"{table}\" FROM STDIN (FORMAT BINARY)");
    }

    /// <summary>Connects and makes the table, or says why that can't be.</summary>
    public static (PostgresResults? Writer, Refusal? Problem) Open(Destination destination, ResultLabels labels)
    {
        var table = destination.Table!;
        var connection = new NpgsqlConnection(destination.Connection);
        try
        {
            connection.Open();
            return (new PostgresResults(labels, table, connection), null);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateTable)
        {
            connection.Dispose();
            return (null, new Refusal($"--out：库里已经有表 {table} 或 {table}_counts", "换一个表名，或先删去它们"));
        }
        catch (NpgsqlException e)
        {
            connection.Dispose();
            return (null, new Refusal($"--out：写不了 {destination.Name}：{e.Message}", "检查地址、用户和权限"));
        }
    }

    public override void Add(ResultBlock block)
    {
        var at = 0;
        for (var row = 0; row < block.Lines; row++)
        {
            int item = block.Items[row], subject = block.Lengths[row * 2], other = block.Lengths[row * 2 + 1];
            _copy.StartRow();
            Text(Encoding.UTF8.GetString(block.Ids, at, subject));
            Text(Encoding.UTF8.GetString(block.Ids, at + subject, other));
            at += subject + other;
            Text(_labels.Item(item));
            Text(_labels.Period(block.Periods[row]));
            Text(ResultLabels.Outcome(block.Outcomes[row]));
            Text(ResultLabels.State(block.States[row]));
            if (block.Amounts[row] == ResultBlock.NoAmount) _copy.WriteNull();
            else _copy.Write(block.Amounts[row], NpgsqlDbType.Bigint);
            Text(_labels.Condition(item, block.FirstFailed[row]));
            Text(block.MissingTexts[block.Missing[row]]);
            Text(_labels.Bit(item, block.Bits[row]));
        }
    }

    private void Text(string text)
    {
        if (text.Length == 0) _copy.WriteNull();
        else _copy.Write(text, NpgsqlDbType.Text);
    }

    public override void Finish(IReadOnlyList<FailedCount> failed)
    {
        _copy.Complete();
        _copy.Dispose();
        using (var copy = _connection.BeginBinaryImport($"COPY \"{_table}_counts\" FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var count in failed)
            {
                copy.StartRow();
                copy.Write(_labels.Item(count.Item), NpgsqlDbType.Text);
                copy.Write(_labels.Cities[count.City], NpgsqlDbType.Text);
                copy.Write(_labels.Items[count.Item].Conditions[count.Condition].Number, NpgsqlDbType.Integer);
                copy.Write(_labels.Condition(count.Item, count.Condition), NpgsqlDbType.Text);
                copy.Write(count.Lines, NpgsqlDbType.Bigint);
            }
            copy.Complete();
        }
        _transaction.Commit();
    }

    private void Run(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection, _transaction);
        command.ExecuteNonQuery();
    }

    public override void Dispose()
    {
        _copy.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }
}
