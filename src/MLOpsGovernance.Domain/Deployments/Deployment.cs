using System.Text.Json.Serialization;
using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Deployments;

/// <summary>One version at work in one environment, from <see cref="At"/> until <see cref="EndedAt"/>.</summary>
/// <param name="DecisionId">The policy check that allowed it.</param>
/// <param name="Action"><c>deploy</c>, <c>promote</c> or <c>rollback</c>.</param>
/// <param name="Replaces">The deployment whose place it took, if there was one.</param>
public sealed record Deployment(
    string Id, int Version, string Environment, string DecisionId, string ArtifactDigest, string? ImageDigest, string Action, string By, DateTimeOffset At, DateTimeOffset? EndedAt = null,
    string? Replaces = null)
{
    public static IReadOnlyList<string> Actions { get; } = ["deploy", "promote", "rollback"];

    /// <summary>One of <see cref="DeploymentStage.All"/>.</summary>
    public string Stage { get; init; } = DeploymentStage.Full;

    /// <summary>How it went; null while nobody said.</summary>
    public DeploymentOutcome? Outcome { get; init; }

    /// <summary>Since when somebody is to take it down, because a policy says so; null while none does.</summary>
    public DateTimeOffset? TakedownAskedAt { get; init; }

    public bool IsFull => Stage == DeploymentStage.Full;

    /// <summary>What it takes, and what the next one there takes from it.</summary>
    [JsonIgnore]
    public string Place => DeploymentStage.Place(Environment, Stage);

    /// <summary>Whether that is what runs: the artifact, or the image that carries it.</summary>
    public bool Is(string digest) => digest == ArtifactDigest || digest == ImageDigest;
}

/// <summary>Leave to deploy although rules fail: two people, for a limited time, and it always opens a finding.</summary>
/// <param name="ApprovedBy">Null while the second person has not agreed.</param>
/// <param name="Until">From when on it no longer opens anything; set when the second person agrees.</param>
public sealed record BreakGlass(
    string Id, int Version, string Environment, string ArtifactDigest, Sealed? Reason, int Minutes, IReadOnlyList<string> RequestedBy, DateTimeOffset At,
    string? ApprovedBy = null, DateTimeOffset? ApprovedAt = null, DateTimeOffset? Until = null)
{
    public const int MostMinutes = 24 * 60, DefaultMinutes = 4 * 60;

    /// <summary>The image it was asked for; with the artifact it is what the second person agreed to.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>The person who answers for the credential of <see cref="ApprovedBy"/>.</summary>
    public string? ApproverOwner { get; init; }

    /// <summary>The cause that the finding states which was opened with it.</summary>
    public string Cause => $"break-glass:{Id}";

    /// <summary>Everyone behind it: who asked, who agreed, and the owners of their credentials.</summary>
    [JsonIgnore]
    public IEnumerable<string> Hands => RequestedBy.Concat([ApprovedBy, ApproverOwner]).OfType<string>();

    /// <summary>From when on nobody can agree to it any more: what was urgent for so many minutes is not urgent after them.</summary>
    [JsonIgnore]
    public DateTimeOffset LapsesAt => At.AddMinutes(Minutes);

    public bool IsOpen(DateTimeOffset at) => Until is { } until && at < until;

    /// <summary>Whether it was given for the version as it is; another artifact or image needs a break-glass of its own.</summary>
    public bool IsFor(ModelVersion version) => Version == version.Number && ArtifactDigest == version.ArtifactDigest && ImageDigest == version.ImageDigest;
}
