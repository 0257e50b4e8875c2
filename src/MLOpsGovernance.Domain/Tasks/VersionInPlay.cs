using System.Collections.Immutable;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Validations;

namespace MLOpsGovernance.Domain.Tasks;

/// <summary>
/// As much of a version as its tasks depend on: what fell or was done is forgotten. That an approval or validation fell because of training data is learnt from the event that says so.
/// </summary>
public sealed record VersionInPlay
{
    public string Model { get; init; } = "";
    public int Number { get; init; }
    public string ArtifactDigest { get; init; } = "";
    public string? ImageDigest { get; init; }
    public ImmutableSortedSet<string> Authors { get; init => field = value.WithComparer(StringComparer.Ordinal); } = Ordinal.Set();
    public ImmutableSortedSet<string> Requesters { get; init => field = value.WithComparer(StringComparer.Ordinal); } = Ordinal.Set();
    public bool ReviewOpen { get; init; }

    /// <summary>When the review was asked for, or an approval fell after that.</summary>
    public DateTimeOffset WaitingSince { get; init; }

    public ImmutableList<ApprovalInPlay> Approvals { get; init; } = [];
    public ImmutableList<ValidationInPlay> Validations { get; init; } = [];
    public ImmutableList<ConditionInPlay> Conditions { get; init; } = [];
    public ImmutableList<BreakGlassInPlay> BreakGlasses { get; init; } = [];
    public DateTimeOffset? FirstDeployedAt { get; init; }

    /// <summary>How many places it runs in: environments, and stages beside them.</summary>
    public int Live { get; init; }

    /// <summary>Where it is to be taken down, by the place that it takes there.</summary>
    public ImmutableSortedDictionary<string, TakedownInPlay> Takedowns { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<TakedownInPlay>();

    /// <summary>Recalled or retired.</summary>
    public bool Gone { get; init; }

    internal bool IsInPlay => !Takedowns.IsEmpty || (!Gone && (ReviewOpen || Live > 0 || !Conditions.IsEmpty || !BreakGlasses.IsEmpty));

    internal bool IsInvolved(IEnumerable<string> parties) => parties.Any(p => Authors.Contains(p) || Requesters.Contains(p));

    public static VersionInPlay Evolve(VersionInPlay version, object e) => e switch
    {
        ModelVersionRegistered v => version with { Number = v.Version, ArtifactDigest = v.ArtifactDigest, ImageDigest = v.ImageDigest, Authors = [.. v.Authors] },
        ModelAuthorAdded added => version with { Authors = version.Authors.Add(added.Author) },
        ModelArtifactReplaced replaced => version with { ArtifactDigest = replaced.ArtifactDigest, ImageDigest = replaced.ImageDigest },
        ModelVersionRecalled => version with { Gone = true },
        ModelRetired => version with { Gone = true, Takedowns = version.Takedowns.Clear() },
        ReviewRequested asked => version with { ReviewOpen = true, WaitingSince = asked.At, Requesters = version.Requesters.Union(asked.Requesters) },
        VersionApproved a => (version with { Approvals = version.Approvals.Add(new(a.Approval, a.Role, a.Owner is null ? [a.By] : [a.By, a.Owner], a.At, a.ValidUntil)) })
            .Impose(a.Conditions, Condition.OfApproval, a.Approval, a.At),
        VersionRejected => version with { ReviewOpen = false, Approvals = [], Conditions = version.Conditions.RemoveAll(c => c.Source == Condition.OfApproval) },
        ApprovalRevoked lost => version.Lose(lost.Approval, lost.At),
        ApprovalSuperseded lost => version.Lose(lost.Approval, lost.At),
        VersionValidated v => (version with { Validations = version.Validations.Add(new(v.Validation, v.Conclusion != Validation.Unfit, v.Owner is null ? [v.By] : [v.By, v.Owner], v.At, v.ValidUntil)) })
            .Impose(v.Conditions, Condition.OfValidation, v.Validation, v.At),
        ValidationSuperseded lost => version.Without(Condition.OfValidation, lost.Validation) with { Validations = version.Validations.RemoveAll(v => v.Id == lost.Validation) },
        ConditionReported r => version with { Conditions = version.Conditions.ConvertAll(c => c.Id == r.Condition ? c with { ReportedBy = r.Owner is null ? [r.By] : [r.By, r.Owner], Since = r.At } : c) },
        ConditionMet met => version with { Conditions = version.Conditions.RemoveAll(c => c.Id == met.Condition) },
        BreakGlassRequested b => version with { BreakGlasses = version.BreakGlasses.RemoveAll(g => g.Until <= b.At).Add(new(b.Id, b.ArtifactDigest, b.ImageDigest, b.RequestedBy, b.At, b.At.AddMinutes(b.Minutes))) },
        BreakGlassApproved given => version with { BreakGlasses = version.BreakGlasses.RemoveAll(g => g.Id == given.Id) },
        ModelDeployed { Stage: DeploymentStage.Shadow } => version with { Live = version.Live + 1 },
        ModelDeployed { Stage: DeploymentStage.Canary } d => version with { FirstDeployedAt = version.FirstDeployedAt ?? d.At, Live = version.Live + 1 },
        ModelDeployed d => version.Deploy(d.At),
        ModelRolledBack d => version.Deploy(d.At),
        TakedownAsked t => version with { Takedowns = version.Takedowns.SetItem(DeploymentStage.Place(t.Environment, t.Stage), new(t.Deployment, t.Environment, t.Owner, t.At, t.Due)) },
        ModelResumed => version with { Takedowns = version.Takedowns.Clear() },
        DeploymentConcluded { Ended: true } d => version.End([DeploymentStage.Place(d.Environment, d.Stage)]),
        _ => version,
    };

    internal VersionInPlay CloseReview() => this with { ReviewOpen = false };

    /// <summary>It runs there no more.</summary>
    internal VersionInPlay End(IReadOnlyCollection<string> places) => this with { Live = Live - places.Count, Takedowns = Takedowns.RemoveRange(places) };

    private VersionInPlay Deploy(DateTimeOffset at) => CloseReview() with { FirstDeployedAt = FirstDeployedAt ?? at, Live = Live + 1 };

    private VersionInPlay Lose(string approval, DateTimeOffset at) => Without(Condition.OfApproval, approval) with { Approvals = Approvals.RemoveAll(a => a.Id == approval), WaitingSince = at };

    private VersionInPlay Impose(IReadOnlyList<ConditionDemand>? demands, string source, string id, DateTimeOffset at) =>
        this with { Conditions = Conditions.AddRange((demands ?? []).Select(d => new ConditionInPlay(d.Id, d.Owner!, d.Due, source, id, at))) };

    /// <summary>A condition falls with what imposed it.</summary>
    private VersionInPlay Without(string source, string id) => this with { Conditions = Conditions.RemoveAll(c => c.Source == source && c.SourceId == id) };
}

/// <param name="Parties">Who gave it, and who answers for the credential used.</param>
public sealed record ApprovalInPlay(string Id, string Role, IReadOnlyList<string> Parties, DateTimeOffset Given, DateTimeOffset ValidUntil);

public sealed record ValidationInPlay(string Id, bool Fit, IReadOnlyList<string> Parties, DateTimeOffset Done, DateTimeOffset? ValidUntil);

/// <param name="Since">When it was imposed, or reported as fulfilled.</param>
public sealed record ConditionInPlay(string Id, string Owner, DateTimeOffset Due, string Source, string SourceId, DateTimeOffset Since)
{
    /// <summary>Who says that it is fulfilled; null while nobody does.</summary>
    public IReadOnlyList<string>? ReportedBy { get; init; }
}

/// <param name="Owner">Who takes it down; null is the team.</param>
public sealed record TakedownInPlay(string Deployment, string Environment, string? Owner, DateTimeOffset Since, DateTimeOffset Due);

public sealed record BreakGlassInPlay(string Id, string ArtifactDigest, string? ImageDigest, IReadOnlyList<string> RequestedBy, DateTimeOffset Since, DateTimeOffset Until);
