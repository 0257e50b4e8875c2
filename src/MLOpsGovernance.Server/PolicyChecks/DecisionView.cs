using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Observations;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>A decision as it is answered: now, and whenever it is read again.</summary>
/// <param name="PolicySet">Digest of the policy set that held.</param>
/// <param name="WaitingFor"><c>human</c> when nothing but human steps is missing: asking again later may help. Else <c>none</c>.</param>
/// <param name="Observation">Whether what is on record of the environment was also seen there, when it was made.</param>
/// <param name="Verdict">The signed verdict, once the service signs verdicts.</param>
internal sealed record DecisionView(
    string DecisionId, string Outcome, bool Allowed, string? Code, string Action, string Model, int Version, string Environment, string ArtifactDigest, bool DryRun,
    string RequestedBy, string PolicySet, string FactsDigest, DateTimeOffset CheckedAt, DateTimeOffset ValidUntil, string? TraceId, string WaitingFor,
    IReadOnlyList<DecisionRuleView> Rules, string? Verdict, ObservationState Observation)
{
    /// <param name="set">The policy set of the decision; null where it cannot be read any more, and then rules show by their ids alone.</param>
    public static DecisionView Of(string id, PolicyChecked e, PolicySet? set, ObservationFreshness freshness) => new(
        id, e.Outcome, e.Allowed, e.Code, e.Action, e.Model, e.Version, e.Environment, e.ArtifactDigest, e.DryRun, e.By, e.PolicySet, e.FactsDigest, e.At, e.ValidUntil,
        e.Trace, e.WaitingFor, [.. e.Rules.Select(r => DecisionRuleView.Of(r, set))], null, freshness.Of(e.Observed, e.At));
}

/// <summary>A rule's result with what its policy says about it.</summary>
/// <param name="Remediation">What to do; null for a rule that passed.</param>
internal sealed record DecisionRuleView(
    string Policy, string Rule, string Title, string Result, string Level, string Message, string? Remediation, IReadOnlyList<Reason>? Why, WaiverUsed? Waiver,
    IReadOnlyList<ControlRef> Controls)
{
    public static DecisionRuleView Of(RuleResult r, PolicySet? set)
    {
        var rule = Find(set, r);
        var title = rule?.Title ?? r.Rule;
        return new(r.Policy, r.Rule, title, r.Result, r.Level, r.Message ?? title, r.Message is null ? null : rule?.Remediation, r.Why, r.Waiver, rule?.Controls ?? []);
    }

    private static PolicyRule? Find(PolicySet? set, RuleResult result)
    {
        foreach (var policy in set?.Policies ?? [])
        {
            if (policy.Name != result.Policy) continue;
            foreach (var rule in policy.Rules) if (rule.Id == result.Rule) return rule;
        }

        return null;
    }
}
