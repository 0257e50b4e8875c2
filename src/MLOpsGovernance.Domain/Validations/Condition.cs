using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Validations;

/// <summary>What an approval or a validation asks for.</summary>
/// <param name="Owner">Who has to see to it; a condition without one is refused.</param>
/// <param name="Due">From when on the gate fails while it is not met.</param>
public sealed record ConditionDemand(string Id, Sealed? Title, string? Owner, DateTimeOffset Due);

/// <summary>A condition on a version, from when it was imposed until somebody other than its owner agrees that it is met.</summary>
/// <param name="Source"><c>approval</c> or <c>validation</c>.</param>
/// <param name="SourceId">Which of them imposed it.</param>
public sealed record Condition(string Id, Sealed? Title, string Owner, DateTimeOffset Due, string Source, string SourceId)
{
    public const string OfApproval = "approval", OfValidation = "validation";

    public const string Open = "open", Reported = "reported", Met = "met", Lapsed = "lapsed";

    /// <summary>What its owner says about its fulfilment; null until then.</summary>
    public Fulfilment? Fulfilment { get; init; }

    public Agreement? Agreed { get; init; }

    /// <summary><c>open</c>, <c>reported</c>, <c>met</c>, or <c>lapsed</c> where it was not met before what imposed it fell.</summary>
    public string StateIn(ModelVersion version, Material now) =>
        Agreed is not null ? Met : !IsBinding(version, now) ? Lapsed : Fulfilment is not null ? Reported : Open;

    public bool IsOverdue(ModelVersion version, Material now, DateTimeOffset at) => at >= Due && StateIn(version, now) is (Open or Reported);

    /// <summary>A condition outlives the expiry of what imposed it, because waiting fulfils nothing; it falls with it when that is revoked or superseded.</summary>
    private bool IsBinding(ModelVersion version, Material now) => Source == OfApproval
        ? version.Approvals.Find(a => a.Id == SourceId) is { } approval && ApprovalStanding.Of(approval, version, now).State is not (ApprovalStanding.Revoked or ApprovalStanding.Superseded)
        : version.Validations.Find(v => v.Id == SourceId) is { } validation && ValidationStanding.Of(validation, version, now).State != ApprovalStanding.Superseded;
}

/// <param name="Parties">The owner, and who answers for the credential used.</param>
public sealed record Fulfilment(IReadOnlyList<string> Evidence, Sealed? Reason, IReadOnlyList<string> Parties, DateTimeOffset At);

/// <summary>A second person's word that a condition is met.</summary>
public sealed record Agreement(Sealed? Reason, string By, DateTimeOffset At);
