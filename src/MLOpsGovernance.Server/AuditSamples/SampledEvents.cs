using MLOpsGovernance.Domain.AuditSamples;
using MLOpsGovernance.Evidence.Samples;
using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.Storage;
using Npgsql;
using NpgsqlTypes;

namespace MLOpsGovernance.Server.AuditSamples;

/// <summary>Draws from the log in the database, by the rule of <see cref="AuditDraw"/>: only what was drawn leaves it.</summary>
internal sealed class SampledEvents(NpgsqlDataSource source, LogReader log)
{
    /// <summary>How many entries are signed by now; null while none is.</summary>
    public async Task<ulong?> SizeAsync(CancellationToken cancellationToken) => (await log.NewestAsync(cancellationToken))?.Checkpoint.Size;

    public async Task<(IReadOnlyList<string> Items, long Total)> DrawAsync(SampledPopulation population, string seed, int count, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"""
            select l.event_id::text, count(*) over () from {LogTables.Leaf} l join {MartenSetup.Schema}.mt_events e on e.seq_id = l.seq
            where l.idx < $1 and ($2::text is null or e.stream_id = $2) and ($3::text is null or e.headers ->> 'actor' = $3) and ($4::text is null or e.type = $4)
                and ($5::timestamptz is null or e.timestamp >= $5) and ($6::timestamptz is null or e.timestamp < $6)
            order by sha256(convert_to($7 || E'\n' || l.event_id::text, 'UTF8')), l.event_id::text limit $8
            """);
        object?[] values = [population.Size, population.Stream, population.Actor, population.Type, population.From?.ToUniversalTime(), population.To?.ToUniversalTime(), seed, count];
        NpgsqlDbType[] types = [NpgsqlDbType.Bigint, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.TimestampTz, NpgsqlDbType.TimestampTz, NpgsqlDbType.Text, NpgsqlDbType.Integer];
        foreach (var (value, type) in values.Zip(types)) command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var (items, total) = (new List<string>(), 0L);
        while (await row.ReadAsync(cancellationToken))
        {
            items.Add(row.GetString(0));
            total = row.GetInt64(1);
        }

        return (items, total);
    }

    public async Task<Dictionary<string, (ulong Index, string Stream, long Version, string Type, DateTimeOffset At, string Actor)>> ReadAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"""
            select l.event_id::text, l.idx, e.stream_id, e.version, e.type, e.timestamp, coalesce(e.headers ->> 'actor', '')
            from {LogTables.Leaf} l join {MartenSetup.Schema}.mt_events e on e.seq_id = l.seq where l.event_id = any($1)
            """);
        command.Parameters.Add(new() { Value = ids.Select(Guid.Parse).ToArray() });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<string, (ulong, string, long, string, DateTimeOffset, string)>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancellationToken)) found[row.GetString(0)] = ((ulong)row.GetInt64(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5), row.GetString(6));
        return found;
    }
}
