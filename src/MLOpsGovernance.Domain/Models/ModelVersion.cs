using System.Collections.Immutable;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Descriptors;
using MLOpsGovernance.Domain.Evidence;
using MLOpsGovernance.Domain.Monitoring;
using MLOpsGovernance.Domain.Validations;

namespace MLOpsGovernance.Domain.Models;

/// <summary>One trained version. Its number is 1 or more and never reused.</summary>
public sealed record ModelVersion
{
    /// <summary>As many as there may ever be; policies are told of all of them.</summary>
    public const int MostAuthors = 100, MostRequesters = 100;

    public int Number { get; init; }

    /// <summary><c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
    public string ArtifactDigest { get; init; } = "";

    /// <summary>The OCI image that carries the artifact, bound by the same approval.</summary>
    public string? ImageDigest { get; init; }

    public int ArtifactRevision { get; init; }

    /// <summary>What stands for the artifact where there is no file; then <see cref="ArtifactDigest"/> is its digest.</summary>
    public ModelDescriptor? Descriptor { get; init; }

    /// <summary>False where the supplier may change what runs without the digest changing.</summary>
    public bool IsPinned => Descriptor?.IsPinned ?? true;

    public string? Framework { get; init; }
    public string? EnvironmentDigest { get; init; }
    public string? Commit { get; init; }
    public string? Run { get; init; }

    /// <summary>What is known of <see cref="Run"/>.</summary>
    public TrainingRun? Training { get; init; }

    public IReadOnlyList<DatasetReference> Datasets { get; init; } = [];
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>Everyone who had a hand in it: the declared authors, who registered it, and the owner of the credential used. Sorted.</summary>
    public ImmutableSortedSet<string> Authors { get; init => field = value.WithComparer(StringComparer.Ordinal); } = Ordinal.Set();

    /// <summary>Those of <see cref="Authors"/> who are people.</summary>
    public ImmutableSortedSet<string> HumanAuthors { get; init => field = value.WithComparer(StringComparer.Ordinal); } = Ordinal.Set();

    public int AuthorsRevision { get; init; }
    public string RegisteredBy { get; init; } = "";
    public DateTimeOffset RegisteredAt { get; init; }
    public ReviewState Review { get; init; }

    /// <summary>Rises with each rejection: approvals of an earlier round count no more.</summary>
    public int ReviewRound { get; init; }

    /// <summary>Everyone who ever asked for a review, and the owners of their credentials.</summary>
    public ImmutableSortedSet<string> Requesters { get; init => field = value.WithComparer(StringComparer.Ordinal); } = Ordinal.Set();

    public ImmutableList<Approval> Approvals { get; init; } = [];
    public ImmutableList<EvidenceItem> Evidence { get; init; } = [];
    public ImmutableList<Validation> Validations { get; init; } = [];
    public ImmutableList<Condition> Conditions { get; init; } = [];

    /// <summary>How it looks in use.</summary>
    public MonitoringState Monitoring { get; init; } = new();

    /// <summary>Where among the model's deployments its own stand.</summary>
    public ImmutableList<int> DeploymentPlaces { get; init; } = [];

    /// <summary>Where among the model's break-glasses its own stand.</summary>
    public ImmutableList<int> BreakGlassPlaces { get; init; } = [];

    /// <summary>When it first went live anywhere; null while it never did.</summary>
    public DateTimeOffset? FirstDeployedAt { get; init; }

    public Suspension? Suspended { get; init; }
    public bool Recalled { get; init; }
    public bool Retired { get; init; }

    /// <summary>The later version whose deployment took this one's place; null while it is current.</summary>
    public int? SupersededBy { get; init; }
}

public enum ReviewState
{
    NotRequested,
    Open,
    Rejected,

    /// <summary>A deployment closed it.</summary>
    Closed,
}

/// <param name="Value">Finite.</param>
public sealed record Metric(string Name, double Value);
