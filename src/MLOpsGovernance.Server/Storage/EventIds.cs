using System.Text.Json;
using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>Finds the event that something else is to name as its cause.</summary>
internal sealed class EventIds(NpgsqlDataSource source)
{
    /// <summary>The id of the stream's last event of one of these types whose field has that value; null where there is none.</summary>
    public async Task<string?> LastAsync<T>(string stream, IReadOnlyList<string> types, string field, T value, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"select id::text from {MartenSetup.Schema}.mt_events where stream_id = $1 and type = any($2) and data -> $3 = $4::jsonb order by version desc limit 1");
        command.Parameters.Add(new() { Value = stream });
        command.Parameters.Add(new() { Value = types.ToArray() });
        command.Parameters.Add(new() { Value = field });
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(value, Json.Lenient) });
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }
}
