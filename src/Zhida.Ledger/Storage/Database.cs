using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Zhida.Ledger.Storage;

/// <summary>
/// A database, and how a change is made in it: whole, or not at all. A change may run more than once, for it is tried
/// again when it lost against another (a deadlock, the same key inserted at the same moment, a locked file); so it must
/// do nothing but write through its transaction.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private const int Tries = 12;

    /// <summary>SQLite's own limit.</summary>
    private const uint AnyPages = uint.MaxValue - 1;

    /// <summary>SQLite has one writer: the others wait here, in turn, not in the polling of the file's lock.</summary>
    private readonly SemaphoreSlim _writer = new(1, 1);

    private readonly NpgsqlDataSource? _source;

    private readonly uint _mostPages;

    private Database(DatabaseKind kind, string connectionString, TimeProvider? clock, uint mostPages = AnyPages)
    {
        (Kind, ConnectionString, Clock) = (kind, connectionString, clock ?? TimeProvider.System);
        _mostPages = mostPages;
        if (kind == DatabaseKind.PostgreSql) _source = NpgsqlDataSource.Create(connectionString);
    }

    public DatabaseKind Kind { get; }

    /// <summary>For other clients of the same database.</summary>
    public string ConnectionString { get; }

    /// <summary>What time it is.</summary>
    public TimeProvider Clock { get; }

    /// <summary>A database by what people write for it.</summary>
    /// <param name="address">postgres://user:password@host:port/name, an Npgsql string with Host=, or a file of SQLite.
    /// </param>
    /// <exception cref="FormatException">It looks like a server's address and is none.</exception>
    public static Database Open(string address, TimeProvider? clock = null) =>
        ServerAddress.Read(address) is { } server ? OfServer(server, clock) : OfFile(address, clock);

    /// <summary>A file of SQLite; made when first written.</summary>
    /// <param name="clock">The system's, but in tests.</param>
    /// <param name="mostPages">How far the file may grow (a page is 4 KiB); one that is larger already grows no more.
    /// Without: to where the disk is full.</param>
    public static Database OfFile(string path, TimeProvider? clock = null, uint mostPages = AnyPages) =>
        new(DatabaseKind.Sqlite, new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = 30,
            ForeignKeys = true,
        }.ToString(), clock, mostPages);

    /// <summary>A PostgreSQL database.</summary>
    /// <param name="connectionString">As Npgsql takes it: <c>Host=…;Database=…</c>.</param>
    public static Database OfServer(string connectionString, TimeProvider? clock = null) =>
        new(DatabaseKind.PostgreSql, new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            // Nothing here sets anything of a session; resetting costs seven statements a transaction.
            NoResetOnClose = true,
        }.ToString(), clock);

    /// <summary>An open connection; the caller closes it.</summary>
    public async Task<DbConnection> ConnectAsync()
    {
        if (_source is not null) return await _source.OpenConnectionAsync();
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        using var settings = connection.CreateCommand();
        // A commit is on the disk before it is told of: synchronous=FULL also where WAL would allow less.
        settings.CommandText =
            $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA max_page_count={_mostPages};";
        await settings.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Runs a change in a transaction and commits it. On PostgreSQL it reads what is committed when each of
    /// its statements begins, and rows that it locks stay as they are; on SQLite it is alone (BEGIN IMMEDIATE).
    /// </summary>
    /// <exception cref="DbException">The database refuses; after several tries, where trying helps. Where the
    /// connection was lost while committing nobody knows whether it stands: do the same again, with the same
    /// ids.</exception>
    /// <exception cref="InvalidOperationException">The change went on after a statement had failed.</exception>
    public async Task<T> WriteAsync<T>(Func<UnitOfWork, Task<T>> change)
    {
        for (var attempt = 1; ; attempt++)
        {
            UnitOfWork? work = null;
            try
            {
                return await TryAsync(change, started => work = started);
            }
            catch (Exception e) when (attempt < Tries && NothingHappened(e, work))
            {
                await Task.Delay(Random.Shared.Next(1, 1 << Math.Min(attempt, 7)));
            }
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<UnitOfWork, Task> change) =>
        WriteAsync(async transaction =>
        {
            await change(transaction);
            return true;
        });

    /// <summary>Reads one state of the database: all queries see the same.</summary>
    public async Task<T> ReadAsync<T>(Func<UnitOfWork, Task<T>> query)
    {
        await using var connection = await ConnectAsync();
        await using var transaction = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        return await query(new UnitOfWork(Kind, connection, transaction, Clock));
    }

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        if (_source is not null) return _source.DisposeAsync();
        SqliteConnection.ClearPool(new SqliteConnection(ConnectionString));
        return ValueTask.CompletedTask;
    }

    private async Task<T> TryAsync<T>(Func<UnitOfWork, Task<T>> change, Action<UnitOfWork> started)
    {
        var alone = Kind == DatabaseKind.Sqlite;
        if (alone) await _writer.WaitAsync();
        try
        {
            await using var connection = await ConnectAsync();
            await using var transaction = alone
                ? ((SqliteConnection)connection).BeginTransaction(deferred: false)
                : await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
            var unit = new UnitOfWork(Kind, connection, transaction, Clock);
            started(unit);
            var result = await change(unit);
            if (unit.IsAbandoned) return result;
            await unit.CommitAsync();
            return result;
        }
        finally
        {
            if (alone) _writer.Release();
        }
    }

    /// <summary>Whether the transaction is undone for sure and trying again helps: another got in first, or the server
    /// went away before it was asked to commit.</summary>
    private static bool NothingHappened(Exception e, UnitOfWork? work) => StorageFaults.Of(e) switch
    {
        StorageFault.LostRace => true,
        StorageFault.Unavailable => work is not { CommitSent: true },
        _ => false,
    };
}
