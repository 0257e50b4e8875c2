using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Observations;

namespace MLOpsGovernance.Server.Observations;

/// <summary>Whose digest it is: one row for the artifact, and one for the image, of each version of any model.</summary>
internal sealed class VersionDigestRow
{
    public string Id { get; set; } = "";
    public string Digest { get; set; } = "";
    public string Model { get; set; } = "";
    public int Version { get; set; }
    public DateTimeOffset At { get; set; }

    public static string OfArtifact(string model, int version) => $"{model}/{version}/artifact";
}

/// <summary>An open finding that an observation opened on a model, so that the next one can say that its cause is gone.</summary>
internal sealed class DiscrepancyRow
{
    public string Id { get; set; } = "";
    public string Model { get; set; } = "";
    public string Environment { get; set; } = "";
}

/// <summary>What an observation is compared with, across all models: nobody asks ten thousand grains whether a digest is theirs.</summary>
internal sealed partial class EstateRegister : EventProjection
{
    public EstateRegister()
    {
        Name = "EstateRegister";
        IncludeType<ModelVersionRegistered>();
        IncludeType<ModelArtifactReplaced>();
        IncludeType<FindingOpened>();
        IncludeType<FindingClosed>();
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        switch (e.Data)
        {
            case ModelVersionRegistered v:
                Know(operations, Model(e), v.Version, v.ArtifactDigest, v.ImageDigest, v.At);
                break;
            case ModelArtifactReplaced v:
                Know(operations, Model(e), v.Version, v.ArtifactDigest, v.ImageDigest, v.At);
                break;
            case FindingOpened f when Discrepancy.EnvironmentOf(f.Cause) is { } environment:
                operations.Store(new DiscrepancyRow { Id = $"{Model(e)}/{f.Id}", Model = Model(e), Environment = environment });
                break;
            case FindingClosed f:
                operations.Delete<DiscrepancyRow>($"{Model(e)}/{f.Id}");
                break;
        }

        return ValueTask.CompletedTask;
    }

    private static string Model(IEvent e) => e.StreamKey!["model:".Length..];

    /// <summary>A version has one artifact and one image: what it had before is nobody's any more.</summary>
    private static void Know(IDocumentOperations operations, string model, int version, string artifact, string? image, DateTimeOffset at)
    {
        operations.Store(new VersionDigestRow { Id = VersionDigestRow.OfArtifact(model, version), Digest = artifact, Model = model, Version = version, At = at });
        if (image is not null) operations.Store(new VersionDigestRow { Id = $"{model}/{version}/image", Digest = image, Model = model, Version = version, At = at });
    }
}
