using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Campaigns;

/// <summary>What a campaign's transactions have in common.</summary>
internal static class CampaignLocks
{
    private static readonly JsonSerializerOptions Json =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The campaign, nobody else's until the end; so that steps by several processes come one after the other.
    /// </summary>
    public static Task<Campaign?> LockAsync(UnitOfWork work, ZhidaContext context, Guid id) =>
        work.Kind == DatabaseKind.PostgreSql
            ? context.Campaigns.FromSql($"SELECT * FROM campaigns WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync()
            : context.Campaigns.SingleOrDefaultAsync(c => c.Id == id);

    public static string Write(Person person) => JsonSerializer.Serialize(person, Json);

    public static Person ReadPerson(string json) => JsonSerializer.Deserialize<Person>(json)!;

    public static Problem NotFound { get; } = new("not-found", "没有这一批免申即享", "检查编号");
}
