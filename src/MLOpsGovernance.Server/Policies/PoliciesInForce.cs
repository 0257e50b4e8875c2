using System.Collections.Concurrent;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Policies;

/// <summary>The policy sets this node has compiled, by digest. A set is immutable, so a digest seen once is never read again.</summary>
internal sealed class PoliciesInForce(Grains grains, ILogger<PoliciesInForce> log)
{
    private readonly ConcurrentDictionary<string, PolicySet> _compiled = new(StringComparer.Ordinal);

    /// <summary>The set in force now; null when none was ever adopted, and then nothing is allowed.</summary>
    public async Task<PolicySet?> NowAsync()
    {
        var grain = grains.Of<IPolicySetGrain>(PolicySetGrain.StreamName);
        var inForce = await grain.InForce();
        if (inForce.Digest is not { } digest) return null;
        if (_compiled.TryGetValue(digest, out var known)) return known;
        var adopted = (await grain.Read()).State.InForce;
        return adopted is null ? null : Compile(adopted.Digest, adopted.Documents.Select(d => new PolicyFile(d.Path, d.Text)));
    }

    /// <summary>Compiles a set that was adopted once. Null when today's library cannot read it any more, or when these are not its documents: then nothing is allowed by it.</summary>
    public PolicySet? Compile(string digest, IEnumerable<PolicyFile> files)
    {
        if (_compiled.TryGetValue(digest, out var known)) return known;
        var load = PolicySet.Load(files);
        if (load.Set is null)
        {
            log.LogError("The adopted policy set {Digest} cannot be read: {Error}", digest, load.Errors[0]);
            return null;
        }

        // Decisions name the set by its digest, so documents that have another one are not that set, whoever changed them.
        if (load.Set.Digest != digest)
        {
            log.LogError("The documents stored for the policy set {Digest} are not those that were adopted: they have the digest {Found}", digest, load.Set.Digest);
            return null;
        }

        return _compiled.GetOrAdd(digest, load.Set);
    }
}
