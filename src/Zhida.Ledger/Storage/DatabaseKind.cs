namespace Zhida.Ledger.Storage;

/// <summary>SQLite is the embedded default, PostgreSQL the production database.</summary>
public enum DatabaseKind { Sqlite, PostgreSql }
