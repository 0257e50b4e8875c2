using Marten;
using MLOpsGovernance.Server.Observations;

namespace MLOpsGovernance.Server.Deployments;

/// <summary>
/// Early rows of a decision for the image hold the image's digest in both places. A version that was deployed keeps its digests, so the register of versions still says
/// which artifact that was.
/// </summary>
internal static class EarlyDeployments
{
    public static async Task MendAsync(this IQuerySession session, IReadOnlyList<DeploymentRow> rows, CancellationToken cancellationToken)
    {
        var early = rows.Where(r => r.ArtifactDigest == r.ImageDigest).ToList();
        if (early.Count == 0) return;
        var artifacts = (await session.LoadManyAsync<VersionDigestRow>(cancellationToken, early.Select(Version).Distinct(StringComparer.Ordinal))).ToDictionary(r => r.Id, r => r.Digest, StringComparer.Ordinal);
        foreach (var row in early) row.ArtifactDigest = artifacts.GetValueOrDefault(Version(row), row.ArtifactDigest);
    }

    private static string Version(DeploymentRow row) => VersionDigestRow.OfArtifact(row.Model, row.Version);
}
