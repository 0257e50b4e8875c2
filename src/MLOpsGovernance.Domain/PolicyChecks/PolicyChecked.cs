namespace MLOpsGovernance.Domain.PolicyChecks;

/// <summary>One decision of the gate: what was asked, what it rested on, and every rule's result. The facts are kept once for each digest.</summary>
/// <param name="Outcome"><c>allow</c>, <c>warn</c>, <c>deny</c> or <c>error</c>.</param>
/// <param name="Code">Why it could not even be judged: <c>model-unknown</c>, <c>version-unknown</c>, <c>environment-unknown</c>, <c>no-policy-matched</c>; else null.</param>
/// <param name="PolicySet">Digest of the policy set that held.</param>
/// <param name="FactsDigest">SHA-256 of the canonical JSON of the facts.</param>
/// <param name="Read">The streams that the facts came from, each at the version that was read.</param>
/// <param name="At">Also the <c>now</c> of every rule.</param>
/// <param name="Observed">When somebody last looked at what really runs in the environment; null where nobody had.</param>
/// <param name="Stage">Null is <see cref="Deployments.DeploymentStage.Full"/>.</param>
/// <param name="WaitingFor"><c>human</c> when nothing but human steps is missing, else <c>none</c>.</param>
/// <param name="Annotations">What policies keep besides pass and fail, ordered by name; null in decisions of before that was kept.</param>
public sealed record PolicyChecked(
    string Model, int Version, string Environment, string Action, string ArtifactDigest, string? ImageDigest, bool DryRun, string Outcome, bool Allowed, string? Code,
    string PolicySet, string FactsDigest, IReadOnlyList<StreamRead> Read, IReadOnlyList<RuleResult> Rules, string WaitingFor, DateTimeOffset ValidUntil,
    string? Trace, string By, string? Owner, DateTimeOffset At, DateTimeOffset? Observed = null,
    IReadOnlyList<PolicyAnnotation>? Annotations = null, string? Stage = null)
{
    public static IReadOnlyList<string> Actions { get; } = ["deploy", "promote", "rollback"];
}

/// <summary>Something that a policy keeps besides pass and fail.</summary>
/// <param name="Name"><c>policy/key</c>.</param>
public sealed record PolicyAnnotation(string Name, string Value);

public sealed record StreamRead(string Stream, long Version);

/// <summary>What a rule said. Its title, remedy and controls stand in the policy set, which is in the log under its digest.</summary>
/// <param name="Result"><c>pass fail error waived notApplicable notYetInForce</c>.</param>
/// <param name="Level"><c>mandatory advisory audit</c>.</param>
/// <param name="Message">Null for a rule that passed.</param>
/// <param name="Why">The sub-expressions that made it fail, with their values.</param>
public sealed record RuleResult(string Policy, string Rule, string Result, string Level, string? Message, IReadOnlyList<Reason>? Why, WaiverUsed? Waiver);

/// <param name="Expr">The sub-expression.</param>
/// <param name="Offset">Where it begins in the rule, in code points.</param>
/// <param name="Value">Its value as JSON text.</param>
public sealed record Reason(string Expr, int Offset, string Value);

public sealed record WaiverUsed(string Name, string Digest, string Underlying, DateTimeOffset ExpiresAt);
