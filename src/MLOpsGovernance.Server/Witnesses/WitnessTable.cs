using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Witnesses;

/// <summary>How far each witness has signed, and what went wrong last.</summary>
/// <param name="Size">Of the last checkpoint that he signed; 0 before the first.</param>
/// <param name="SignedAt">When he did; null before the first.</param>
/// <param name="Fault">Why he has not signed since; null where he has signed what he was asked last.</param>
internal sealed record WitnessView(string Name, Uri Url, long Size, DateTimeOffset? SignedAt, DateTimeOffset? AskedAt, string? Fault);

internal sealed class WitnessTable(NpgsqlDataSource source)
{
    private const string Table = $"{MartenSetup.Schema}.log_witness";

    internal const string Sql = $"""
        create table if not exists {Table} (
            name text primary key,
            size bigint not null default 0,
            signed_at timestamptz,
            asked_at timestamptz,
            fault text);
        """;

    public async Task<IReadOnlyList<WitnessView>> ReadAsync(LogWitnesses witnesses, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<string, (long Size, DateTimeOffset? Signed, DateTimeOffset? Asked, string? Fault)>(StringComparer.Ordinal);
        await using var command = source.CreateCommand($"select name, size, signed_at, asked_at, fault from {Table}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows[reader.GetString(0)] = (reader.GetInt64(1), Time(reader, 2), Time(reader, 3), reader.IsDBNull(4) ? null : reader.GetString(4));
        return [.. witnesses.All.Select(w => rows.GetValueOrDefault(w.Name) is var row ? new WitnessView(w.Name, w.Submission, row.Size, row.Signed, row.Asked, row.Fault) : null!)];
    }

    /// <summary>His signature goes below ours on the checkpoint of that size, once.</summary>
    public async Task KeepAsync(string name, long size, string cosignatures, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new($"update {LogTables.Signed} set note = note || $2 where size = $1 and note is not null and position($2 in note) = 0")
        {
            Parameters = { new() { Value = size }, new() { Value = cosignatures } },
        });
        batch.BatchCommands.Add(new($"insert into {Table} (name, size, signed_at, asked_at) values ($1, $2, $3, $3) on conflict (name) do update set size = excluded.size, signed_at = excluded.signed_at, asked_at = excluded.asked_at, fault = null")
        {
            Parameters = { new() { Value = name }, new() { Value = size }, new() { Value = at } },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task NoteAsync(string name, string fault, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"insert into {Table} (name, asked_at, fault) values ($1, $3, $2) on conflict (name) do update set asked_at = excluded.asked_at, fault = excluded.fault");
        foreach (var value in new object[] { name, fault, at }) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DateTimeOffset? Time(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetFieldValue<DateTimeOffset>(at);
}
