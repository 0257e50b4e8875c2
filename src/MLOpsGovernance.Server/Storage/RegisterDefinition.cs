using JasperFx.Events.Projections;
using Marten;
using MLOpsGovernance.Domain.Tasks;
using MLOpsGovernance.Server.Compliance;
using MLOpsGovernance.Server.Lineage;
using MLOpsGovernance.Server.Tasks;
using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>What the registers are made of. Where a database's were made of something else, by an earlier version or a later one, they are made anew from the first event.</summary>
internal static class RegisterDefinition
{
    /// <summary>Raised when a register comes to other rows of the same shape by the same events.</summary>
    private const int Revision = 2;

    private static readonly ProjectionBase[] All =
        [.. typeof(RegisterDefinition).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && t.IsSubclassOf(typeof(ProjectionBase))).Select(t => (ProjectionBase)Activator.CreateInstance(t)!)];

    /// <summary>Which event changes which register. Those of the tasks and of the lineage take whole pages of events, so they say themselves which ones.</summary>
    private static readonly IReadOnlyList<(string Register, string Event)> Changes =
        [.. All.SelectMany(p => p.IncludedEventTypes.Select(t => (p.Name, EventNames.All[t]))), .. TaskEvents.All.Select(t => (nameof(TaskRegister), EventNames.All[t])), .. LineageRegister.Taken.Select(t => (nameof(LineageRegister), EventNames.All[t]))];

    /// <summary>The stored names of the events that change a register.</summary>
    public static IReadOnlySet<string> Events { get; } = Changes.Select(c => c.Event).ToHashSet(StringComparer.Ordinal);

    public static string Of(IDocumentStore store) => string.Join('\n', (string[])
    [
        $"revision {Revision}",
        .. Changes.Select(c => $"{c.Register} < {c.Event}").Order(StringComparer.Ordinal),
        .. Rows(store).SelectMany(row => row.GetProperties().Select(p => $"{row.Name}.{p.Name}: {p.PropertyType}")).Order(StringComparer.Ordinal),
    ]);

    /// <summary>Empties the registers, so that their projection begins at the first event. Nothing may run them meanwhile.</summary>
    public static async Task ForgetAsync(IDocumentStore store, NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var tables = string.Join(", ", Rows(store).Select(row => store.Options.FindOrResolveDocumentType(row).TableName.QualifiedName).Append(TaskTables.Name).Append(EstateTable.Name).Concat(LineageTables.OfRegister));
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new($"truncate {tables}"));
        batch.BatchCommands.Add(new($"delete from {MartenSetup.Schema}.mt_event_progression where split_part(name, ':', 1) = any($1)")
        {
            Parameters = { new() { Value = (string[])[Registers.Name, .. Changes.Select(c => c.Register).Distinct(StringComparer.Ordinal)] } },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static IEnumerable<Type> Rows(IDocumentStore store) =>
        store.Options.AllKnownDocumentTypes().Select(t => t.DocumentType).Where(t => t.Assembly == typeof(RegisterDefinition).Assembly).OrderBy(t => t.Name, StringComparer.Ordinal);
}
