using Zhida.Casework.Cases;
using Zhida.Casework.Proof;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Proof;

/// <summary>A database with transfers, moves and decisions that are written as the program writes them, and what
/// somebody does to it who owns it.</summary>
internal sealed class ProofScene : IAsyncDisposable
{
    public static readonly Account Source = Account.Named("财政", "财政", "CNY", AccountFlags.None);
    public static readonly Account Firm = Account.Named("企业", "主体", "CNY", AccountFlags.None);

    private readonly TemporaryFolder _folder = new();

    public ProofScene(TestDatabases databases, DatabaseKind kind) => Database = databases.New(kind);

    public Database Database { get; }

    public AuditKey Key { get; } = AuditKey.Create();

    public string Folder => Path.Combine(_folder.Path, "checkpoints");

    public Checkpoints Checkpoints => new(Database, Key, Folder);

    public static async Task<ProofScene> NewAsync(TestDatabases databases, DatabaseKind kind, int rows)
    {
        var scene = new ProofScene(databases, kind);
        await scene.Database.WriteAsync(work =>
        {
            GeneralLedger.Open(work, [Source, Firm]);
            return Task.CompletedTask;
        });
        for (var i = 0; i < rows; i++) await scene.WriteAsync(i);
        return scene;
    }

    /// <summary>A row: in turn of each kind.</summary>
    public Task WriteAsync(int turn) => Database.WriteAsync(async work =>
    {
        var kind = SealedKinds.Newest.ElementAt(turn % SealedKinds.Newest.Count());
        if (kind.Kind == Journal.Transfers)
            await GeneralLedger.PostAsync(work, [new Transfer
            {
                Id = Guid.CreateVersion7(), DebitId = Source.Id, CreditId = Firm.Id, Amount = 100 + turn,
                Code = "兑现", Reference = Guid.CreateVersion7(),
            }]);
        else Insert(work, kind, turn);
    });

    public Task<AuditReport> VerifyAsync(bool withCheckpoints = false) => withCheckpoints
        ? AuditVerifier.VerifyAsync(Database, Checkpoints.Read(Folder), Key.Public)
        : AuditVerifier.VerifyAsync(Database);

    /// <summary>As the owner of the database, who drops the triggers first.</summary>
    public async Task TamperAsync(string sql)
    {
        await using var connection = await Database.ConnectAsync();
        var guards = Database.Kind == DatabaseKind.PostgreSql
            ? ["DROP FUNCTION IF EXISTS zhida_append_only() CASCADE"]
            : SealedKinds.Newest.Select(k => k.Table).Concat(["audit_seals", "audit_checkpoints"]).SelectMany(t =>
                new[] { $"DROP TRIGGER IF EXISTS {t}_keep_update", $"DROP TRIGGER IF EXISTS {t}_keep_delete" });
        foreach (var statement in guards.Append(sql))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>An id as SQL writes it in this database.</summary>
    public string Literal(Guid id) => Database.Kind == DatabaseKind.PostgreSql
        ? $"'{id}'" : $"'{id.ToString().ToUpperInvariant()}'";

    public Task<List<(long Position, string Kind, Guid Row)>> SealsAsync() => Database.ReadAsync(work =>
        work.QueryAsync("SELECT position, kind, row_id FROM audit_seals ORDER BY position",
            row => (row.GetInt64(0), row.GetString(1), row.GetGuid(2)), []));

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Values of each column's type that tell rows from each other; every third integer or id that may be
    /// empty is.</summary>
    private static void Insert(UnitOfWork work, SealedKind kind, int turn)
    {
        var id = Guid.CreateVersion7();
        var values = kind.Fields.Select(object? (f) => f switch
        {
            ("id", _) => id,
            ("at", _) => work.Now,
            ("decision" or "amount", _) when kind.Kind is "move" or "decision" && turn % 3 == 0 => null,
            (_, "uuid") => Guid.CreateVersion7(),
            (_, "integer") => turn,
            var (name, _) => $"{name}{turn}：12:3\n甲",
        }).ToArray();
        work.Write($"INSERT INTO {kind.Table} ({string.Join(", ", kind.Fields.Select(f => $"\"{f.Name}\""))}) " +
            $"VALUES ({string.Join(", ", values.Select((_, i) => $"${i + 1}"))})", values);
        Journal.Note(work, kind.Kind, id);
    }
}
