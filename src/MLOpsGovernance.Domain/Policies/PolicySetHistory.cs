using System.Collections.Immutable;

namespace MLOpsGovernance.Domain.Policies;

/// <summary>Which policies are in force, which were before and which somebody would like to be: with the documents themselves, so that any past decision can be replayed with exactly what held.</summary>
public sealed record PolicySetHistory
{
    public PolicySetAdopted? InForce { get; init; }

    /// <summary>By id: all that were ever proposed. Only open ones keep their documents here.</summary>
    public ImmutableSortedDictionary<string, PolicySetProposal> Proposals { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<PolicySetProposal>();

    /// <summary>Who wrote a document, by the digest of the document: whoever proposed it first, and whom they named.</summary>
    public ImmutableSortedDictionary<string, DocumentAuthors> Authors { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<DocumentAuthors>();

    /// <summary>Every adoption, the first before the others.</summary>
    public ImmutableList<AdoptedSet> Adopted { get; init; } = [];

    public IEnumerable<PolicySetProposal> Open => Proposals.Values.Where(p => p.IsOpen);

    public static PolicySetHistory Evolve(PolicySetHistory history, object e) => e switch
    {
        PolicySetAdopted adopted => history.Adopt(adopted),
        PolicySetProposed proposed => history.Propose(proposed),
        PolicySetSeconded seconded => history.With(seconded.Proposal, p => p with { SecondedBy = seconded.Parties }),
        PolicySetRejected rejected => history.With(rejected.Proposal, p => p.Close(PolicySetProposal.Rejected, rejected.By, rejected.Reason, rejected.At)),
        _ => history,
    };

    /// <summary>What the other proposals would change was said of the set before.</summary>
    private PolicySetHistory Adopt(PolicySetAdopted adopted) => this with
    {
        InForce = adopted,
        Adopted = Adopted.Add(new(adopted.Digest, adopted.Proposal, adopted.ProposedBy, adopted.By, adopted.At)),
        Proposals = Open.Aggregate(Proposals, (proposals, p) => proposals.SetItem(p.Id, p.Id == adopted.Proposal
            ? p.Close(PolicySetProposal.Adopted, adopted.By, adopted.Reason, adopted.At)
            : p.Close(PolicySetProposal.Overtaken, adopted.By, null, adopted.At))),
    };

    /// <summary>What a folder holds takes the place of what it held before.</summary>
    private PolicySetHistory Propose(PolicySetProposed e)
    {
        var proposals = Proposals;
        if (e.Origin == PolicySetOrigin.Folder)
        {
            foreach (var earlier in Open.Where(p => p.Origin == PolicySetOrigin.Folder)) proposals = proposals.SetItem(earlier.Id, earlier.Close(PolicySetProposal.Replaced, e.By, null, e.At));
        }

        var authors = Authors;
        foreach (var change in e.Changes.Where(c => c.Digest is not null)) authors = authors.SetItem(change.Digest!, new(change.Authors));
        return this with
        {
            Proposals = proposals.SetItem(e.Id, new(e.Id, e.Digest, e.Base, e.Origin, e.Documents, e.Tests, e.Changes, e.Difference, e.Reason, e.ProposedBy, e.At)),
            Authors = authors,
        };
    }

    private PolicySetHistory With(string id, Func<PolicySetProposal, PolicySetProposal> change) =>
        Proposals.TryGetValue(id, out var proposal) ? this with { Proposals = Proposals.SetItem(id, change(proposal)) } : this;
}

/// <param name="Subjects">Empty where nobody knows, as of what came with the program.</param>
public sealed record DocumentAuthors(IReadOnlyList<string> Subjects);

/// <param name="Proposal">Null where the service adopted it by itself: at its birth, or in Development.</param>
public sealed record AdoptedSet(string Digest, string? Proposal, string ProposedBy, string AdoptedBy, DateTimeOffset AdoptedAt);
