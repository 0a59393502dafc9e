using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Zhida.Ledger.Storage;

/// <summary>What a failure of a database means to whoever asked it.</summary>
public enum StorageFault
{
    /// <summary>A mistake of ours, or none of the database's.</summary>
    None,

    /// <summary>Another got in first (of a unique violation the next try sees the row): trying again helps.</summary>
    LostRace,

    /// <summary>It is not there, or went away: later it is again. Whether a commit under way stands, nobody knows.
    /// </summary>
    Unavailable,

    /// <summary>Its disk is full. The change is undone; nothing helps but space.</summary>
    Full,
}

/// <summary>Tells faults from exceptions.</summary>
public static class StorageFaults
{
    public static StorageFault Of(Exception exception) => exception switch
    {
        // EF wraps what a server tells: in the first while saving, in the second (and then in both) what may pass.
        DbUpdateException { InnerException: { } inner } => Of(inner),
        InvalidOperationException { InnerException: (NpgsqlException or DbUpdateException) and var inner } => Of(inner),
        PostgresException p => Of(p),
        NpgsqlException n => n.IsTransient && n.InnerException is not TimeoutException
            ? StorageFault.Unavailable : StorageFault.None,
        SqliteException s => Of(s),
        _ => StorageFault.None,
    };

    private static StorageFault Of(PostgresException e) => e.SqlState switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.UniqueViolation => StorageFault.LostRace,
        PostgresErrorCodes.DiskFull => StorageFault.Full,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections => StorageFault.Unavailable,
        _ => e.IsTransient ? StorageFault.Unavailable : StorageFault.None,
    };

    /// <summary>5: busy, 6: locked; 1555, 2067: a primary key, a unique index; 13: full.</summary>
    private static StorageFault Of(SqliteException e) => e switch
    {
        { SqliteErrorCode: 5 or 6 } or { SqliteExtendedErrorCode: 1555 or 2067 } => StorageFault.LostRace,
        { SqliteErrorCode: 13 } => StorageFault.Full,
        _ => StorageFault.None,
    };
}
