using System.Collections.Immutable;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Descriptors;
using MLOpsGovernance.Domain.Waivers;

namespace MLOpsGovernance.Domain.Models;

/// <summary>A model with everything that was decided about it.</summary>
public sealed partial record Model
{
    public string? Name { get; init; }
    public string Team { get; init; } = "";
    public Sealed? Purpose { get; init; }
    public IReadOnlyList<string> Purposes { get; init; } = [];
    public DateTimeOffset RegisteredAt { get; init; }

    /// <summary>When its team last confirmed what is on record; null while it never did.</summary>
    public Recertification.LastRecertification? Recertified { get; init; }

    /// <summary>One of <see cref="ModelOrigin.All"/>: what its versions are known by.</summary>
    public string Origin { get; init; } = ModelOrigin.Internal;

    /// <summary>Whether it makes text, images or the like, rather than telling things apart.</summary>
    public bool Generative { get; init; }

    /// <summary>How often the purpose changed since registration; approvals remember it.</summary>
    public int PurposeRevision { get; init; }

    public RiskClass? ConfirmedRisk { get; init; }
    public RiskClass? ProposedRisk { get; init; }

    /// <summary>The person from outside the team who confirmed the class in force.</summary>
    public string? RiskConfirmedBy { get; init; }

    /// <summary>Everyone behind the pending proposal, the owner of the credential included.</summary>
    public IReadOnlyList<string> RiskProposers { get; init; } = [];

    /// <summary>How often the judged risk was raised; approvals remember it. Lowering it again does not bring them back.</summary>
    public int RiskRaises { get; init; }

    /// <summary>How often a confirmed class was followed by a lower one; approvals remember it too, because they were given for what was held to be higher.</summary>
    public int RiskLowerings { get; init; }

    public Sealed? Card { get; init; }
    public ImmutableSortedDictionary<int, ModelVersion> Versions { get; init; } = ImmutableSortedDictionary<int, ModelVersion>.Empty;
    public ImmutableSortedDictionary<string, int> Aliases { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<int>();
    public ImmutableList<Finding> Findings { get; init; } = [];

    /// <summary>The open ones among <see cref="Findings"/>, by the version that they are about; 0 is the whole model.</summary>
    public ImmutableSortedDictionary<int, ImmutableList<Finding>> OpenFindings { get; init; } = ImmutableSortedDictionary<int, ImmutableList<Finding>>.Empty;

    public ImmutableList<Incident> Incidents { get; init; } = [];
    public ImmutableList<Deployment> Deployments { get; init; } = [];

    /// <summary>The deployments that are at work: the <see cref="Deployment.Place"/>, and where in <see cref="Deployments"/> it stands.</summary>
    public ImmutableSortedDictionary<string, int> Live { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<int>();

    /// <summary>The versions whose place no later one took.</summary>
    public ImmutableSortedSet<int> CurrentVersions { get; init; } = [];

    public ImmutableList<BreakGlass> BreakGlasses { get; init; } = [];

    /// <summary>Every waiver that was ever asked for, the earliest first.</summary>
    public ImmutableList<NotedWaiver> Waivers { get; init; } = [];

    /// <summary>Those among them that had not ended when the latest was asked for: only they can still matter.</summary>
    public ImmutableList<NotedWaiver> CurrentWaivers { get; init; } = [];

    public Suspension? Suspended { get; init; }
    public bool Retired { get; init; }

    public bool Exists => Name is not null;

    /// <summary>The risk that every rule judges by: the confirmed class, never below a pending proposal; the highest while nothing is confirmed.</summary>
    public RiskClass JudgedRisk => RiskClass.Judged(ConfirmedRisk, ProposedRisk);
}

/// <param name="Reason">Why it must not be used for now.</param>
public sealed record Suspension(Sealed? Reason, string By, DateTimeOffset At);

/// <param name="Severity">One of <see cref="Severities"/>.</param>
/// <param name="Version">The version it concerns; null means every version.</param>
public sealed record Finding(string Id, Sealed? Title, string Severity, int? Version, string By, DateTimeOffset At, string? ClosedBy, Sealed? Closing, DateTimeOffset? ClosedAt)
{
    public static IReadOnlyList<string> Severities { get; } = ["low", "medium", "high", "critical"];

    /// <summary>What opened it: <c>reported</c>, <c>rollback</c>, <c>break-glass:{id}</c> or a discrepancy that was observed.</summary>
    public string Cause { get; init; } = "reported";

    /// <summary>Who has to remedy it; null is nobody.</summary>
    public string? Owner { get; init; }

    public DateTimeOffset Due { get; init; }

    /// <summary>How it is to be remedied.</summary>
    public Sealed? Plan { get; init; }

    /// <summary>Everyone behind its opening and re-openings, the owners of their credentials included.</summary>
    public IReadOnlyList<string> Openers { get; init; } = [];

    /// <summary>Digests of what shows that it is remedied; empty while it is open.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    public IReadOnlyList<Reopening> Reopenings { get; init; } = [];

    /// <summary>The observation in which the discrepancy was no longer seen; null while it is, and for other causes.</summary>
    public DateTimeOffset? VanishedAt { get; init; }

    public bool IsOpen => ClosedAt is null;

    public bool IsOverdue(DateTimeOffset at) => IsOpen && at >= Due;

    /// <summary>Whole days from its opening until it was closed, or until now.</summary>
    public int AgeInDays(DateTimeOffset at) => (int)((ClosedAt ?? at) - At).TotalDays;

    public bool Blocks => IsOpen && (Severity is "high" or "critical");
}

/// <summary>A time when the remedy of a finding turned out not to hold.</summary>
public sealed record Reopening(Sealed? Reason, string By, DateTimeOffset At);

public sealed record Incident(string Id, Sealed? Title, string Severity, int? Version, string? Environment, string By, DateTimeOffset At)
{
    /// <summary>What opened it: <c>reported</c>, or <c>monitoring:</c> and the version that was found out of order.</summary>
    public string Cause { get; init; } = "reported";

    /// <summary>Whose it is; null while nobody took it on.</summary>
    public string? Owner { get; init; }

    public string? AcknowledgedBy { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? ResolvedBy { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public Sealed? Resolution { get; init; }

    public bool IsOpen => ResolvedAt is null;
}
