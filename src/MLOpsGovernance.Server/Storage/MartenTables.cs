using JasperFx;
using Marten;
using Npgsql;
using Weasel.Core;

namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// Marten's tables, without the foreign key from events to streams. It guards nothing here: every append holds its stream's row, writes it in the same transaction, and no stream is
/// ever deleted. Checking it costs PostgreSQL as much as the whole append, and its cascade would let whoever deletes one row of a stream delete that stream's history with it.
/// </summary>
internal static class MartenTables
{
    private const string ForeignKey = "fkey_mt_events_stream_id_is_archived";

    /// <summary>Idempotent.</summary>
    public static async Task MigrateAsync(IDocumentStore store, NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var migration = await store.Storage.Database.CreateMigrationAsync(cancellationToken);
        // The key that was left out is no difference: adding it only to drop it again would read every event at every start.
        if (migration.Deltas.All(d => d.Difference == SchemaPatchDifference.None || LacksOnlyTheKey(d, store.Storage.Database.Migrator))) return;

        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        await using var drop = source.CreateCommand($"alter table {MartenSetup.Schema}.mt_events drop constraint if exists {ForeignKey}");
        await drop.ExecuteNonQueryAsync(cancellationToken);
    }

    private static bool LacksOnlyTheKey(ISchemaObjectDelta delta, Migrator migrator)
    {
        using var update = new StringWriter();
        delta.WriteUpdate(migrator, update);
        return update.ToString().Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [_, ..] statements
            && statements.All(s => s.Contains("add constraint", StringComparison.OrdinalIgnoreCase) && s.Contains(ForeignKey, StringComparison.Ordinal));
    }
}
