using System.Collections.Concurrent;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>
/// Facts by the streams and versions they came from and by the whole question that was asked: both together say all that the facts say, so nothing is worked out or frozen twice
/// while nothing changes. Forgetting is harmless.
/// </summary>
internal sealed class FrozenFacts
{
    private const int Most = 1_000;
    private readonly ConcurrentDictionary<string, Frozen> _known = new(StringComparer.Ordinal);

    public Frozen Of(FactSources sources, IReadOnlyList<StreamRead> read)
    {
        var key = string.Join(' ', [sources.Action, sources.Stage, sources.ArtifactDigest, $"{sources.Number}", .. read.Select(r => $"{r.Stream}@{r.Version}")]);
        if (_known.TryGetValue(key, out var known)) return known;
        if (_known.Count >= Most) _known.Clear();
        return _known[key] = new(sources.Facts());
    }
}

/// <summary>Facts and, as far as somebody asks, their canonical bytes, the digest of those, and the facts as a policy set reads them.</summary>
internal sealed class Frozen(GateFacts facts)
{
    private BoundFacts? _bound;

    public GateFacts Facts => facts;

    public byte[] Bytes => field ??= Gate.Freeze(facts);

    public string Digest => field ??= MLOpsGovernance.Evidence.Digest.Sha256(Bytes);

    /// <summary>Of the set that asked last.</summary>
    public BoundFacts BoundBy(PolicySet set) => _bound is { } bound && bound.IsBoundBy(set) ? bound : _bound = set.Bind(Bytes);
}
