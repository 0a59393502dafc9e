using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Zhida.Casework.Cases;
using Zhida.Casework.Proof;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Storage;

/// <summary>What a backup holds: each file with its size and SM3.</summary>
public sealed record BackupContent(
    string Kind, DateTimeOffset MadeAt, long Moves, long Transfers, IReadOnlyList<BackupFile> Files);

/// <summary>A file of a backup, by its path in it.</summary>
public sealed record BackupFile(string Path, long Size, string Sm3);

/// <summary>
/// One file (tar, gzip) with all that is needed to go on: the database as it was at one moment, stored versions and
/// attachments. Attachments and versions are only ever added, so those copied after the database are all it names.
/// </summary>
public static class Backup
{
    private const string ManifestName = "manifest.json";
    private const string SqliteName = "database.sqlite";
    private const string PostgresName = "database.dump";

    /// <summary>Writes a backup beside and moves it to its name: what has the name is whole.</summary>
    /// <param name="folders">Folders to take along, by the name that they have in the backup.</param>
    public static async Task<Result<BackupContent>> MakeAsync(
        Database database, IReadOnlyDictionary<string, string> folders, string path)
    {
        var work = Directory.CreateTempSubdirectory("zhida-backup-");
        try
        {
            var dump = Path.Combine(work.FullName, NameOf(database.Kind));
            var (moves, transfers) = await database.ReadAsync(CountAsync);
            if (await DumpAsync(database, dump) is { } problem) return problem;
            var files = new List<(string Name, string Path)> { (NameOf(database.Kind), dump) };
            foreach (var (name, folder) in folders.Where(f => Directory.Exists(f.Value)))
                files.AddRange(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order()
                    .Select(file => ($"{name}/{Path.GetRelativePath(folder, file).Replace('\\', '/')}", file)));
            var content = new BackupContent(database.Kind.ToString(), database.Clock.GetUtcNow(), moves, transfers,
                [.. files.Select(f => new BackupFile(f.Name, new FileInfo(f.Path).Length, Sm3.HexOfFile(f.Path)))]);
            var manifest = Path.Combine(work.FullName, ManifestName);
            await File.WriteAllTextAsync(manifest, JsonSerializer.Serialize(content));
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var beside = path + ".part";
            await using (var stream = File.Create(beside))
            await using (var zip = new GZipStream(stream, CompressionLevel.Fastest))
            await using (var tar = new TarWriter(zip))
                foreach (var (name, file) in files.Prepend((ManifestName, manifest)))
                    await tar.WriteEntryAsync(file, name);
            File.Move(beside, path, overwrite: true);
            return content;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    /// <summary>Brings a backup into an empty database of its kind and its folders back; checks every file before
    /// anything is written.</summary>
    public static async Task<Result<BackupContent>> RestoreAsync(
        string path, Database database, IReadOnlyDictionary<string, string> folders)
    {
        if (await IsInUseAsync(database))
            return new Problem("conflict", "目标数据库不是空的", "换一个空的数据库，或先移走旧的");
        var work = Directory.CreateTempSubdirectory("zhida-restore-");
        try
        {
            if (await UnpackAsync(path, work.FullName) is not { } content)
                return new Problem("backup", $"{path} 不是备份，或者已损坏", "换一个备份");
            if (content.Kind != database.Kind.ToString())
                return new Problem("backup", $"这是 {content.Kind} 的备份，目标是 {database.Kind}", "恢复到同一种数据库");
            foreach (var file in content.Files)
                if (Sm3.HexOfFile(Path.Combine(work.FullName, file.Path)) != file.Sm3)
                    return new Problem("backup", $"备份中的 {file.Path} 已损坏", "换一个备份", file.Path);
            if (await LoadAsync(database, Path.Combine(work.FullName, NameOf(database.Kind))) is { } problem)
                return problem;
            foreach (var (name, folder) in folders)
                CopyFolder(Path.Combine(work.FullName, name), folder);
            await Schema.MigrateAsync(database);
            return content;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static string NameOf(DatabaseKind kind) => kind == DatabaseKind.Sqlite ? SqliteName : PostgresName;

    private static async Task<(long Moves, long Transfers)> CountAsync(UnitOfWork work)
    {
        var counts = await work.QueryAsync(
            "SELECT (SELECT COUNT(*) FROM case_moves), (SELECT COUNT(*) FROM transfers)",
            row => (row.GetInt64(0), row.GetInt64(1)), []);
        return counts[0];
    }

    private static async Task<Problem?> DumpAsync(Database database, string to)
    {
        if (database.Kind == DatabaseKind.PostgreSql)
            return await PostgresPrograms.RunAsync("pg_dump", database.ConnectionString, "-Fc", "--no-owner", "-f", to);
        await using var connection = (SqliteConnection)await database.ConnectAsync();
        await using var copy = connection.CreateCommand();
        copy.CommandText = "VACUUM INTO $1";
        copy.Parameters.AddWithValue("$1", to);
        await copy.ExecuteNonQueryAsync();
        return null;
    }

    private static async Task<Problem?> LoadAsync(Database database, string from)
    {
        if (database.Kind == DatabaseKind.PostgreSql)
            return await PostgresPrograms.RunAsync("pg_restore", database.ConnectionString, "--no-owner",
                "--exit-on-error", "--single-transaction", "-d",
                new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString).Database!, from);
        await using var source = new SqliteConnection($"Data Source={from};Mode=ReadOnly;Pooling=False");
        await source.OpenAsync();
        await using var target = (SqliteConnection)await database.ConnectAsync();
        source.BackupDatabase(target);
        return null;
    }

    private static async Task<bool> IsInUseAsync(Database database)
    {
        var sql = database.Kind == DatabaseKind.Sqlite
            ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'"
            : "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'public'";
        var tables = await database.ReadAsync(work => work.QueryAsync(sql, row => row.GetInt64(0), []));
        return tables[0] > 0;
    }

    private static async Task<BackupContent?> UnpackAsync(string path, string folder)
    {
        try
        {
            await using (var stream = File.OpenRead(path))
            await using (var zip = new GZipStream(stream, CompressionMode.Decompress))
            {
                await TarFile.ExtractToDirectoryAsync(zip, folder, overwriteFiles: false);
                // To the end, where the checksum of the whole is.
                await zip.CopyToAsync(Stream.Null);
            }
            return JsonSerializer.Deserialize<BackupContent>(
                await File.ReadAllTextAsync(Path.Combine(folder, ManifestName)));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or JsonException
            or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void CopyFolder(string from, string to)
    {
        if (!Directory.Exists(from)) return;
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
