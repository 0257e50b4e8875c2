using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Policies;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>The question that the gate answers.</summary>
internal sealed record GateQuestion(string Model, int Version, string Environment, string Action, string ArtifactDigest, string? Stage = null);

/// <summary>What the gate says to a question, and what it rests on.</summary>
/// <param name="Set">Null where none was ever adopted.</param>
/// <param name="Code">Why it could not even be judged; null where it was.</param>
/// <param name="WaitingFor"><c>human</c> when nothing but human steps is missing, else <c>none</c>.</param>
internal sealed record Judgement(Collected Collected, Frozen Frozen, PolicySet? Set, PolicyVerdict Verdict, bool Allowed, string? Code, string WaitingFor, DateTimeOffset At)
{
    public string SetDigest => Set?.Digest ?? "none";

    public string Outcome => Json.EnumWord(Verdict.Outcome);

    public IReadOnlyList<RuleResult> Rules => field ??= KeptRules.Of(Verdict);
}

/// <summary>Judges with the facts and policies of now. What becomes of a judgement, a decision on record or only an answer, is for whoever asked.</summary>
internal sealed class Judge(FactCollector facts, PoliciesInForce policies, TimeProvider time)
{
    public async Task<Judgement> OfAsync(GateQuestion question) =>
        await OfAsync(await facts.CollectAsync(question.Model, question.Version, question.Environment, question.Action, question.ArtifactDigest, question.Stage));

    public async Task<Judgement> OfAsync(Collected collected)
    {
        var now = time.GetUtcNow();
        var set = await policies.NowAsync();
        var verdict = collected.Code is null
            ? Gate.Judge(set, collected.Frozen, now)
            : new(PolicyOutcome.Deny, false, [], new Dictionary<string, string>(StringComparer.Ordinal));
        var allowed = Gate.LetsThrough(verdict);
        var code = collected.Code ?? (set is null ? "no-policy-set" : allowed || verdict.Matched ? null : "no-policy-matched");
        var waitingFor = collected.Code is null && set is not null ? Gate.WaitingFor(set, collected.Facts, verdict, now) : "none";
        return new(collected, collected.Frozen, set, verdict, allowed, code, waitingFor, now);
    }
}
