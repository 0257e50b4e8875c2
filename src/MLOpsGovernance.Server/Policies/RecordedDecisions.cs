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
    private const int Most = 200, MostShown = 20, MostCauses = 20;

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

    /// <summary>The rules that weigh otherwise than they did; where none does, whatever changed. What does not apply is kept of no decision where it could only warn, so that it does now is no change.</summary>
    private static IEnumerable<string> Causes(PolicyChecked decision, PolicyVerdict verdict)
    {
        var then = decision.Rules.ToDictionary(r => r.Rule, r => new Said(r.Result, r.Level), StringComparer.Ordinal);
        var now = verdict.Rules.Where(r => r.Result is not RuleOutcome.NotApplicable || then.ContainsKey(r.Rule))
            .ToDictionary(r => r.Rule, r => new Said(Json.EnumWord(r.Result), Json.EnumWord(r.Level)), StringComparer.Ordinal);
        var changed = then.Keys.Union(now.Keys, StringComparer.Ordinal).Select(rule => (Rule: rule, Was: then.GetValueOrDefault(rule), Is: now.GetValueOrDefault(rule))).Where(c => c.Was != c.Is).ToList();
        var turned = changed.Where(c => (c.Was?.Blocks ?? false) != (c.Is?.Blocks ?? false)).ToList();
        return (turned.Count > 0 ? turned : changed).Take(MostCauses).Select(c => (c.Was, c.Is) switch
        {
            (null, { } its) => $"{c.Rule}: {its.Result}, which was not asked or did not apply",
            ({ } was, null) => $"{c.Rule}: {was.Result}, which nobody asks any more",
            ({ } was, { } its) => was.Result != its.Result ? $"{c.Rule}: {was.Result} became {its.Result}" : $"{c.Rule}: {its.Result}, and {was.Level} became {its.Level}",
            _ => c.Rule,
        });
    }

    private sealed record Said(string Result, string Level)
    {
        public bool Blocks => Result is "fail" or "error" && Level is "mandatory";
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
