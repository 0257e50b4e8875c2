using System.Text.Json;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Dossiers;

/// <summary>The part of a dossier that is read from the events themselves.</summary>
internal static class DossierRecords
{
    /// <summary>A version that is checked every minute has more decisions than anybody reads; those that led to a deployment are always among them.</summary>
    public const int MostDecisions = 1000;

    public static async Task<(IReadOnlyList<DecisionSummary> Latest, long Total)> DecisionsAsync(ConsistentReading reading, Model model, int version, CancellationToken cancellationToken)
    {
        const string About = "type = 'policy_checked' and (data ->> 'model') = $1 and (data ->> 'version')::int = $2";
        var deployed = model.Deployments.Where(d => d.Version == version).Select(d => $"check:{d.DecisionId}").ToArray();
        List<DecisionSummary> decisions = [];
        await using (var command = reading.Command(
            $"""
            (select stream_id, data::text, seq_id from {MartenSetup.Schema}.mt_events where {About} order by seq_id desc limit $3)
            union select stream_id, data::text, seq_id from {MartenSetup.Schema}.mt_events where type = 'policy_checked' and stream_id = any($4)
            order by seq_id desc
            """, model.Name!, version, MostDecisions, deployed))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                decisions.Add(DecisionSummary.Of(reader.GetString(0)["check:".Length..], JsonSerializer.Deserialize<PolicyChecked>(reader.GetString(1), Json.Lenient)!));
        }

        if (decisions.Count < MostDecisions) return (decisions, decisions.Count);
        await using var count = reading.Command($"select count(*) from {MartenSetup.Schema}.mt_events where {About}", model.Name!, version);
        return (decisions, (long)(await count.ExecuteScalarAsync(cancellationToken))!);
    }

    public static async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(ConsistentReading reading, Model model, int version, CancellationToken cancellationToken)
    {
        // An event that names no version concerns all of them, unless it goes on with something that began at another one.
        string[] others = [.. model.Findings.Where(f => f.Version is { } v && v != version).Select(f => f.Id), .. model.BreakGlasses.Where(b => b.Version != version).Select(b => b.Id)];
        List<HistoryEntry> history = [];
        await using var command = reading.Command(
            $"""
            select id, seq_id, version, type, timestamp, headers ->> 'actor' from {MartenSetup.Schema}.mt_events
            where stream_id = $1 and coalesce((data ->> 'version')::int, $2) = $2 and not coalesce(data ->> 'id', data ->> 'finding', '') = any($3)
            order by version
            """, $"model:{model.Name}", version, others);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            history.Add(new(reader.GetGuid(0).ToString(), reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.IsDBNull(5) ? "" : reader.GetString(5)));
        return history;
    }
}
