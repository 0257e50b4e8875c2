using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Policies;

/// <summary>Sets are few, and their history is in one grain: lists of them come from there and never lag.</summary>
internal sealed class PolicySetReaders(Grains grains, PolicySetArchive archive, PolicySetViews views) :
    IRequestHandler<ReadPolicyProposal, Result<PolicyProposalView>>, IRequestHandler<ListPolicyProposals, Result<Listed<PolicyProposalRow>>>,
    IRequestHandler<ListPolicySets, Result<Listed<PolicySetRow>>>, IRequestHandler<ReadPolicySet, Result<PolicySetDocuments>>
{
    public async Task<Result<PolicyProposalView>> Handle(ReadPolicyProposal request, CancellationToken cancellationToken)
    {
        var history = await HistoryAsync();
        return history.Proposals.GetValueOrDefault(request.Id) is { } proposal
            ? await views.OfAsync(proposal, cancellationToken)
            : new Refusal("proposal-unknown", "No policy set was proposed under this id.", RefusalKind.NotFound);
    }

    public async Task<Result<Listed<PolicyProposalRow>>> Handle(ListPolicyProposals request, CancellationToken cancellationToken)
    {
        var history = await HistoryAsync();
        var rows = history.Proposals.Values.OrderByDescending(p => p.At).ThenByDescending(p => p.Id, StringComparer.Ordinal).Select(p => PolicySetViews.Row(p));
        if (request.Page.Cursor is { } after) rows = rows.SkipWhile(r => r.Id != after).Skip(1);
        List<PolicyProposalRow> page = [.. rows.Take(request.Page.Size + 1)];
        return page.Count > request.Page.Size ? new Listed<PolicyProposalRow>([.. page.Take(request.Page.Size)], page[request.Page.Size - 1].Id) : new(page, null);
    }

    public async Task<Result<Listed<PolicySetRow>>> Handle(ListPolicySets request, CancellationToken cancellationToken)
    {
        var history = await HistoryAsync();
        var last = request.Page.Cursor is null ? history.Adopted.Count : (int)Math.Min(request.Page.Number, history.Adopted.Count);
        var first = Math.Max(0, last - request.Page.Size);
        List<PolicySetRow> rows = [];
        for (var i = last - 1; i >= first; i--)
        {
            var set = history.Adopted[i];
            rows.Add(new(set.Digest, i == history.Adopted.Count - 1, set.Proposal, set.ProposedBy, set.AdoptedBy, set.AdoptedAt));
        }

        return new Listed<PolicySetRow>(rows, first > 0 ? first.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    public async Task<Result<PolicySetDocuments>> Handle(ReadPolicySet request, CancellationToken cancellationToken) =>
        await archive.FindAsync(request.Digest, cancellationToken) is { } set
            ? set
            : new Refusal("policy-set-unknown", "No set with this digest was ever in force, and none waits to be adopted.", RefusalKind.NotFound);

    private async Task<Domain.Policies.PolicySetHistory> HistoryAsync() => (await grains.Of<IPolicySetGrain>(PolicySetGrain.StreamName).Read()).State;
}
