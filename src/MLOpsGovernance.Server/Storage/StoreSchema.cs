using System.Security.Cryptography;
using System.Text;
using Marten;
using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>Everything that this version has in the database: Marten's tables, our own, and the membership of the nodes.</summary>
internal static class StoreSchema
{
    private const string Migrations = $"{MartenSetup.Schema}.migrations";

    /// <summary>What Marten does not know, as a digest: a later version adds its own and leaves this one standing, so that both run side by side.</summary>
    private static readonly string Digest =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [GovernanceTables.Sql, OrleansTables.Tables, .. OrleansTablesQueries.All.Select(q => q.ToString())]))));

    /// <summary>Brings the database to this version's shape. Idempotent; two nodes that run it at once wait for each other.</summary>
    public static async Task MigrateAsync(IDocumentStore store, NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await MartenTables.MigrateAsync(store, source, cancellationToken);
        await GovernanceTables.MigrateAsync(source, cancellationToken);
        await OrleansTables.MigrateAsync(source, cancellationToken);
        // Last: it says that all of the above was done.
        await using var done = source.CreateCommand($"insert into {Migrations} (digest) values ($1) on conflict do nothing");
        done.Parameters.Add(new() { Value = Digest });
        await done.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Why this version cannot run on the database as it is, in one sentence; null when it can, as on one that a later version has migrated.</summary>
    public static async Task<string?> FaultAsync(IDocumentStore store, NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        if (!await IsThereAsync(source, $"{MartenSetup.Schema}.mt_events", cancellationToken)) return "The database has no schema of this service yet: run `mlgov-server migrate` first.";
        return await MartenTables.LackingAsync(store, cancellationToken) is { } lacking ? $"The database was last migrated by an earlier version ({lacking} is missing or of another shape): run `mlgov-server migrate` first."
            : !await IsThereAsync(source, Migrations, cancellationToken) || !await WasRunAsync(source, cancellationToken) ? "The database was last migrated by an earlier version: run `mlgov-server migrate` first."
            : null;
    }

    private static async Task<bool> IsThereAsync(NpgsqlDataSource source, string table, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select to_regclass($1) is not null");
        command.Parameters.Add(new() { Value = table });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static async Task<bool> WasRunAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select exists (select from {Migrations} where digest = $1)");
        command.Parameters.Add(new() { Value = Digest });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
