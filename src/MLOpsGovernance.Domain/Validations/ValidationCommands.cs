using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Validations;

/// <param name="Id">The validation's id, made by the caller.</param>
/// <param name="People">Those of the conditions' owners who are people; looked up, never claimed.</param>
/// <param name="Datasets">The training data as it stands now.</param>
public sealed record ValidateVersion(
    int Version, string Id, Sealed? Scope, string Conclusion, Sealed? Limitations, IReadOnlyList<string> Evidence, DateTimeOffset? ValidUntil,
    IReadOnlyList<ConditionDemand> Conditions, IReadOnlyList<string> People, IReadOnlyList<MaterialDataset> Datasets) : ModelCommand;

public sealed record ReportCondition(int Version, string Id, IReadOnlyList<string> Evidence, Sealed? Reason) : ModelCommand;

public sealed record ConfirmCondition(int Version, string Id, Sealed? Reason) : ModelCommand;
