using Marten;
using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Policies;

/// <summary>Sets with their documents, whether they are, were or may come to be in force.</summary>
internal sealed class PolicySetArchive(IDocumentStore store, Grains grains)
{
    /// <summary>The set as it was adopted last; null when it never was.</summary>
    public async Task<PolicySetAdopted?> AdoptedAsync(string digest, CancellationToken cancellationToken)
    {
        var history = (await grains.Of<IPolicySetGrain>(PolicySetGrain.StreamName).Read()).State;
        if (history.InForce?.Digest == digest) return history.InForce;
        if (!history.Adopted.Exists(a => a.Digest == digest)) return null;
        await using var session = store.QuerySession();
        return (await session.Events.FetchStreamAsync(PolicySetGrain.StreamName, token: cancellationToken)).Select(e => e.Data).OfType<PolicySetAdopted>().LastOrDefault(a => a.Digest == digest);
    }

    /// <summary>The documents and tests of a set that was adopted, or that waits for it; null for any other.</summary>
    public async Task<PolicySetDocuments?> FindAsync(string digest, CancellationToken cancellationToken)
    {
        if (await AdoptedAsync(digest, cancellationToken) is { } adopted) return new(digest, adopted.Documents, adopted.Tests ?? []);
        var history = (await grains.Of<IPolicySetGrain>(PolicySetGrain.StreamName).Read()).State;
        return history.Open.FirstOrDefault(p => p.Digest == digest) is { } open ? new(digest, open.Documents, open.Tests) : null;
    }
}
