using System.Collections.Immutable;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Subjects;

namespace MLOpsGovernance.Domain.Tasks;

/// <summary>As much of a dataset as its tasks depend on.</summary>
public sealed record DatasetInPlay
{
    public string Name { get; init; } = "";
    public string Team { get; init; } = "";

    /// <summary>Null while no proposal waits.</summary>
    public DateTimeOffset? ProposedAt { get; init; }

    public bool Withdrawn { get; init; }

    /// <summary>When it was last reviewed; null where it never was, and nobody waits for it.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    public DateTimeOffset ReviewDue { get; init; }

    public static DatasetInPlay Evolve(DatasetInPlay dataset, object e) => e switch
    {
        DatasetRegistered registered => dataset with { Name = registered.Name, Team = registered.Team },
        DatasetClassProposed proposed => dataset with { ProposedAt = proposed.At },
        DatasetClassified => dataset with { ProposedAt = null },
        DatasetReviewed review => dataset with { ReviewedAt = review.At, ReviewDue = review.NextDue },
        DatasetWithdrawn { Version: null } => dataset with { Withdrawn = true },
        DatasetRestored { Version: null } => dataset with { Withdrawn = false },
        _ => dataset,
    };
}

/// <summary>The granted roles of a subject, and since when each stands confirmed.</summary>
public sealed record SubjectInPlay
{
    public string Subject { get; init; } = "";
    public ImmutableSortedDictionary<string, DateTimeOffset> Roles { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<DateTimeOffset>();

    public static SubjectInPlay Evolve(SubjectInPlay subject, object e) => e switch
    {
        RoleGranted granted => new() { Subject = granted.Subject, Roles = subject.Roles.SetItem(granted.Role, granted.At) },
        RoleRecertified again => subject with { Roles = subject.Roles.SetItem(again.Role, again.At) },
        RoleRevoked revoked => subject with { Roles = subject.Roles.Remove(revoked.Role) },
        _ => subject,
    };
}

/// <summary>What waits about an environment: its gate, and what runs there and belongs to no model.</summary>
public sealed record EnvironmentInPlay
{
    public string Name { get; init; } = "";
    public IReadOnlyList<string> UngatingProposedBy { get; init; } = [];
    public DateTimeOffset UngatingProposedAt { get; init; }
    public ImmutableSortedDictionary<string, StrangerInPlay> Findings { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<StrangerInPlay>();

    public static EnvironmentInPlay Evolve(EnvironmentInPlay environment, object e) => e switch
    {
        EnvironmentRegistered registered => environment with { Name = registered.Name },
        EnvironmentUngatingProposed proposed => environment with { UngatingProposedBy = proposed.ProposedBy, UngatingProposedAt = proposed.At },
        EnvironmentUngated or EnvironmentGated => environment with { UngatingProposedBy = [] },
        EnvironmentFindingOpened o => environment with { Findings = environment.Findings.SetItem(o.Id, new(o.OpenedBy, o.At, FindingDue.After(o.At, o.Severity))) },
        EnvironmentFindingClosed closed => environment with { Findings = environment.Findings.Remove(closed.Id) },
        _ => environment,
    };
}

public sealed record StrangerInPlay(IReadOnlyList<string> OpenedBy, DateTimeOffset Since, DateTimeOffset Due);
