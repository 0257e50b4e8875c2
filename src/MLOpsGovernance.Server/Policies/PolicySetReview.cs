using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Policy.Differences;

namespace MLOpsGovernance.Server.Policies;

/// <summary>Looks at a set that somebody would like to be in force: what it changes, how its tests come out, and what it would have meant for the decisions of late.</summary>
internal sealed class PolicySetReview(PoliciesInForce policies, RecordedDecisions decisions)
{
    /// <param name="history">With the set that is in force, to compare with.</param>
    /// <param name="authors">Who is said to have written which document.</param>
    public async Task<ReviewedSet> OfAsync(
        PolicySet set, IReadOnlyList<PolicyFile> files, PolicySetHistory history, IReadOnlyDictionary<string, IReadOnlyList<string>> authors, CancellationToken cancellationToken)
    {
        var before = history.InForce is { } inForce ? policies.Compile(inForce) : null;
        var changes = SetDifference.Documents(before, set).Select(d => new PolicyDocumentChange(d.Path, d.Change, d.Digest, authors.GetValueOrDefault(d.Path) ?? []));
        var differences = SetDifference.Between(before, set).Take(MostChanges).Select(c => new PolicyChange(Json.EnumWord(c.Effect), c.What, c.Policy, c.Rule, c.Sentence));
        var members = set.Files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        return new(
            set, history.InForce?.Digest, [.. set.Files.Select(Text)], [.. files.Where(f => !members.Contains(f.Path)).Select(Text)], [.. changes],
            new([.. differences], PolicyTestRuns.Of(set, files), await decisions.FlipsAsync(set, cancellationToken)));
    }

    private const int MostChanges = 500;

    private static PolicyDocumentText Text(PolicyFile file) => new(file.Path, file.Text);
}

/// <param name="Base">The set it was compared with.</param>
internal sealed record ReviewedSet(
    PolicySet Set, string? Base, IReadOnlyList<PolicyDocumentText> Documents, IReadOnlyList<PolicyDocumentText> Tests, IReadOnlyList<PolicyDocumentChange> Changes, PolicySetDifference Difference)
{
    public Domain.Policies.ProposePolicySet Command(string id, string origin, Domain.Sealed? reason) => new(id, Set.Digest, Base, origin, Documents, Tests, Changes, Difference, reason);
}
