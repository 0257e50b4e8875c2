using System.Text.Json;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Simulations;

/// <summary>Simulations, how far each has come, and what each found. They change nothing that is governed, so they are rows and not events.</summary>
internal sealed class SimulationTable(NpgsqlDataSource source)
{
    public const string Running = "running", Completed = "completed", Cancelled = "cancelled", Failed = "failed", Interrupted = "interrupted";

    /// <summary>A simulation whose node has been silent for so long runs no more.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private const string Name = $"{MartenSetup.Schema}.simulations";

    public const string Sql = $"""
        create table if not exists {Name} (
            id text primary key,
            by text not null,
            started_at timestamptz not null,
            draft text not null,
            decided_from timestamptz not null,
            decided_to timestamptz not null,
            state text not null,
            judged integer not null default 0,
            total integer not null,
            heard_at timestamptz not null default now(),
            ended_at timestamptz,
            result jsonb,
            why text);
        """;

    public async Task AddAsync(SimulationView simulation, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"insert into {Name} (id, by, started_at, draft, decided_from, decided_to, state, total) values ($1, $2, $3, $4, $5, $6, '{Running}', $7)",
            simulation.Id, simulation.By, simulation.StartedAt, simulation.PolicySet, simulation.From, simulation.To, simulation.Total);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>False where it is no longer wanted.</summary>
    public async Task<bool> NoteProgressAsync(string id, int judged, CancellationToken cancellationToken)
    {
        await using var command = Command($"update {Name} set judged = $2, heard_at = now() where id = $1 and state = '{Running}'", id, judged);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task HearAsync(string[] ids, CancellationToken cancellationToken)
    {
        await using var command = Command($"update {Name} set heard_at = now() where id = any($1) and state = '{Running}'", (object)ids);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first end counts. False where it had ended already.</summary>
    public async Task<bool> EndAsync(string id, string state, DateTimeOffset at, SimulationResult? result, string? why, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"update {Name} set state = $2, ended_at = $3, result = $4::jsonb, why = $5, judged = coalesce($6, judged) where id = $1 and state = '{Running}'",
            id, state, at, result is null ? DBNull.Value : JsonSerializer.Serialize(result, Json.Lenient), (object?)why ?? DBNull.Value, result is null ? DBNull.Value : result.Judged + result.Unjudged);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task<int> CountRunningAsync(CancellationToken cancellationToken)
    {
        await using var command = Command($"select count(*) from {Name} where state = '{Running}' and heard_at > now() - $1", Silence);
        return (int)(long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task<SimulationView?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"select by, started_at, draft, decided_from, decided_to, case when state = '{Running}' and heard_at < now() - $2 then '{Interrupted}' else state end, judged, total, ended_at, result::text, why from {Name} where id = $1",
            id, Silence);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken)) return null;
        return new(
            id, row.GetString(5), row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8), row.GetString(2),
            row.GetFieldValue<DateTimeOffset>(3), row.GetFieldValue<DateTimeOffset>(4), row.GetInt32(6), row.GetInt32(7), row.IsDBNull(10) ? null : row.GetString(10),
            row.IsDBNull(9) ? null : JsonSerializer.Deserialize<SimulationResult>(row.GetString(9), Json.Lenient));
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value is DateTimeOffset at ? at.ToUniversalTime() : value });
        return command;
    }
}
