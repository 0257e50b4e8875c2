using MLOpsGovernance.Domain.PolicyChecks;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>A decision as it is answered: now, and whenever it is read again.</summary>
/// <param name="PolicySet">Digest of the policy set that held.</param>
/// <param name="WaitingFor"><c>human</c> when nothing but human steps is missing: asking again later may help. Else <c>none</c>.</param>
/// <param name="Verdict">The signed verdict, once the service signs verdicts.</param>
internal sealed record DecisionView(
    string DecisionId, string Outcome, bool Allowed, string? Code, string Action, string Model, int Version, string Environment, string ArtifactDigest, bool DryRun,
    string RequestedBy, string PolicySet, string FactsDigest, DateTimeOffset CheckedAt, DateTimeOffset ValidUntil, string? TraceId, string WaitingFor,
    IReadOnlyList<RuleResult> Rules, string? Verdict)
{
    public static DecisionView Of(string id, PolicyChecked e) => new(
        id, e.Outcome, e.Allowed, e.Code, e.Action, e.Model, e.Version, e.Environment, e.ArtifactDigest, e.DryRun, e.By, e.PolicySet, e.FactsDigest, e.At, e.ValidUntil,
        e.Trace, e.WaitingFor, e.Rules, null);
}
