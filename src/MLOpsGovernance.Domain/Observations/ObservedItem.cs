namespace MLOpsGovernance.Domain.Observations;

/// <summary>Something that really runs in an environment.</summary>
/// <param name="Name">What the environment calls it.</param>
/// <param name="Digest">Of the artifact or image that runs.</param>
public sealed record ObservedItem(string Name, string Digest, int? Replicas = null)
{
    /// <summary>As many as one observation may hold.</summary>
    public const int Most = 5_000;
}

/// <summary>The digest of a version's artifact or image, as it is now.</summary>
/// <param name="RegisteredAt">When the version got it.</param>
public sealed record KnownDigest(string Digest, string Model, int Version, DateTimeOffset RegisteredAt);

/// <summary>A deployment on record in the environment that is live now, or was when it was looked at.</summary>
public sealed record RecordedDeployment(string Id, string Model, int Version, string ArtifactDigest, string? ImageDigest, DateTimeOffset LiveSince, DateTimeOffset? EndedAt)
{
    public bool Is(string digest) => ArtifactDigest == digest || ImageDigest == digest;
}
