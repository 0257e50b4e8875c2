using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>
/// What a decision keeps of its rules. The shipped policies hold many that could only warn, and few of those apply to any one model: where they do not, they are left out and their
/// policy is named instead.
/// </summary>
internal static class KeptRules
{
    private const string NotApplicable = "notApplicable", Mandatory = "mandatory";

    /// <param name="whole">With all that do not apply.</param>
    public static IReadOnlyList<RuleResult> Of(PolicyVerdict verdict, bool whole = false) =>
        [.. verdict.Rules.Where(r => whole || r.Result is not RuleOutcome.NotApplicable || r.Level is EnforcementLevel.Mandatory).Select(Gate.Record)];

    /// <summary>Whether a decision was kept with all of them, as the first ones were.</summary>
    public static bool IsWhole(PolicyChecked decision) => decision.Rules.Any(r => r is { Result: NotApplicable, Level: not Mandatory });

    /// <summary>The policies that were meant for the question and left out, in the order of the set.</summary>
    /// <param name="set">Null where it cannot be read any more.</param>
    public static IReadOnlyList<string> OutOfScope(PolicyChecked decision, PolicySet? set) =>
        // What was not known was never judged, and no policy was meant for it.
        set is null || decision.Code is not (null or "no-policy-matched") ? []
        : [.. set.Policies.Where(p => p.Match.IsMeantFor(decision.Action, decision.Environment)).Select(p => p.Name).Except(decision.Rules.Select(r => r.Policy), StringComparer.Ordinal)];
}
