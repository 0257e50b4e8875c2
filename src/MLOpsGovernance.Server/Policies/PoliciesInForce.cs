using System.Collections.Concurrent;
using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Policies;

/// <summary>
/// The policy sets this node has compiled, by digest. A set is immutable, so each is compiled once, however many ask for it at the same moment, and what could
/// not be read once is not tried again.
/// </summary>
internal sealed class PoliciesInForce(Grains grains, ILogger<PoliciesInForce> log)
{
    private readonly ConcurrentDictionary<string, Lazy<PolicySet?>> _compiled = new(StringComparer.Ordinal);

    /// <summary>The set in force now; null when none was ever adopted, and then nothing is allowed.</summary>
    public async Task<PolicySet?> NowAsync()
    {
        var grain = grains.Of<IPolicySetGrain>(PolicySetGrain.StreamName);
        var inForce = await grain.InForce();
        if (inForce.Digest is not { } digest) return null;
        if (_compiled.TryGetValue(digest, out var known)) return known.Value;
        var adopted = (await grain.Read()).State.InForce;
        return adopted is null ? null : Compile(adopted);
    }

    /// <summary>Null when today's library cannot read it any more, or when these are not its documents: then nothing is allowed by it.</summary>
    public PolicySet? Compile(PolicySetAdopted adopted) => _compiled.GetOrAdd(adopted.Digest, digest => new(() => Load(digest, adopted.Documents))).Value;

    private PolicySet? Load(string digest, IReadOnlyList<PolicyDocumentText> documents)
    {
        var load = LoadedPolicySets.Of([.. documents.Select(d => new PolicyFile(d.Path, d.Text))]);
        if (load.Set is null)
        {
            log.LogError("The adopted policy set {Digest} cannot be read: {Error}", digest, load.Errors[0]);
            return null;
        }

        // Decisions name the set by its digest, so documents that have another one are not that set, whoever changed them.
        if (load.Set.Digest == digest) return load.Set;
        log.LogError("The documents stored for the policy set {Digest} are not those that were adopted: they have the digest {Found}", digest, load.Set.Digest);
        return null;
    }
}
