using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Policies;

/// <summary>Changes to which set is in force. Whatever is decided rests on the set in force, the tests and the environments as they are, held until it is stored.</summary>
internal sealed class PolicySetHandlers(Grains grains, GrainCommands commands, Caller caller, SealingKeys sealing, PolicySetReview review, SetObstacles obstacles, PolicySetArchive archive, PolicySetViews views) :
    IRequestHandler<ProposePolicySet, Result<PolicyProposalView>>, IRequestHandler<RollBackPolicySet, Result<PolicyProposalView>>,
    IRequestHandler<AdoptPolicySet, Result<PolicyProposalView>>, IRequestHandler<RejectPolicySet, Result<PolicyProposalView>>
{
    private IPolicySetGrain Grain => grains.Of<IPolicySetGrain>(PolicySetGrain.StreamName);

    public Task<Result<PolicyProposalView>> Handle(ProposePolicySet request, CancellationToken cancellationToken) => ProposeAsync(
        request.Documents, PolicySetOrigin.Request, request.Authors.ToLookup(a => a.Path, StringComparer.Ordinal)
            .ToDictionary(a => a.Key, a => (IReadOnlyList<string>)[.. a.SelectMany(s => s.Subjects).Distinct(StringComparer.Ordinal)], StringComparer.Ordinal),
        request.Reason, request.About, cancellationToken);

    public async Task<Result<PolicyProposalView>> Handle(RollBackPolicySet request, CancellationToken cancellationToken)
    {
        if (await archive.AdoptedAsync(request.Digest, cancellationToken) is not { } earlier)
            return new Refusal("policy-set-unknown", "No set with this digest was ever in force.", RefusalKind.NotFound);
        return await ProposeAsync(
            [.. earlier.Documents.Concat(earlier.Tests ?? []).Select(d => new PolicyFile(d.Path, d.Text))], PolicySetOrigin.Rollback, new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal),
            request.Reason, request.About, cancellationToken);
    }

    public async Task<Result<PolicyProposalView>> Handle(AdoptPolicySet request, CancellationToken cancellationToken)
    {
        var reason = await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken);
        var outcome = await commands.ExecuteAsync(Grain, request.Stream, async () =>
        {
            var history = await Grain.Read();
            var (obstacle, guards) = await ObstacleAsync(history.State.Proposals.GetValueOrDefault(request.Id), cancellationToken);
            return new Prepared<PolicySetCommand>(new AdoptProposedSet(request.Id, reason, obstacle), [new(request.Stream, history.Version), .. guards]);
        });
        return await AnswerAsync(request.Id, outcome, cancellationToken);
    }

    public async Task<Result<PolicyProposalView>> Handle(RejectPolicySet request, CancellationToken cancellationToken)
    {
        var reason = await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken);
        return await AnswerAsync(request.Id, await commands.ExecuteAsync(Grain, request.Stream, new RejectProposedSet(request.Id, reason)), cancellationToken);
    }

    private async Task<Result<PolicyProposalView>> ProposeAsync(
        IReadOnlyList<PolicyFile> files, string origin, IReadOnlyDictionary<string, IReadOnlyList<string>> authors, string words, string? about, CancellationToken cancellationToken)
    {
        if (files.Count > 0 && LoadedPolicySets.Of(files) is { Set: null } broken) return Result<PolicyProposalView>.Refused(BrokenPolicySet.Refusal(broken), null, new BrokenPolicySet(broken.Errors));
        var (id, reason) = (caller.NewId("policy-set"), await sealing.SealAsync(words, about ?? caller.Actor.Subject, cancellationToken));
        var outcome = await commands.ExecuteAsync(Grain, PolicySetGrain.StreamName, async () =>
        {
            var history = await Grain.Read();
            Guard[] guards = [new(PolicySetGrain.StreamName, history.Version)];
            return files.Count == 0
                ? new Prepared<PolicySetCommand>(new Domain.Policies.ProposePolicySet(id, "", history.State.InForce?.Digest, origin, [], [], [], new([], new(0, 0, 0, [])), reason), guards)
                : new((await review.OfAsync(LoadedPolicySets.Of(files).Set!, files, history.State, authors, cancellationToken)).Command(id, origin, reason), guards);
        });
        var answer = await AnswerAsync(id, outcome, cancellationToken);
        return answer.Value is null ? answer : answer with { Created = $"/api/v1/policies/proposals/{id}" };
    }

    private async Task<(Refusal? Obstacle, IReadOnlyList<Guard> Guards)> ObstacleAsync(PolicySetProposal? proposal, CancellationToken cancellationToken)
    {
        if (proposal is not { IsOpen: true }) return (null, []);
        var files = proposal.Documents.Concat(proposal.Tests).Select(d => new PolicyFile(d.Path, d.Text)).ToList();
        var load = LoadedPolicySets.Of(files);
        if (load.Set is not { } set) return (BrokenPolicySet.Refusal(load), []);
        var (found, guards) = await obstacles.OfAsync(set, PolicyTestRuns.Of(set, files), cancellationToken);
        return (found.Count > 0 ? found[0] : null, guards);
    }

    private async Task<Result<PolicyProposalView>> AnswerAsync(string id, CommandOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Refusal is { } refusal) return refusal;
        var history = (await Grain.Read()).State;
        return await views.OfAsync(history.Proposals[id], cancellationToken);
    }
}
