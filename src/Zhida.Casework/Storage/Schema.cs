using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Proof;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Storage;

/// <summary>Opens the model over a database.</summary>
public static class Schema
{
    /// <summary>Brings a database, new or old, to the tables of this version.</summary>
    public static async Task MigrateAsync(Database database)
    {
        await using var connection = await database.ConnectAsync();
        await using var context = Over(database.Kind, connection);
        await context.Database.MigrateAsync();
        await AppendOnly.ApplyAsync(database.Kind, connection);
    }

    /// <summary>The model within a unit of work.</summary>
    public static ZhidaContext Over(UnitOfWork work)
    {
        var context = Over(work.Kind, work.Connection);
        context.Database.UseTransaction(work.Transaction);
        return context;
    }

    private static ZhidaContext Over(DatabaseKind kind, DbConnection connection) => kind == DatabaseKind.Sqlite
        ? new SqliteContext(new DbContextOptionsBuilder<SqliteContext>().UseSqlite(connection).Options)
        : new PostgresContext(new DbContextOptionsBuilder<PostgresContext>().UseNpgsql(connection).Options);
}
