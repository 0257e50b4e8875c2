using System.Collections.Concurrent;
using MLOpsGovernance.Evidence;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>
/// The canonical bytes of facts, by the streams and versions they came from and the question that was asked: both together say all that the facts say,
/// so nothing is frozen twice while nothing changes. Forgetting is harmless.
/// </summary>
internal sealed class FrozenFacts
{
    private const int Most = 5_000;
    private readonly ConcurrentDictionary<string, Frozen> _known = new(StringComparer.Ordinal);

    public Frozen Of(Collected collected)
    {
        var release = collected.Facts.Release;
        var key = string.Join(' ', [release.Action, release.ArtifactDigest, $"{collected.Facts.Version.Number}", .. collected.Read.Select(r => $"{r.Stream}@{r.Version}")]);
        if (_known.TryGetValue(key, out var known)) return known;
        if (_known.Count >= Most) _known.Clear();
        var bytes = Gate.Freeze(collected.Facts);
        var frozen = new Frozen(bytes, Digest.Sha256(bytes));
        _known[key] = frozen;
        return frozen;
    }
}

internal sealed record Frozen(byte[] Bytes, string Digest);
