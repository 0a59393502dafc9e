using System.Collections;
using System.Data;
using System.Globalization;
using MiniExcelLibs;
using Npgsql;
using ParquetSharp;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Reading;

/// <summary>A file of a snapshot.</summary>
/// <param name="Name">Relative to the folder, with <c>/</c>.</param>
/// <param name="Rows">Rows of data.</param>
public sealed record SnapshotFile(string Name, long Bytes, long Rows);

/// <summary>
/// Copies the tables of a population into a folder that nothing else writes to. Files are copied as they are; what is
/// no folder of files (a workbook, a database) is written as Parquet, each cell as text, which reads as the cell itself
/// does. A database is read at one moment.
/// </summary>
public static class PopulationSnapshot
{
    private const int RowsAtOnce = 1 << 16;

    private static readonly string[] Endings = [".parquet", ".csv", ".xlsx"];

    /// <summary>Copies; an expected failure says what and the mend, and the folder is then of no use.</summary>
    /// <param name="source">As <see cref="FactSource.Open"/> takes it.</param>
    /// <param name="folder">Empty, or not there.</param>
    public static Refusal? Take(string source, string folder, Dictionary dictionary)
    {
        Directory.CreateDirectory(folder);
        var names = TableLayout.Of(dictionary).Select(t => t.Name).Append(TableLayout.Grants).ToList();
        try
        {
            if (PostgresAddress.Is(source)) return OfDatabase(source, folder, names);
            if (Directory.Exists(source)) return OfFolder(source, folder, names);
            if (!File.Exists(source)) return new Refusal($"没有 {source}", "写事实表所在的文件夹、一个XLSX文件，或PostgreSQL地址");
            foreach (var sheet in MiniExcel.GetSheetNames(source).Where(names.Contains))
            {
                using var rows = RowSource.Sheet(source, sheet).Open();
                Write(rows, Path.Combine(folder, sheet + Endings[0]));
            }
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NpgsqlException
            or ParquetException or InvalidDataException)
        {
            return new Refusal($"快照没有做成：{e.Message}", "检查文件是否完整、磁盘空间和权限");
        }
    }

    /// <summary>The files of a snapshot, in order.</summary>
    public static IReadOnlyList<string> NamesOf(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    /// <summary>A file of a snapshot, counted.</summary>
    public static SnapshotFile Count(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return new SnapshotFile(name, new FileInfo(path).Length, RowsOf(path));
    }

    private static long RowsOf(string path)
    {
        if (path.EndsWith(Endings[0], StringComparison.Ordinal))
        {
            using var file = new ParquetFileReader(path);
            return file.FileMetaData.NumRows;
        }
        using var rows = (path.EndsWith(Endings[1], StringComparison.Ordinal)
            ? RowSource.Csv(path) : RowSource.Sheet(path, null)).Open();
        var count = 0L;
        while (rows.Read()) count++;
        return count;
    }

    private static Refusal? OfFolder(string source, string folder, List<string> names)
    {
        foreach (var name in names)
        {
            var files = Endings.Select(e => name + e).Where(f => File.Exists(Path.Combine(source, f))).ToList();
            if (Directory.Exists(Path.Combine(source, name)))
            {
                Directory.CreateDirectory(Path.Combine(folder, name));
                files.AddRange(Directory.GetFiles(Path.Combine(source, name), "*" + Endings[0])
                    .Select(f => Path.GetRelativePath(source, f)));
            }
            foreach (var file in files)
                if (!Copy(Path.Combine(source, file), Path.Combine(folder, file)))
                    return new Refusal($"{file} 在复制时被改动", "等数据写完再做快照");
        }
        return null;
    }

    /// <summary>False: somebody wrote to the file meanwhile.</summary>
    private static bool Copy(string from, string to)
    {
        var before = new FileInfo(from);
        var (length, time) = (before.Length, before.LastWriteTimeUtc);
        File.Copy(from, to);
        var after = new FileInfo(from);
        return after.Length == length && after.LastWriteTimeUtc == time && new FileInfo(to).Length == length;
    }

    private static Refusal? OfDatabase(string source, string folder, List<string> names)
    {
        if (PostgresAddress.Parse(source) is not { } address)
            return new Refusal("PostgreSQL 的地址不对", "写成 postgres://用户:口令@主机:端口/库");
        using var connection = new NpgsqlConnection(address.ConnectionString);
        connection.Open();
        using var moment = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        var there = new HashSet<string>();
        using (var list = new NpgsqlCommand(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = $1", connection))
        {
            list.Parameters.AddWithValue(address.Schema);
            using var found = list.ExecuteReader();
            while (found.Read()) there.Add(found.GetString(0));
        }
        foreach (var name in names.Where(there.Contains))
        {
            using var command = new NpgsqlCommand($"SELECT * FROM {address.Quoted(name)}", connection)
                { CommandTimeout = 0 };
            using var rows = command.ExecuteReader();
            Write(rows, Path.Combine(folder, name + Endings[0]));
        }
        return null;
    }

    private static void Write(IDataReader rows, string path)
    {
        var columns = Enumerable.Range(0, rows.FieldCount)
            .Select(i => (Column)new Column<string?>(rows.GetName(i))).ToArray();
        using var file = new ParquetFileWriter(path, columns);
        var cells = columns.Select(_ => new List<string?>(RowsAtOnce)).ToArray();
        void Flush()
        {
            using var group = file.AppendRowGroup();
            foreach (var column in cells)
            {
                using var writer = group.NextColumn().LogicalWriter<string?>();
                writer.WriteBatch(column.ToArray());
                column.Clear();
            }
        }
        while (rows.Read())
        {
            for (var i = 0; i < cells.Length; i++) cells[i].Add(TextOf(rows, i));
            if (cells[0].Count == RowsAtOnce) Flush();
        }
        if (cells[0].Count > 0) Flush();
        file.Close();
    }

    /// <summary>A cell as a facts file may write it; null: empty.</summary>
    private static string? TextOf(IDataReader rows, int column)
    {
        try
        {
            return TextOf(rows.GetValue(column));
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException or FormatException)
        {
            // Read again from the snapshot it is refused, as it would have been at the source.
            return "（无法表示的值）";
        }
    }

    private static string? TextOf(object? value) => value switch
    {
        null or DBNull => null,
        string text => text,
        bool flag => flag ? "是" : "否",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Array { Length: 0 } => TableLayout.EmptyList,
        IEnumerable list => string.Join(TableLayout.Separator, list.Cast<object?>().Select(TextOf)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
