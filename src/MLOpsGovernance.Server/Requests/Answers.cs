using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Requests;

/// <summary>First answers by caller and idempotency key.</summary>
internal sealed class Answers(NpgsqlDataSource source)
{
    public async Task<KeptAnswer?> FindAsync(string actor, string key, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select use_case, body, answer::text from {MartenSetup.Schema}.answers where actor = $1 and key = $2");
        command.Parameters.Add(new() { Value = actor });
        command.Parameters.Add(new() { Value = key });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(reader.GetString(0), reader.GetString(1), reader.GetString(2)) : null;
    }

    public async Task KeepAsync(string actor, string key, KeptAnswer answer, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"insert into {MartenSetup.Schema}.answers (actor, key, use_case, body, answer) values ($1, $2, $3, $4, $5::jsonb) on conflict do nothing");
        command.Parameters.Add(new() { Value = actor });
        command.Parameters.Add(new() { Value = key });
        command.Parameters.Add(new() { Value = answer.UseCase });
        command.Parameters.Add(new() { Value = answer.Body });
        command.Parameters.Add(new() { Value = answer.Answer });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

internal sealed record KeptAnswer(string UseCase, string Body, string Answer);
