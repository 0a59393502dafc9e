using System.Data;
using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Zhida.Ledger.Storage;

/// <summary>
/// One transaction. Writes are collected and go to the server together, before the next query and before the commit, so
/// that a change costs few round trips. Parameters are <c>$1</c>, <c>$2</c>, … in the order of the values.
/// </summary>
public sealed class UnitOfWork
{
    private readonly List<(string Sql, object?[] Values)> _later = [];

    /// <summary>A statement of this unit failed, or is under way.</summary>
    private bool _failed;

    internal UnitOfWork(DatabaseKind kind, DbConnection connection, DbTransaction transaction, TimeProvider clock)
    {
        (Kind, Connection, Transaction, Clock) = (kind, connection, transaction, clock);
        Now = clock.GetUtcNow().UtcTicks;
    }

    public DatabaseKind Kind { get; }

    public DbConnection Connection { get; }

    public DbTransaction Transaction { get; }

    /// <summary>When it began, in UTC ticks: the time of all that it does.</summary>
    public long Now { get; }

    internal bool IsAbandoned { get; private set; }

    /// <summary>Leaves the database as it was, whatever has been written; the change still tells its result.</summary>
    public void Abandon() => IsAbandoned = true;

    internal TimeProvider Clock { get; }

    /// <summary>Accounts as they were opened here, whether they were there or not.</summary>
    internal Dictionary<Guid, Account> Opened { get; } = [];

    /// <summary>Behind a SELECT whose rows are about to change; SQLite has locked everything already.</summary>
    public string ForUpdate => Kind == DatabaseKind.PostgreSql ? " FOR UPDATE" : "";

    /// <summary>That a column is among the ids of a parameter made by <see cref="Ids"/>.</summary>
    public string Among(string column, int parameter) => Kind == DatabaseKind.PostgreSql
        ? $"{column} = ANY(${parameter})"
        : $"{column} IN (SELECT value FROM json_each(${parameter}))";

    /// <summary>Many ids as one parameter.</summary>
    public object Ids(IEnumerable<Guid> ids) => Kind == DatabaseKind.PostgreSql
        ? ids.ToArray()
        : JsonSerializer.Serialize(ids.Select(id => id.ToString().ToUpperInvariant()));

    /// <summary>Writes before the next query, or at the end.</summary>
    public void Write(string sql, params object?[] values) => _later.Add((sql, values));

    /// <summary>Runs queries in one round trip, after what was to be written. Each sees what the one before it waited
    /// for.</summary>
    public async Task QueryAsync(
        IReadOnlyList<Query> queries)
    {
        await FlushAsync();
        _failed = true;
        if (Kind == DatabaseKind.Sqlite)
            foreach (var query in queries)
            {
                await using var command = CommandOf(query.Sql, query.Values);
                await using var rows = await command.ExecuteReaderAsync();
                while (await rows.ReadAsync()) query.Row(rows);
            }
        else
        {
            await using var batch = BatchOf(queries.Select(q => (q.Sql, q.Values)));
            await using var reader = await batch.ExecuteReaderAsync();
            for (var i = 0; i < queries.Count; i++)
            {
                if (i > 0) await reader.NextResultAsync();
                while (await reader.ReadAsync()) queries[i].Row(reader);
            }
        }
        _failed = false;
    }

    /// <summary>The rows of one query.</summary>
    public async Task<List<T>> QueryAsync<T>(
        string sql, Func<DbDataReader, T> row, object?[] values)
    {
        var found = new List<T>();
        await QueryAsync([new Query(sql, values, reader => found.Add(row(reader)))]);
        return found;
    }

    /// <summary>Writes what was collected.</summary>
    public async Task FlushAsync()
    {
        if (_later.Count == 0) return;
        _failed = true;
        if (Kind == DatabaseKind.Sqlite) FlushOneByOne();
        else
        {
            await using var batch = BatchOf(_later);
            await batch.ExecuteNonQueryAsync();
        }
        _later.Clear();
        _failed = false;
    }

    /// <summary>One that comes again is compiled once.</summary>
    private void FlushOneByOne()
    {
        var compiled = new Dictionary<string, SqliteCommand>();
        foreach (var (sql, values) in _later)
        {
            if (compiled.TryGetValue(sql, out var command))
                for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
            else
                compiled[sql] = command = CommandOf(sql, values);
            command.ExecuteNonQuery();
        }
        foreach (var command in compiled.Values) command.Dispose();
    }

    /// <summary>Writes what was collected and commits, in one round trip.</summary>
    /// <exception cref="DbException">Where <see cref="CommitSent"/>, it may stand all the same.</exception>
    /// <exception cref="InvalidOperationException">The change went on after a statement had failed.</exception>
    internal async Task CommitAsync()
    {
        if (_failed) throw new InvalidOperationException("a statement failed, and the change went on without it");
        if (Kind == DatabaseKind.Sqlite)
        {
            await FlushAsync();
            CommitSent = true;
            await Transaction.CommitAsync();
            return;
        }
        // Of a transaction that has failed (by somebody else's statement) COMMIT makes a ROLLBACK without a word; a
        // statement before it fails.
        if (_later.Count == 0) Write("SELECT 1");
        Write("COMMIT");
        CommitSent = true;
        await FlushAsync();
    }

    /// <summary>From now on only the database knows.</summary>
    internal bool CommitSent { get; private set; }

    private SqliteCommand CommandOf(string sql, object?[] values)
    {
        var command = new SqliteCommand(sql, (SqliteConnection)Connection, (SqliteTransaction)Transaction);
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        return command;
    }

    private NpgsqlBatch BatchOf(IEnumerable<(string Sql, object?[] Values)> statements)
    {
        // Lost while nothing was asked of it: told as it would be when asked.
        if (Connection.State != ConnectionState.Open)
            throw new NpgsqlException("the connection was lost", new IOException());
        var batch = new NpgsqlBatch((NpgsqlConnection)Connection, (NpgsqlTransaction)Transaction);
        foreach (var (sql, values) in statements)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            batch.BatchCommands.Add(command);
        }
        return batch;
    }
}

/// <summary>A query and what is done with each of its rows.</summary>
public sealed record Query(string Sql, object?[] Values, Action<DbDataReader> Row);
