using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using Zhida.Casework.Cases;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;

namespace Zhida.Bench.Cases;

/// <summary>Made-up cases by COPY, nineteen of twenty closed, and how long pages take over more and more of them.
/// </summary>
internal static class StoredCases
{
    private const int Page = 50, Pages = 20, Tries = 300, WarmUps = 100, CasesOfASubject = 8, OneInOpen = 20, Days = 60;
    private const int FirstDay = 20_600;

    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];

    private static readonly Person Province = new("p1", "省厅经办", Role.Clerk) { Office = "省发展改革委", Place = "21" };
    private static readonly Person City = new("c1", "市经办", Role.Clerk) { Office = "市或示范区", Place = "2101" };

    public static async Task MeasureAsync()
    {
        using var server = new OwnServer();
        server.Execute("CREATE DATABASE stored");
        await using var database = Database.OfServer(server.ConnectionString.Replace("=postgres", "=stored"));
        await Schema.MigrateAsync(database);
        var (stored, first) = (0, new Dictionary<string, double>());
        foreach (var size in Sizes)
        {
            await CopyAsync(database, stored, size);
            stored = size;
            await MaintainAsync(database);
            foreach (var (what, micros) in await TimesAsync(database))
            {
                first.TryAdd(what, micros);
                Console.WriteLine(FormattableString.Invariant(
                    $"{size,9:N0} cases, {what,-32} {micros,6:F0} µs, : at {Sizes[0]:N0} {micros / first[what]:F2}"));
            }
            if (size == Sizes[0] || size == Sizes[^1]) await ExplainAsync(database);
        }
    }

    private static async Task<List<(string What, double Micros)>> TimesAsync(Database database)
    {
        var times = new List<(string, double)>();
        foreach (var (who, name) in new[] { (Province, "queue of the province"), (City, "queue of a city") })
        {
            QueueRow? deep = null;
            for (var page = 0; page < Pages; page++)
                if (await QueueAsync(database, who, deep) is { Count: Page } rows) deep = rows[^1];
            times.Add(($"{name}, first page", await FastAsync(() => QueueAsync(database, who, null))));
            times.Add(($"{name}, a later page", await FastAsync(() => QueueAsync(database, who, deep))));
        }
        var subject = SubjectOf(CasesOfASubject * 7);
        var owner = new Person("u", "企业经办", Role.Applicant) { Subjects = [subject] };
        times.Add(("cases of a subject", await FastAsync(() =>
            database.ReadAsync(work => CaseQueries.OfSubjectAsync(work, owner, subject)))));
        return times;
    }

    private static Task<List<QueueRow>> QueueAsync(Database database, Person who, QueueRow? after) =>
        database.ReadAsync(work => CaseQueries.QueueAsync(work, who, after, Page));

    /// <summary>Of the fastest tenth the slowest: what others on the machine take is not measured.</summary>
    private static async Task<double> FastAsync<T>(Func<Task<T>> page)
    {
        var times = new List<double>();
        for (var i = -WarmUps; i < Tries; i++)
        {
            var watch = Stopwatch.StartNew();
            await page();
            if (i >= 0) times.Add(watch.Elapsed.TotalMicroseconds);
        }
        return times.Order().ElementAt(Tries / 10);
    }

    /// <summary>The plans that are used after the fifth time: made once, whatever the values.</summary>
    private static async Task ExplainAsync(Database database)
    {
        var later = (await QueueAsync(database, Province, null))[^1];
        var subject = ($"SELECT * FROM cases WHERE subject = $1 ORDER BY id DESC LIMIT {Page}",
            new object?[] { SubjectOf(CasesOfASubject * 7) });
        await using var connection = (NpgsqlConnection)await database.ConnectAsync();
        foreach (var (name, (sql, values)) in new[]
            { ("queue of the province", CaseQueries.QueueSql(Province, null, Page)),
                ("queue of the province, a later page", CaseQueries.QueueSql(Province, later, Page)),
                ("queue of a city", CaseQueries.QueueSql(City, null, Page)), ("cases of a subject", subject) })
        {
            Console.WriteLine($"\n{name}");
            var literals = string.Join(", ", values.Select(v => v is int or long ? $"{v}" : $"'{v}'"));
            await using var command = new NpgsqlCommand(
                $"SET plan_cache_mode = force_generic_plan; PREPARE page AS {sql}; " +
                $"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) EXECUTE page({literals}); " +
                "DEALLOCATE page", connection);
            await using var plan = await command.ExecuteReaderAsync();
            while (await plan.ReadAsync()) Console.WriteLine("  " + plan.GetString(0));
        }
    }

    private static async Task CopyAsync(Database database, int from, int to)
    {
        await using var connection = (NpgsqlConnection)await database.ConnectAsync();
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY cases (id, number, item, subject, subject_name, object, period, open_key, phase, step, holder, " +
            "place, city, version, facts, awaiting, materials, applicant, corrections, created_at, changed_at, " +
            "filed_at, step_began_at, pauses, due_day, due_provisional, alarm, amount) FROM STDIN (FORMAT BINARY)");
        for (var i = from; i < to; i++) await WriteAsync(copy, i);
        await copy.CompleteAsync();
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, int i)
    {
        // The same cases in every run.
        var random = new Random(i);
        var open = i % OneInOpen == 0;
        var city = $"21{random.Next(1, 15):00}";
        var over = (CasePhase)random.Next((int)CasePhase.Completed, (int)CasePhase.Recalled + 1);
        var (phase, holder) = !open ? (over, "") : random.Next(5) switch
            {
                0 => (CasePhase.Correcting, StepKind.Applicant),
                1 => (CasePhase.Reviewing, Province.Office),
                2 => (CasePhase.Paying, "省财政厅"),
                _ => (CasePhase.Accepting, StepKind.City),
            };
        var (at, key) = (DateTime.UnixEpoch.Ticks + TimeSpan.TicksPerSecond * i, $"{SubjectOf(i)}|4.1|{i}|2026");
        object?[] values =
        [
            Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddSeconds(i)), $"2026-4.1-{i:0000000}", "liaoning-2026:4.1",
            SubjectOf(i), "示范企业", $"{i}", "2026", open || phase == CasePhase.Completed ? key : null, (int)phase, 1,
            holder, city + "02", city, 3L, """{"主体": {"名称": "示范企业"}}""", "[]", "{}", "u", 0, at, at, at, at, "",
            open ? FirstDay + random.Next(Days) : Case.NoDay, false, 0, (long)random.Next(1, 100_000_000),
        ];
        await copy.StartRowAsync();
        foreach (var value in values)
            if (value is null) await copy.WriteNullAsync();
            else await copy.WriteAsync(value, TypeOf(value));
    }

    private static NpgsqlDbType TypeOf(object value) => value switch
    {
        Guid => NpgsqlDbType.Uuid,
        int => NpgsqlDbType.Integer,
        long => NpgsqlDbType.Bigint,
        bool => NpgsqlDbType.Boolean,
        _ => NpgsqlDbType.Text,
    };

    private static string SubjectOf(int i) => $"示范{i / CasesOfASubject:0000000}";

    private static async Task MaintainAsync(Database database)
    {
        await using var connection = await database.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "VACUUM ANALYZE cases";
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
