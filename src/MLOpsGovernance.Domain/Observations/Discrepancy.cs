namespace MLOpsGovernance.Domain.Observations;

/// <summary>A difference between what runs in an environment and what is on record for it.</summary>
/// <param name="Kind">One of the three.</param>
/// <param name="Name">What the environment calls it; null for what does not run.</param>
/// <param name="Model">Null where no version has the digest.</param>
/// <param name="Deployment">The deployment on record, for what does not run.</param>
public sealed record Discrepancy(string Kind, string Digest, string? Name, string? Model, int? Version, string? Deployment)
{
    public const string Unknown = "unknown-digest", NotAllowed = "running-not-allowed", NotRunning = "recorded-not-running";

    public static IReadOnlyList<string> Kinds { get; } = [Unknown, NotAllowed, NotRunning];

    /// <summary>The same discrepancy has the same cause, however often it is observed: the finding it opened is known by it.</summary>
    public string Cause(string environment) => $"{Kind}:{environment}:{Deployment ?? Digest}";

    /// <summary>Whether a finding was opened by an observation of this environment.</summary>
    public static bool IsCause(string cause, string environment) => EnvironmentOf(cause) == environment;

    /// <summary>The environment whose observation a cause comes from; null for findings of another cause.</summary>
    public static string? EnvironmentOf(string cause) => cause.Split(':') is [var kind, var environment, ..] && Kinds.Contains(kind, StringComparer.Ordinal) ? environment : null;

    /// <summary>What runs without leave blocks like any high finding; what does not run harms nobody yet. Without a gate neither was promised to be held.</summary>
    public static string Severity(string kind, bool gated) => (kind, gated) switch
    {
        (_, false) => "low",
        (NotRunning, _) => "medium",
        _ => "high",
    };
}

/// <summary>A discrepancy as it is told to the stream that keeps its finding.</summary>
/// <param name="FindingId">The id of the finding, where it opens one.</param>
public sealed record FoundDiscrepancy(string FindingId, Sealed? Title, string Severity, string Cause, int? Version = null);
