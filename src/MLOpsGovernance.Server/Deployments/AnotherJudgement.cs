using System.Text.Json;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.PolicyChecks;

namespace MLOpsGovernance.Server.Deployments;

/// <summary>
/// Judges again, by the decision's own policies, with the facts and the clock of now: whatever a rule may look at, a deployment that the gate would refuse now is refused.
/// Nobody has to list what changes with the clock; a rule may reckon with it, or itself come into force.
/// </summary>
internal sealed class AnotherJudgement(OvertakingHistory history, Decisions decisions)
{
    /// <returns>Null where it would still let the deployment through.</returns>
    public async Task<Overtaking?> FindAsync(PolicyChecked decision, KeptFacts then, Collected now, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var policies = await decisions.PoliciesAsync(decision.PolicySet, cancellationToken);
        var verdict = Gate.Judge(policies, now.Frozen, at);
        if (Gate.LetsThrough(verdict)) return null;

        if (!LetsThrough(then.Facts, then.Frozen, at))
        {
            var passed = Turn(time => LetsThrough(then.Facts, then.Frozen, time), decision.At, at);
            var date = new Change("date-passed", $"as of {passed.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {Words(verdict)}", $"model:{decision.Model}", facts => Names(facts, passed), Earlier: true);
            return new(date.Code, date.Why, await history.NameAsync(decision, date, now.Sources, cancellationToken));
        }

        foreach (var moved in now.Read.Where(r => !decision.Read.Contains(r)))
        {
            var turn = new Change("no-longer-allowed", Words(verdict), moved.Stream, facts => !LetsThrough(facts, Gate.Freeze(facts), at), Turns: true);
            if (await history.NameAsync(decision, turn, now.Sources, cancellationToken) is { } turned) return new(turn.Code, turn.Why, turned);
        }

        return new("no-longer-allowed", Words(verdict), null);

        bool LetsThrough(GateFacts facts, byte[] frozen, DateTimeOffset time) => Gate.LetsThrough(Gate.Judge(policies, facts, frozen, time));
    }

    /// <summary>The first instant at which it no longer holds, if it holds at the first and not at the last.</summary>
    private static DateTimeOffset Turn(Func<DateTimeOffset, bool> holds, DateTimeOffset first, DateTimeOffset last)
    {
        var (low, high) = (first.UtcTicks, last.UtcTicks);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (holds(new(middle, TimeSpan.Zero))) low = middle;
            else high = middle;
        }

        return new(high, TimeSpan.Zero);
    }

    /// <summary>Whether some fact is this very instant, give or take the smallest step: a rule may hold until it or through it.</summary>
    private static bool Names(GateFacts facts, DateTimeOffset instant)
    {
        var json = new Utf8JsonReader(Gate.Freeze(facts));
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.String && Json.TryReadTime(json.GetString(), out var time) && Math.Abs(time.UtcTicks - instant.UtcTicks) <= 1) return true;
        }

        return false;
    }

    /// <summary>What the gate says now: the first rule that shuts it, with its message.</summary>
    private static string Words(PolicyVerdict verdict) =>
        verdict.Rules.FirstOrDefault(r => r.Level == EnforcementLevel.Mandatory && r.Result is RuleOutcome.Fail or RuleOutcome.Error) is { } rule
            ? $"{rule.Rule} is against it: {rule.Message.TrimEnd('.')}"
            : "no policy lets it through";
}
