using System.Data;
using MiniExcelLibs;
using Npgsql;
using Sylvan.Data.Csv;
using Zhida.Feel;
using Zhida.Policy;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Reading;

/// <summary>Takes tables in: finds them, reads what is not Parquet, orders what is not ordered. Used once.</summary>
internal sealed class Intake(ReadOptions options)
{
    private const string ParquetEnding = ".parquet", CsvEnding = ".csv", SheetEnding = ".xlsx";

    private const int RejectsAtOnce = 1000;

    private int _files;

    public List<Finding> Findings { get; } = [];

    /// <summary>The tables that there are, in the order of their plans.</summary>
    public IReadOnlyList<ParquetTable> Open(string path, IReadOnlyList<TablePlan> plans)
    {
        var tables = new List<ParquetTable>();
        if (Finder(path) is not { } find) return tables;
        var absent = new HashSet<ObjectType>();
        foreach (var plan in plans)
        {
            ParquetTable? table = null;
            var place = Shown(path);
            try
            {
                var found = find(plan);
                place = found.Shown ?? place;
                if (found.IsAbsent) ReportAbsent(plan, path, absent);
                else if (plan.Kind == TableKind.Years && absent.Contains(plan.Type))
                    Error("rows.missing", place, $"有“{plan.Name}”而没有“{plan.Type.Name}”：年度数据无所归属",
                        $"补上{plan.Type.Name}表");
                else table = found.Rows is { } rows ? TakeIn(plan, [rows]) : OfParquet(plan, found.Parquet);
            }
            catch (Exception e) when (IsUnreadable(e))
            {
                Error("rows.unreadable", place, $"读不出来：{e.Message}", "检查文件是否完整、是否有权限读取");
            }
            if (table is not null) tables.Add(table);
        }
        return tables;
    }

    /// <summary>Faults of files and servers; anything else is a bug.</summary>
    private static bool IsUnreadable(Exception e) => e is IOException or UnauthorizedAccessException or NpgsqlException
        or ParquetSharp.ParquetException or System.Data.Common.DbException or FormatException or InvalidDataException;

    /// <summary>Where a table was found.</summary>
    private readonly record struct Found(string? Shown, RowSource? Rows, IReadOnlyList<string> Parquet)
    {
        public bool IsAbsent => Shown is null;
    }

    private Func<TablePlan, Found>? Finder(string path)
    {
        var nothing = new Found(null, null, []);
        if (PostgresAddress.Is(path))
        {
            if (PostgresAddress.Parse(path) is { } address) return InDatabase(address, nothing);
            Error("rows.path", "PostgreSQL", "连接串写得不对", "写成 postgres://用户@主机:端口/数据库 或 Host=…;Database=…");
            return null;
        }
        if (Directory.Exists(path)) return plan => InFolder(path, plan, nothing);
        if (!File.Exists(path) || !path.EndsWith(SheetEnding, StringComparison.OrdinalIgnoreCase))
        {
            Error("rows.path", path, File.Exists(path) ? "不是文件夹，也不是XLSX文件" : "没有这个文件夹或文件",
                "给出放着 主体.parquet 等表的文件夹、一个XLSX文件，或PostgreSQL连接串");
            return null;
        }
        List<string>? sheets = null;
        return plan => (sheets ??= MiniExcel.GetSheetNames(path)).Contains(plan.Name)
            ? OfRows(RowSource.Sheet(path, plan.Name)) : nothing;
    }

    private static Found OfRows(RowSource rows) => new(rows.Shown, rows, []);

    private static Func<TablePlan, Found> InDatabase(PostgresAddress address, Found nothing)
    {
        HashSet<string>? names = null;
        return plan =>
        {
            if (names is null)
            {
                names = [];
                using var connection = new NpgsqlConnection(address.ConnectionString);
                connection.Open();
                using var command = new NpgsqlCommand(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = $1", connection);
                command.Parameters.AddWithValue(address.Schema);
                using var reader = command.ExecuteReader();
                while (reader.Read()) names.Add(reader.GetString(0));
            }
            return names.Contains(plan.Name) ? OfRows(RowSource.Postgres(address, plan.Name)) : nothing;
        };
    }

    private Found InFolder(string folder, TablePlan plan, Found nothing)
    {
        var stem = Path.Combine(folder, plan.Name);
        var found = new List<Found>();
        if (File.Exists(stem + ParquetEnding))
            found.Add(new Found(plan.Name + ParquetEnding, null, [stem + ParquetEnding]));
        if (Directory.Exists(stem) && Directory.GetFiles(stem, "*" + ParquetEnding) is { Length: > 0 } parts)
            found.Add(new Found(plan.Name, null, [.. parts.Order(StringComparer.Ordinal)]));
        if (File.Exists(stem + CsvEnding)) found.Add(OfRows(RowSource.Csv(stem + CsvEnding)));
        if (File.Exists(stem + SheetEnding)) found.Add(OfRows(RowSource.Sheet(stem + SheetEnding, null)));
        if (found.Count > 1)
            Error("rows.twice", found[1].Shown!,
                $"“{plan.Name}”有{found.Count}份：{found[0].Shown}、{found[1].Shown}", "只留一份");
        return found.Count == 0 ? nothing : found[0];
    }

    private void ReportAbsent(TablePlan plan, string path, HashSet<ObjectType> absent)
    {
        if (plan.Kind == TableKind.Subjects)
            Error("rows.missing", Shown(path), "没有主体表", "表名（文件名、工作表名）应为 主体");
        if (plan.Kind != TableKind.Objects) return;
        absent.Add(plan.Type);
        Note("rows.missing", Shown(path), $"没有表“{plan.Name}”：所有主体有没有{plan.Name}都按不知道处理", null);
    }

    /// <summary>A connection string may hold a password.</summary>
    private static string Shown(string path) => PostgresAddress.Is(path) ? "PostgreSQL" : path;

    private ParquetTable? OfParquet(TablePlan plan, IReadOnlyList<string> paths)
    {
        var before = Findings.Count;
        var shapes = paths.Select(p => ParquetShape.Of(plan, p, paths.Count == 1 ? Path.GetFileName(p)
            : $"{plan.Name}/{Path.GetFileName(p)}", Findings)).ToList();
        foreach (var shape in shapes) CheckNames(plan, shape.Names, shape.Part.Shown);
        if (Findings.Skip(before).Any(f => f.Severity == Severity.Error)) return null;
        if (shapes.Any(s => !s.IsPlain))
            return TakeIn(plan, [.. shapes.Select(s => new RowSource(s.Part.Shown,
                () => DuckSort.Rows(s.Part.Path, options)))]);
        var parts = shapes.Select(s => s.Part).ToList();
        var names = parts.Select(p => p.Shown).ToList();
        var (groups, sorted) = KeyScan.Of(parts, options.Threads);
        if (sorted) return new ParquetTable(plan, groups, names);
        // Files that keep numbers at different scales have no one column to be put into.
        if (parts.Select(ScalesOf).Distinct().Count() > 1)
            return TakeIn(plan, [.. parts.Select(p => new RowSource(p.Shown, () => DuckSort.Rows(p.Path, options)))]);
        var part = DuckSort.Plain(plan, parts, NewFile(plan), options);
        return new ParquetTable(plan, KeyScan.Of([part], options.Threads).Groups, names);
    }

    private static string ScalesOf(ParquetPart part) =>
        string.Join(',', part.Columns.Select(c => $"{c?.Factor}/{c?.Divisor}"));

    /// <summary>Reads rows one by one, refuses those with bad cells, and orders the rest.</summary>
    private ParquetTable? TakeIn(TablePlan plan, IReadOnlyList<RowSource> sources)
    {
        var taken = NewFile(plan);
        using (var rows = new TakenRows(plan, taken))
            for (var i = 0; i < sources.Count; i++)
            {
                using var reader = sources[i].Open();
                if (!Take(plan, reader, sources[i].Shown, (long)i << ParquetTable.FileShift, rows)) return null;
            }
        var sorted = NewFile(plan);
        DuckSort.Taken(plan, taken, sorted, options);
        File.Delete(taken);
        var (groups, _) = KeyScan.Of([TakenRows.Part(plan, sorted, plan.Name)], options.Threads);
        return new ParquetTable(plan, groups, [.. sources.Select(s => s.Shown)]);
    }

    private bool Take(TablePlan plan, IDataReader reader, string shown, long file, TakenRows rows)
    {
        var before = Findings.Count;
        var names = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetName(i) ?? "").ToList();
        if (names.Exists(n => n.Contains('\uFFFD')))
            Error("rows.unreadable", shown, "文字编码不是UTF-8", "另存为UTF-8编码的CSV");
        else CheckNames(plan, names, shown);
        if (Findings.Skip(before).Any(f => f.Severity == Severity.Error)) return false;
        var places = plan.Columns.Select(c => names.IndexOf(c.Name)).ToArray();
        var (cells, rejects, number) = (new Cell[places.Length], new List<Reject>(), 0L);
        while (reader.Read())
        {
            options.Cancel.ThrowIfCancellationRequested();
            number++;
            if (IsEmpty(reader)) continue;
            var good = rejects.Count;
            for (var i = 0; i < places.Length; i++)
            {
                var raw = places[i] < 0 ? null : Raw(reader, places[i]);
                cells[i] = CellReader.Read(plan.Columns[i].Rule, raw);
                if (cells[i].Problem is { } problem)
                    rejects.Add(new Reject(shown, number, plan.Columns[i].Name, CellReader.Show(raw), problem.Reason,
                        problem.Mend ?? ""));
            }
            if (reader is CsvDataReader csv && csv.RowFieldCount != names.Count)
                rejects.Add(new Reject(shown, number, plan.Key.Name, cells[0].Text ?? "",
                    $"这一行有{csv.RowFieldCount}列，表头有{names.Count}列", "检查逗号和引号"));
            rows.Add(cells, file + number, rejects.Count > good);
            if (rejects.Count < RejectsAtOnce) continue;
            options.Rejects.Add(rejects);
            rejects.Clear();
        }
        options.Rejects.Add(rejects);
        return true;
    }

    /// <summary>A line without anything in it is no row.</summary>
    private static bool IsEmpty(IDataReader reader)
    {
        for (var i = 0; i < reader.FieldCount; i++)
            if (Raw(reader, i) is not (null or DBNull or "")) return false;
        return true;
    }

    /// <summary>A cell; <see cref="Unreadable"/> where it has no value of .NET: NaN, infinity, a number too large.
    /// </summary>
    private static object? Raw(IDataReader reader, int column)
    {
        try
        {
            return reader.GetValue(column);
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException or FormatException)
        {
            return new Unreadable();
        }
    }

    private sealed class Unreadable
    {
        public override string ToString() => "（无法表示的值）";
    }

    private void CheckNames(TablePlan plan, IReadOnlyList<string> names, string shown)
    {
        for (var i = 0; i < names.Count; i++)
            if (names.Take(i).Contains(names[i]) && plan.Others.Contains(names[i]))
                Error("rows.column", shown, $"列“{names[i]}”有两个", "只留一个", i + 1);
            else if (!plan.Others.Contains(names[i]))
                Note("rows.unknown", shown, $"表“{plan.Name}”没有列“{names[i]}”，没有读它",
                    Nearest.Mend(names[i], plan.Others), i + 1);
        foreach (var column in plan.Columns)
            if (column.IsRequired && !names.Contains(column.Name))
                Error("rows.column", shown, $"缺少列“{column.Name}”", "补上这一列");
    }

    private string NewFile(TablePlan plan)
    {
        Directory.CreateDirectory(options.TemporaryFolder);
        return Path.Combine(options.TemporaryFolder, $"{plan.Order:00}-{_files++:000}{ParquetEnding}");
    }

    private void Error(string code, string place, string message, string? mend, int column = 1) =>
        Findings.Add(Finding.Error(code, new Location(place, 1, column), message, mend));

    private void Note(string code, string place, string message, string? mend, int column = 1) =>
        Findings.Add(Finding.Note(code, new Location(place, 1, column), message, mend));
}
