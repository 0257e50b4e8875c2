using System.Text.RegularExpressions;
using JasperFx;
using Marten;
using Npgsql;
using Weasel.Core;

namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// Marten's tables, without the foreign key from events to streams. It guards nothing here: every append holds its stream's row, writes it in the same transaction, and no stream is
/// ever deleted. Checking it costs PostgreSQL as much as the whole append, and its cascade would let whoever deletes one row of a stream delete that stream's history with it.
/// </summary>
internal static partial class MartenTables
{
    private const string ForeignKey = "fkey_mt_events_stream_id_is_archived";

    /// <summary>Idempotent.</summary>
    public static async Task MigrateAsync(IDocumentStore store, NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var migration = await store.Storage.Database.CreateMigrationAsync(cancellationToken);
        // The key that was left out is no difference: adding it only to drop it again would read every event at every start.
        if (migration.Deltas.All(d => d.Difference == SchemaPatchDifference.None || (d.Difference == SchemaPatchDifference.Update && LacksOnlyTheKey(d, store.Storage.Database.Migrator)))) return;

        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        await using var drop = source.CreateCommand($"alter table {MartenSetup.Schema}.mt_events drop constraint if exists {ForeignKey}");
        await drop.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first thing that Marten would have to add or change; what only a later version knows is none.</summary>
    public static async Task<string?> LackingAsync(IDocumentStore store, CancellationToken cancellationToken)
    {
        var migration = await store.Storage.Database.CreateMigrationAsync(cancellationToken);
        return migration.Deltas.FirstOrDefault(d => IsLacking(d, store.Storage.Database.Migrator))?.SchemaObject.Identifier.QualifiedName;
    }

    private static bool IsLacking(ISchemaObjectDelta delta, Migrator migrator) => delta.Difference switch
    {
        SchemaPatchDifference.None => false,
        SchemaPatchDifference.Update => Statements(delta, migrator).Any(s => !IsTheKey(s) && !Drops().IsMatch(s)),
        _ => true,
    };

    private static bool LacksOnlyTheKey(ISchemaObjectDelta delta, Migrator migrator)
    {
        return Statements(delta, migrator) is [_, ..] statements && statements.All(IsTheKey);
    }

    private static bool IsTheKey(string statement) => statement.Contains("add constraint", StringComparison.OrdinalIgnoreCase) && statement.Contains(ForeignKey, StringComparison.Ordinal);

    private static string[] Statements(ISchemaObjectDelta delta, Migrator migrator)
    {
        using var update = new StringWriter();
        delta.WriteUpdate(migrator, update);
        return update.ToString().Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"^(drop|alter table \S+ drop) ", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Drops();
}
