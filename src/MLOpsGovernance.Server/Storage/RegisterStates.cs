using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>How far the registers have come, as every node can see it.</summary>
/// <param name="Head">The highest number that an event has.</param>
/// <param name="Seen">Up to which number the registers have seen the events.</param>
/// <param name="Waiting">How long the oldest event that they have not seen has waited.</param>
/// <param name="Pause">What they stand still at; null while they go on.</param>
internal sealed record RegisterState(long Head, long Seen, TimeSpan Waiting, RegisterPause? Pause)
{
    public long Behind => Math.Max(0, Head - Seen);
}

/// <param name="Sequence">The event's number; null where no single event is to blame.</param>
/// <param name="Type">The event's stored name.</param>
internal sealed record RegisterPause(DateTimeOffset Since, long? Sequence, string? Type, string Why)
{
    /// <summary>For answers to anybody: the cause itself stands in the log.</summary>
    public string Where => Sequence is null ? "an error" : $"event {Sequence} ({Type})";
}

/// <summary>What a list says instead of rows that are older than what the caller may have written.</summary>
internal sealed class RegisterBehindException(RegisterState state) : Exception($"The registers are {state.Behind} events behind.")
{
    public RegisterState State { get; } = state;
}

/// <summary>The one row that tells all nodes of the registers; only the leader writes it.</summary>
internal sealed class RegisterStates(NpgsqlDataSource source)
{
    private const string Table = $"{MartenSetup.Schema}.registers", Events = $"{MartenSetup.Schema}.mt_events";

    public async Task<RegisterState> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"""
            select head, seen, coalesce(extract(epoch from now() - (select e.timestamp from {Events} e where e.seq_id > seen order by e.seq_id limit 1)), 0)::float8,
                r.paused_since, r.paused_at, r.paused_type, r.paused_why
            from (select (select coalesce(max(seq_id), 0) from {Events}) as head,
                coalesce((select last_seq_id from {MartenSetup.Schema}.mt_event_progression where name = '{Registers.Shard}'), 0) as seen) standing
            left join {Table} r on true
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(
            reader.GetInt64(0), reader.GetInt64(1), TimeSpan.FromSeconds(Math.Max(0, reader.GetDouble(2))),
            reader.IsDBNull(3) ? null : new(reader.GetFieldValue<DateTimeOffset>(3), reader.IsDBNull(4) ? null : reader.GetInt64(4), reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetString(6)));
    }

    /// <summary>What the registers were last made of; null where they have never been made.</summary>
    public async Task<string?> DefinitionAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select definition from {Table}");
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    /// <summary>Up to which number the leaders have looked for events that their version does not know; all of these are settled.</summary>
    public async Task<long> CheckedToAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select checked_to from {Table}");
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    public Task DefineAsync(string definition, CancellationToken cancellationToken) =>
        WriteAsync($"insert into {Table} (definition) values ($1) on conflict (one) do update set definition = excluded.definition", cancellationToken, definition);

    public Task CheckedAsync(long upTo, CancellationToken cancellationToken) => WriteAsync($"update {Table} set checked_to = $1", cancellationToken, upTo);

    public Task PauseAsync(long? sequence, string? type, string why, CancellationToken cancellationToken) => WriteAsync(
        $"insert into {Table} (definition, paused_since, paused_at, paused_type, paused_why) values ('', now(), $1, $2, $3) on conflict (one) do update set paused_since = coalesce({Table}.paused_since, now()), paused_at = $1, paused_type = $2, paused_why = $3",
        cancellationToken, sequence, type, why);

    public Task ResumeAsync(CancellationToken cancellationToken) =>
        WriteAsync($"update {Table} set paused_since = null, paused_at = null, paused_type = null, paused_why = null", cancellationToken);

    /// <summary>The first event in a stretch whose type is none of those; tombstones of failed transactions left out.</summary>
    public async Task<(long Sequence, string Type)?> FirstOfAnotherTypeAsync(long after, long upTo, string[] known, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"select seq_id, type from {Events} where seq_id > $1 and seq_id <= $2 and type <> all($3) and stream_id <> 'mt_tombstone' order by seq_id limit 1");
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = upTo });
        command.Parameters.Add(new() { Value = known });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetInt64(0), reader.GetString(1)) : null;
    }

    public async Task<string?> TypeOfAsync(long sequence, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select type from {Events} where seq_id = $1");
        command.Parameters.Add(new() { Value = sequence });
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private async Task WriteAsync(string sql, CancellationToken cancellationToken, params object?[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(value switch { null => new() { Value = DBNull.Value }, _ => new NpgsqlParameter { Value = value } });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
