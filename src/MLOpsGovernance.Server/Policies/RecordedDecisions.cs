using System.Text.Json;
using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Policies;

/// <summary>The latest decisions, judged again under another set, by the facts and the clock of each.</summary>
internal sealed class RecordedDecisions(NpgsqlDataSource source)
{
    private const int Most = 200, MostShown = 20;

    /// <summary>Null where nothing was decided yet.</summary>
    public async Task<DecisionFlips?> FlipsAsync(PolicySet set, CancellationToken cancellationToken)
    {
        var (judged, stricter, looser) = (0, 0, 0);
        List<DecisionFlip> examples = [];
        await foreach (var (id, decision, frozen) in LatestAsync(cancellationToken))
        {
            var facts = JsonSerializer.Deserialize<GateFacts>(frozen, Json.Lenient)!;
            // What was not known then was judged by no rule, and would be by none.
            if (decision.Code is "model-unknown" or "version-unknown" or "environment-unknown") continue;
            judged++;
            var verdict = Gate.Judge(set, facts, frozen, decision.At);
            var allowed = Gate.LetsThrough(verdict);
            if (allowed == decision.Allowed) continue;
            if (allowed) looser++;
            else stricter++;
            if (examples.Count < MostShown) examples.Add(new(id, decision.Model, decision.Version, decision.Environment, decision.Outcome, Json.EnumWord(verdict.Outcome), [.. Causes(decision, verdict)]));
        }

        return judged == 0 ? null : new(judged, stricter, looser, examples);
    }

    private static IEnumerable<string> Causes(PolicyChecked decision, PolicyVerdict verdict)
    {
        var then = decision.Rules.ToDictionary(r => r.Rule, r => r.Result, StringComparer.Ordinal);
        var now = verdict.Rules.ToDictionary(r => r.Rule, r => Json.EnumWord(r.Result), StringComparer.Ordinal);
        foreach (var (rule, result) in now)
        {
            var was = then.GetValueOrDefault(rule);
            if (was != result) yield return was is null ? $"{rule}: {result}, which nobody asked before" : $"{rule}: {was} became {result}";
        }

        foreach (var (rule, was) in then)
            if (!now.ContainsKey(rule)) yield return $"{rule}: {was}, which nobody asks any more";
        foreach (var rule in decision.Rules)
            if (verdict.Rules.FirstOrDefault(r => r.Rule == rule.Rule) is { } same && Json.EnumWord(same.Level) != rule.Level && Json.EnumWord(same.Result) == rule.Result)
                yield return $"{rule.Rule}: {rule.Level} became {Json.EnumWord(same.Level)}";
    }

    private async IAsyncEnumerable<(string Id, PolicyChecked Decision, byte[] Facts)> LatestAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"select e.stream_id, e.data::text, c.bytes from {MartenSetup.Schema}.mt_events e join {MartenSetup.Schema}.content c on c.digest = e.data->>'factsDigest' where e.type = 'policy_checked' order by e.seq_id desc limit $1");
        command.Parameters.Add(new() { Value = Most });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (JsonSerializer.Deserialize<PolicyChecked>(reader.GetString(1), Json.Lenient) is { } decision)
                yield return (reader.GetString(0)["check:".Length..], decision, (byte[])reader.GetValue(2));
        }
    }
}
