using System.Globalization;

namespace Zhida.Casework.Proof;

/// <summary>A link of the audit chain: that a row was there, with what it held (docs/proof.md).</summary>
public sealed record AuditSeal
{
    /// <summary>1, 2, 3, … without gaps.</summary>
    public required long Position { get; init; }

    /// <summary>The kind of the row and the form of its text.</summary>
    public required string Kind { get; init; }

    public required int Form { get; init; }

    public required Guid RowId { get; init; }

    /// <summary>SM3 of the row's text; 32 zeros where the row was gone before it was sealed.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>SM3 over the hash before it and all else of this.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long SealedAt { get; init; }

    /// <summary>What the hash must be behind another.</summary>
    internal byte[] HashAfter(byte[] previous) => HashAt(Position, previous);

    /// <summary>What the hash would be at a position.</summary>
    internal byte[] HashAt(long position, byte[] previous) => Sm3.Hash(string.Create(CultureInfo.InvariantCulture,
        $"zhida-seal/1\n{Hex(previous)}\n{position}\n{Kind} {Form}\n{RowId}\n{Hex(Digest)}\n{SealedAt}\n"));

    internal static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

/// <summary>The end of the chain; its one row is also the lock of the sealer.</summary>
public sealed record AuditHead
{
    internal const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    /// <summary>Random, made with the database: which chain this is.</summary>
    public required Guid Database { get; init; }

    /// <summary>0: nothing is sealed.</summary>
    public required long Position { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>The hash that the first seal follows.</summary>
    internal static byte[] Genesis(Guid database) => Sm3.Hash($"zhida-chain/1\n{database}\n");
}
