using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Policies;

/// <param name="State"><c>proposed</c>, <c>adopted</c>, <c>rejected</c>, <c>replaced</c> by what the folder held later, or <c>overtaken</c> by the adoption of another set.</param>
/// <param name="Origin"><c>request</c>, <c>folder</c> or <c>rollback</c>.</param>
internal sealed record PolicyProposalRow(string Id, string State, string Digest, string? Base, string Origin, IReadOnlyList<string> ProposedBy, DateTimeOffset ProposedAt);

/// <param name="Base">The set that the difference is to.</param>
/// <param name="WaitsFor">Who has to do what next; null where nobody has.</param>
/// <param name="Changes">The documents that differ, and who wrote them as far as is known: none of those adopts the set.</param>
/// <param name="Difference">What would be different, the relaxed before the tightened, and what that would have meant for the decisions of late.</param>
/// <param name="Obstacles">What keeps it from being adopted by anybody, as things are now.</param>
internal sealed record PolicyProposalView(
    string Id, string State, string Digest, string? Base, string Origin, IReadOnlyList<string> ProposedBy, DateTimeOffset ProposedAt, string? Reason, IReadOnlyList<string> SecondedBy, string? WaitsFor,
    IReadOnlyList<PolicyDocumentChange> Changes, PolicySetDifference Difference, IReadOnlyList<SetObstacle> Obstacles, string? ClosedBy, DateTimeOffset? ClosedAt, string? ClosingReason);

/// <param name="Code">The code that an adoption would be refused with.</param>
internal sealed record SetObstacle(string Code, string Why);

/// <param name="Proposal">Null where the service adopted it by itself: at its birth, or in Development.</param>
internal sealed record PolicySetRow(string Digest, bool InForce, string? Proposal, string ProposedBy, string AdoptedBy, DateTimeOffset AdoptedAt);

/// <param name="Tests">Files that are no part of the set: its tests, and the waivers that they use.</param>
internal sealed record PolicySetDocuments(string Digest, IReadOnlyList<PolicyDocumentText> Documents, IReadOnlyList<PolicyDocumentText> Tests);

/// <summary>A proposal as people and programs see it.</summary>
internal sealed class PolicySetViews(SealingKeys sealing, SetObstacles obstacles)
{
    public static PolicyProposalRow Row(PolicySetProposal p) => new(p.Id, p.State, p.Digest, p.Base, p.Origin, p.ProposedBy, p.At);

    public async Task<PolicyProposalView> OfAsync(PolicySetProposal p, CancellationToken cancellationToken)
    {
        IReadOnlyList<Refusal> found = [];
        if (p.IsOpen && LoadedPolicySets.Of([.. p.Documents.Select(d => new PolicyFile(d.Path, d.Text))]).Set is { } set)
            (found, _) = await obstacles.OfAsync(set, p.Difference.Tests, cancellationToken);
        return new(
            p.Id, p.State, p.Digest, p.Base, p.Origin, p.ProposedBy, p.At, await sealing.OpenAsync(p.Reason, cancellationToken), p.SecondedBy, WaitsFor(p, found),
            p.Changes, p.Difference, [.. found.Select(f => new SetObstacle(f.Code, f.Why))], p.ClosedBy, p.ClosedAt, await sealing.OpenAsync(p.ClosingReason, cancellationToken));
    }

    private static string? WaitsFor(PolicySetProposal p, IReadOnlyList<Refusal> found) => p switch
    {
        { State: PolicySetProposal.Overtaken } => "somebody to propose it again: another set was adopted meanwhile",
        { IsOpen: false } => null,
        _ when found.Count > 0 => "somebody to propose a set without these obstacles",
        { IsBacked: false } => "an AI risk or compliance officer to put it forward, and another to adopt it",
        _ => $"an AI risk or compliance officer to adopt it, other than {string.Join(", ", p.Backers.Concat(p.Changes.SelectMany(c => c.Authors)).Except(p.Origin == PolicySetOrigin.Folder ? p.ProposedBy : [], StringComparer.Ordinal))}",
    };
}
