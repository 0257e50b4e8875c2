using MLOpsGovernance.Domain.Erasures;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Subjects;
using Npgsql;

namespace MLOpsGovernance.Server.Erasures;

/// <summary>What is written about a person, and what keeps it from being erased. Looks through all events: that is rarely asked for.</summary>
internal sealed class TextsAbout(NpgsqlDataSource source, Grains grains, RetentionTerms terms, TimeProvider time)
{
    /// <returns>The obstacles, and the guard under which the legal holds stay as they are.</returns>
    public async Task<(ErasureObstacles Obstacles, Guard Guard)> ObstaclesAsync(string subject, CancellationToken cancellationToken)
    {
        var (state, version, _) = await grains.Of<ISubjectGrain>(subject).Read();
        var keys = await KeysAsync(subject, cancellationToken);
        var texts = keys.Count == 0 ? [] : await TextsAsync(keys, cancellationToken);
        return (new(keys, [.. state.Holds.Keys], RetentionDuty.Of(texts, terms, time.GetUtcNow())), new($"subject:{subject}", version));
    }

    private async Task<IReadOnlyList<string>> KeysAsync(string subject, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select key_id from {MartenSetup.Schema}.sealing_keys where subject = $1 and key is not null");
        command.Parameters.Add(new() { Value = subject });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        List<string> keys = [];
        while (await row.ReadAsync(cancellationToken)) keys.Add(row.GetString(0));
        return keys;
    }

    private async Task<IReadOnlyList<KeptTexts>> TextsAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        List<(string Stream, DateTimeOffset Latest)> found = [];
        // Decisions of the gate hold no text, and are most of all events.
        await using (var command = source.CreateCommand($"""
            select stream_id, max(coalesce((data ->> 'at')::timestamptz, timestamp)) from {MartenSetup.Schema}.mt_events
            where type <> 'policy_checked' and exists (select from unnest($1) k where data::text like '%' || k || '%') group by stream_id
            """))
        {
            command.CommandTimeout = 600;
            command.Parameters.Add(new() { Value = keys.ToArray() });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            while (await row.ReadAsync(cancellationToken)) found.Add((row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)));
        }

        List<KeptTexts> texts = [];
        foreach (var (stream, latest) in found) texts.Add(new(stream, latest, await IsHighRiskAsync(stream)));
        return texts;
    }

    private async Task<bool> IsHighRiskAsync(string stream) =>
        stream.Split(':', 2) is ["model", var name] && (await grains.Of<IModelGrain>(name).Read()).State.JudgedRisk.IsHigh;
}
