using MLOpsGovernance.Domain.Approvals;

namespace MLOpsGovernance.Domain.Validations;

/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record VersionValidated(
    int Version, string Validation, Sealed? Scope, string Conclusion, Sealed? Limitations, IReadOnlyList<string> Evidence, Material Material,
    IReadOnlyList<ConditionDemand> Conditions, DateTimeOffset? ValidUntil, string By, string? Owner, DateTimeOffset At);

/// <summary>Something material changed after the validation. Recorded for the history; whoever asked saw it at once.</summary>
/// <param name="Causes">Codes of <see cref="MaterialChange"/>.</param>
public sealed record ValidationSuperseded(int Version, string Validation, IReadOnlyList<string> Causes, string By, DateTimeOffset At);

/// <summary>The owner of a condition says that it is fulfilled; somebody else has yet to agree.</summary>
/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record ConditionReported(int Version, string Condition, IReadOnlyList<string> Evidence, Sealed? Reason, string By, string? Owner, DateTimeOffset At);

public sealed record ConditionMet(int Version, string Condition, Sealed? Reason, string By, DateTimeOffset At);
