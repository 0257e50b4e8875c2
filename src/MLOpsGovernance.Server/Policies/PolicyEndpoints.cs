using MediatR;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Policies;

internal static class PolicyEndpoints
{
    /// <param name="Documents">Every file of the set, with its tests; paths are relative to the set's folder.</param>
    /// <param name="Authors">Who wrote which of the changed documents, where that is not only the caller.</param>
    [BodyLimit(PolicyFolder.MostMebibytes)]
    internal sealed record PolicySetBody(IReadOnlyList<PolicyFile> Documents, string Reason, IReadOnlyList<DocumentAuthorship>? Authors = null, string? About = null);

    internal sealed record PolicyReasonBody(string Reason, string? About = null);

    internal sealed record PolicyAdoptionBody(string? Reason = null, string? About = null);

    public static void MapPolicies(this IEndpointRouteBuilder api)
    {
        var policies = api.MapGroup("/policies").WithTags("Policies");
        policies.MapGet("", async (IMediator mediator, CancellationToken cancellationToken) => (await mediator.Send(new ReadPolicies(), cancellationToken)).ToHttp())
            .Answers<PolicySetView>().WithSummary("The policy set in force, and what is wrong with the folder");
        policies.MapGet("/frameworks", async (IMediator mediator, CancellationToken cancellationToken) => (await mediator.Send(new ReadFrameworks(), cancellationToken)).ToHttp())
            .Answers<FrameworkListing>().WithSummary("The frameworks that rules can support, and which rules do");
        policies.MapGet("/sets", async ([AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListPolicySets(page), cancellationToken)).ToHttp()).Answers<Listed<PolicySetRow>>().WithSummary("Every set that was ever in force");
        policies.MapGet("/sets/{digest}", async (string digest, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadPolicySet(digest), cancellationToken)).ToHttp()).Answers<PolicySetDocuments>().WithSummary("The documents of a set");
        policies.MapPost("/sets/{digest}/rollback", async (string digest, Body<PolicyReasonBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new RollBackPolicySet(digest, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp())
            .Answers<PolicyProposalView>(201, 403, 404, 409, 422).WithSummary("Propose a set that was in force before");

        var proposals = policies.MapGroup("/proposals");
        proposals.MapGet("", async ([AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListPolicyProposals(page), cancellationToken)).ToHttp()).Answers<Listed<PolicyProposalRow>>().WithSummary("Every set that was proposed");
        proposals.MapPost("", async (Body<PolicySetBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ProposePolicySet(body.Value.Documents, body.Value.Authors ?? [], body.Value.Reason, body.Value.About), cancellationToken)).ToHttp())
            .Answers<PolicyProposalView>(201, 403, 409, 422).WithSummary("Propose a set");
        proposals.MapGet("/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadPolicyProposal(id), cancellationToken)).ToHttp()).Answers<PolicyProposalView>().WithSummary("A proposal, with what it would change");
        proposals.MapPost("/{id}/adoption", async (string id, OptionalBody<PolicyAdoptionBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new AdoptPolicySet(id, body.Value?.Reason, body.Value?.About), cancellationToken)).ToHttp())
            .Answers<PolicyProposalView>(200, 403, 404, 409, 422).WithSummary("Put a proposed set in force");
        proposals.MapPost("/{id}/rejection", async (string id, Body<PolicyReasonBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new RejectPolicySet(id, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp())
            .Answers<PolicyProposalView>(200, 403, 404, 409).WithSummary("Lay a proposal aside");
    }
}
