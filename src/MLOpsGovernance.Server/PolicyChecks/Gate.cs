using System.Text.Json;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Policy.Waivers;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>The decision itself: facts, a policy set and a clock in, a verdict out. Pure, so that any past decision can be made again.</summary>
internal static class Gate
{
    /// <summary>How long a decision may be deployed on.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    public static byte[] Freeze(GateFacts facts) => CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(facts, Json.Lenient));

    public static PolicyVerdict Judge(PolicySet? policies, GateFacts facts, ReadOnlyMemory<byte> frozen, DateTimeOffset now) =>
        policies is null ? NobodySaidYes : policies.Evaluate(Query(policies, facts, frozen, now));

    /// <summary>The same, of facts that may be asked about again.</summary>
    public static PolicyVerdict Judge(PolicySet? policies, Frozen frozen, DateTimeOffset now) =>
        policies is null ? NobodySaidYes : policies.Evaluate(Query(policies, frozen.Facts, frozen.Bytes, now) with { Bound = frozen.BoundBy(policies) });

    private static PolicyVerdict NobodySaidYes => new(PolicyOutcome.Deny, false, [], new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The same verdict without explanations, for judging many decisions again.</summary>
    public static PolicyVerdict Results(PolicySet policies, KeptFacts kept, DateTimeOffset now) =>
        kept.Asked is { HasWaivers: false } asked
            ? policies.Results(new(asked.Release.Action, asked.Release.Environment, asked.Environment.Gated, kept.Frozen, now))
            : policies.Results(Query(policies, kept.Facts, kept.Frozen, now));

    private static PolicyQuery Query(PolicySet policies, GateFacts facts, ReadOnlyMemory<byte> frozen, DateTimeOffset now) =>
        new(facts.Release.Action, facts.Release.Environment, facts.Environment.Gated, frozen, now, Waivers(policies, facts));

    public static bool LetsThrough(PolicyVerdict verdict) => verdict.Outcome is PolicyOutcome.Allow or PolicyOutcome.Warn;

    /// <summary><c>human</c> where nothing but human steps is missing, else <c>none</c>.</summary>
    public static string WaitingFor(PolicySet policies, GateFacts facts, PolicyVerdict verdict, DateTimeOffset now) =>
        !LetsThrough(verdict) && WaitsForPeople(policies, facts, now) ? "human" : "none";

    /// <summary>
    /// Whether nothing but human steps is missing: the same decision with all approvals given, all classes confirmed, all findings closed, all conditions met and the version validated anew would let the deployment through.
    /// </summary>
    public static bool WaitsForPeople(PolicySet policies, GateFacts facts, DateTimeOffset now)
    {
        var approvals = Roles.Approvers.Select((role, i) =>
            new ApprovalFact($"hypothetical-{i}", $"hypothetical-{i}", role, now, now.AddDays(1), facts.Version.ArtifactDigest, "live", [], ""));
        var hoped = facts with
        {
            Model = facts.Model with { RiskState = "confirmed" },
            Approvals = [.. approvals, .. facts.Approvals.Take(FactSources.MostApprovals - Roles.Approvers.Count)],
            Datasets = [.. facts.Datasets.Select(d => d with { ClassState = "confirmed" })],
            Findings = [],
            Validations = [],
            Conditions = [],
            Revalidation = facts.Revalidation with { DueAt = null },
        };
        return LetsThrough(Judge(policies, hoped, Freeze(hoped), now));
    }

    /// <summary>
    /// The waivers on record, those that last longest first. A break-glass stands in for a waiver of whatever may be waived; what may not be waived it does not open.
    /// </summary>
    private static IReadOnlyList<Waiver>? Waivers(PolicySet policies, GateFacts facts) =>
        facts.BreakGlass.Count == 0 && facts.Waivers is not [_, ..] ? null
        : [.. (facts.Waivers ?? []).Select(w => w.InPolicy()),
           .. from glass in facts.BreakGlass
              from policy in policies.Policies
              where policy.Waivers is not null
              select BreakGlassWaiver.Of(glass, policy, facts)];

    /// <summary>From when on the decision may not be deployed on any more: its own validity, and that of every waiver and break-glass it used.</summary>
    public static DateTimeOffset ValidUntil(PolicyVerdict verdict, DateTimeOffset now) =>
        verdict.Rules.Where(r => r.Waiver is not null).Select(r => r.Waiver!.ExpiresAt).Append(now + Validity).Min();

    /// <summary>What policies keep besides pass and fail, in an order that never changes.</summary>
    public static IReadOnlyList<PolicyAnnotation> Annotations(PolicyVerdict verdict) => [.. verdict.Annotations.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => new PolicyAnnotation(a.Key, a.Value))];

    public static RuleResult Record(RuleVerdict rule) => new(
        rule.Policy, rule.Rule, Json.EnumWord(rule.Result), Json.EnumWord(rule.Level), rule.Result is RuleOutcome.Pass ? null : rule.Message,
        rule.Why.Count == 0 ? null : [.. rule.Why.Select(w => new Reason(w.Expr, w.Offset, w.Value))],
        rule.Waiver is { } w ? new(w.Name, w.Digest, Json.EnumWord(w.Underlying), w.ExpiresAt) : null);
}
