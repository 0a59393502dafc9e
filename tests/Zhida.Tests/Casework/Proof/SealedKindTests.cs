using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;
using Zhida.Casework.Proof;
using Zhida.Casework.Storage;

namespace Zhida.Tests.Casework.Proof;

/// <summary>The registry of sealed kinds agrees with the tables.</summary>
public sealed class SealedKindTests
{
    [Fact]
    public void Every_column_of_a_sealed_table_is_hashed()
    {
        using var context = new PostgresDesign().CreateDbContext([]);
        foreach (var kind in SealedKinds.Newest)
        {
            var table = context.Model.GetEntityTypes().Single(e => e.GetTableName() == kind.Table);
            Assert.Equal(table.GetProperties().Select(p => $"{p.GetColumnName()} {TypeOf(p)}").Order(),
                kind.Fields.Select(f => $"{f.Name} {f.Type}").Order());
        }
    }

    [Fact]
    public void Kinds_and_forms_are_named_once() =>
        Assert.Equal(SealedKinds.All.Count, SealedKinds.All.Select(k => (k.Kind, k.Form)).Distinct().Count());

    private static string TypeOf(IProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return type == typeof(Guid) ? "uuid" : type == typeof(string) ? "text" : type == typeof(bool) ? "boolean"
            : type == typeof(byte[]) ? "bytes" : "integer";
    }
}
