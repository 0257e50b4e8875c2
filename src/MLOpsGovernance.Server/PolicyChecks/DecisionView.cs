using System.Text.Json.Nodes;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.Observations;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>A decision as it is answered: now, and whenever it is read again.</summary>
/// <param name="PolicySet">Digest of the policy set that held.</param>
/// <param name="WaitingFor"><c>human</c> when nothing but human steps is missing: asking again later may help. Else <c>none</c>.</param>
/// <param name="Observation">Whether what is on record of the environment was also seen there, when it was made.</param>
/// <param name="Stage"><c>shadow</c>, <c>canary</c> or <c>full</c>.</param>
/// <param name="Verdict">What was allowed as a signed statement (DSSE, SLSA verification summary), which can be checked with no network; null for what was not, and for dry runs.</param>
/// <param name="OutOfScope">Policies that could only have warned and do not apply to the model; their rules are not among <paramref name="Rules"/>.</param>
/// <param name="Annotations">What policies keep besides pass and fail, by <c>policy/key</c>; null for decisions of before that was kept.</param>
internal sealed record DecisionView(
    string DecisionId, string Outcome, bool Allowed, string? Code, string Action, string Model, int Version, string Environment, string ArtifactDigest, bool DryRun,
    string RequestedBy, string PolicySet, string FactsDigest, DateTimeOffset CheckedAt, DateTimeOffset ValidUntil, string? TraceId, string WaitingFor,
    IReadOnlyList<DecisionRuleView> Rules, JsonNode? Verdict, ObservationState Observation, IReadOnlyDictionary<string, string>? Annotations, string Stage,
    IReadOnlyList<string> OutOfScope);

/// <summary>Shows decisions, the same whenever they are read.</summary>
internal sealed class DecisionViews(Decisions decisions, RuleExplanations explanations, ObservationFreshness freshness, VerdictSigner verdicts)
{
    public async Task<DecisionView> OfAsync(string id, PolicyChecked e, CancellationToken cancellationToken)
    {
        var set = await decisions.PoliciesAsync(e.PolicySet, cancellationToken);
        return await OfAsync(id, e, set, (await decisions.FactsAsync(id, e, cancellationToken)).Kept?.Facts, cancellationToken);
    }

    public async Task<DecisionView> OfAsync(string id, PolicyChecked e, PolicySet? set, GateFacts? facts, CancellationToken cancellationToken) => new(
        id, e.Outcome, e.Allowed, e.Code, e.Action, e.Model, e.Version, e.Environment, e.ArtifactDigest, e.DryRun, e.By, e.PolicySet, e.FactsDigest, e.At, e.ValidUntil,
        e.Trace, e.WaitingFor,
        await explanations.OfAsync(e.Rules, set, facts, e.FactsDigest, new(e.Model, e.Version, e.Environment, e.Action, e.ArtifactDigest, e.Read, e.Stage ?? DeploymentStage.Full), e.At, cancellationToken),
        verdicts.For(id, e), freshness.Of(e.Observed, e.At), e.Annotations?.ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal), e.Stage ?? DeploymentStage.Full, KeptRules.OutOfScope(e, set));
}

/// <summary>A rule's result with what its policy says about it.</summary>
/// <param name="Result"><c>pass</c>, <c>fail</c>, <c>error</c>, <c>waived</c>, <c>notApplicable</c> or <c>notYetInForce</c>.</param>
/// <param name="Remediation">What to do; null for a rule that passed.</param>
/// <param name="EffectiveFrom">From when on the rule is in force; null for one that always was.</param>
/// <param name="Severity">Of the policy: <c>low</c>, <c>medium</c>, <c>high</c> or <c>critical</c>.</param>
/// <param name="Document">The file of the policy within the set.</param>
/// <param name="Missing">What is missing before a rule that does not hold would hold; null for the others.</param>
/// <param name="Resolvable"><c>by-approval</c> where people's word is all that is missing, else <c>by-change</c>.</param>
/// <param name="Facts">The events that made the facts it looked at what they are; null for a rule that holds, and where the history cannot be read.</param>
internal sealed record DecisionRuleView(
    string Policy, string Rule, string Title, string Result, string Level, string Message, string? Remediation, IReadOnlyList<Reason>? Why, WaiverUsed? Waiver,
    IReadOnlyList<ControlRef> Controls, string? Severity, string? Document, IReadOnlyList<MissingStep>? Missing, string? Resolvable, IReadOnlyList<FactOrigin>? Facts,
    DateTimeOffset? EffectiveFrom)
{
    public static DecisionRuleView Of(RuleResult r, PolicySet? set, WayOut? way, IReadOnlyList<FactOrigin>? facts)
    {
        var found = set?.Find(r.Policy, r.Rule);
        var (policy, rule) = (found?.Policy, found?.Rule);
        var title = rule?.Title ?? r.Rule;
        return new(
            r.Policy, r.Rule, title, r.Result, r.Level, r.Message ?? title, r.Message is null ? null : rule?.Remediation, r.Why, r.Waiver, rule?.Controls ?? [],
            policy is null ? null : Json.EnumWord(policy.Severity), policy?.Path, way?.Missing, way?.Resolvable, facts, rule?.EffectiveFrom);
    }
}
