using System.Text.Json.Serialization;

namespace MLOpsGovernance.Policy;

/// <summary>Only <see cref="Allow"/> and <see cref="Warn"/> let a deployment through.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PolicyOutcome>))]
public enum PolicyOutcome
{
    [JsonStringEnumMemberName("allow")] Allow,
    [JsonStringEnumMemberName("warn")] Warn,
    [JsonStringEnumMemberName("deny")] Deny,
    [JsonStringEnumMemberName("error")] Error,
}

[JsonConverter(typeof(JsonStringEnumConverter<RuleOutcome>))]
public enum RuleOutcome
{
    [JsonStringEnumMemberName("pass")] Pass,
    [JsonStringEnumMemberName("fail")] Fail,
    [JsonStringEnumMemberName("error")] Error,
    [JsonStringEnumMemberName("waived")] Waived,
    [JsonStringEnumMemberName("notApplicable")] NotApplicable,
    [JsonStringEnumMemberName("notYetInForce")] NotYetInForce,
}

[JsonConverter(typeof(JsonStringEnumConverter<EnforcementLevel>))]
public enum EnforcementLevel
{
    [JsonStringEnumMemberName("mandatory")] Mandatory,
    [JsonStringEnumMemberName("advisory")] Advisory,
    [JsonStringEnumMemberName("audit")] Audit,
}

/// <summary>What a rule supports in a framework; a rule alone never satisfies a control.</summary>
public sealed record ControlRef(string Framework, string Ref);

/// <summary>A rule that cannot be decided yet, and the facts it waits for, in ordinal order.</summary>
public sealed record OpenRule(string Policy, string Rule, string Title, EnforcementLevel Level, IReadOnlyList<string> WaitsFor);

/// <summary>One failing sub-expression and the value it had.</summary>
/// <param name="Expr">The source text of the sub-expression.</param>
/// <param name="Offset">Where it begins in the expression, in Unicode code points.</param>
/// <param name="Value">The value as JSON text, cut at 1 kB; an error as a JSON string that begins with <c>error: </c>.</param>
public sealed record Explanation(string Expr, int Offset, string Value);

/// <param name="Underlying">What the rule said itself: <see cref="RuleOutcome.Fail"/> or <see cref="RuleOutcome.Error"/>.</param>
public sealed record AppliedWaiver(string Name, string Digest, RuleOutcome Underlying, DateTimeOffset ExpiresAt);

/// <param name="Message">The title of a passing rule, the message of a failing one, the error text of an erring one.</param>
/// <param name="Why">Empty for a passing rule.</param>
/// <param name="Cost">Evaluation cost in units of the policy language, about 100 ns each.</param>
public sealed record RuleVerdict(
    string Policy, string Rule, string Title, RuleOutcome Result, EnforcementLevel Level, string Message, string? Remediation,
    IReadOnlyList<Explanation> Why, AppliedWaiver? Waiver, IReadOnlyList<ControlRef> Controls, long Cost);

/// <param name="Matched">
/// Whether at least one mandatory rule was judged: its policy is meant for the action and the environment, it applies to the model, and it is in force. Without one the
/// answer is deny where the environment demands a policy; rules that only warn or record cover nothing.
/// </param>
/// <param name="Annotations">What policies keep besides pass and fail, by <c>policy/key</c>.</param>
public sealed record PolicyVerdict(
    PolicyOutcome Outcome, bool Matched, IReadOnlyList<RuleVerdict> Rules, IReadOnlyDictionary<string, string> Annotations);
