using System.CommandLine;
using System.Data.Common;
using Zhida.Ledger.Storage;

namespace Zhida.Cli;

/// <summary>The database that a command works with: the option, and opening it.</summary>
internal static class Databases
{
    public static Option<string?> Option() => new("--database")
    {
        HelpName = "库", Description = "SQLite文件，或 postgres://用户:口令@主机:端口/库，或 Host=…;Database=…；不写为 data/zhida.db",
    };

    /// <summary>Runs with a database that is there already.</summary>
    /// <param name="address">As the option has it.</param>
    public static int With(string? address, Func<Database, Task<int>> run) => With(address, isNew: false, null, run);

    /// <summary>Runs with a database that may be made now.</summary>
    public static int WithNew(string? address, Func<Database, Task<int>> run) => WithNew(address, null, run);

    /// <inheritdoc cref="WithNew(string?, Func{Database, Task{int}})"/>
    /// <param name="clock">Null: the system's.</param>
    public static int WithNew(string? address, TimeProvider? clock, Func<Database, Task<int>> run) =>
        With(address, isNew: true, clock, run);

    private static int With(string? address, bool isNew, TimeProvider? clock, Func<Database, Task<int>> run)
    {
        try
        {
            var database = Open(address, isNew, clock);
            return RunAsync(database, run).GetAwaiter().GetResult();
        }
        catch (FormatException e)
        {
            throw new BadInputException(e.Message, "写成 postgres://用户:口令@主机:端口/库，或一个文件名");
        }
        catch (DbException e)
        {
            throw new BadInputException($"数据库用不了：{e.Message}", "检查 --database 和库是否启动、是否已建表（升级）");
        }
    }

    private static Database Open(string? address, bool isNew, TimeProvider? clock)
    {
        var file = address ?? Home.Database;
        var database = Database.Open(file, clock);
        if (database.Kind == DatabaseKind.Sqlite && isNew)
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return database.Kind != DatabaseKind.Sqlite || isNew || File.Exists(file) ? database
            : throw new BadInputException($"没有数据库文件 {file}", "检查 --database");
    }

    private static async Task<int> RunAsync(Database database, Func<Database, Task<int>> run)
    {
        await using (database) return await run(database);
    }
}
