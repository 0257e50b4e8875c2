using MediatR;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Findings;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Evidence;

/// <param name="ValidUntil">From when on it says nothing any more; left out, it has no end.</param>
internal sealed record EvidenceView(
    string Id, string Kind, string Digest, string? Uri, DateTimeOffset ProducedAt, DateTimeOffset? ValidUntil, bool Expired, string? Summary, string By, DateTimeOffset At);

/// <summary>The kinds of evidence that the policy set in force knows; any kind is taken where it knows none.</summary>
[AnyRole]
internal sealed record ListEvidenceKinds : IQuery<Listed<EvidenceKind>>;

internal sealed class EvidenceKindLister(PoliciesInForce policies) : IRequestHandler<ListEvidenceKinds, Result<Listed<EvidenceKind>>>
{
    public async Task<Result<Listed<EvidenceKind>>> Handle(ListEvidenceKinds request, CancellationToken cancellationToken) =>
        new Listed<EvidenceKind>((await policies.NowAsync())?.EvidenceKinds ?? [], null);
}

internal static class EvidenceEndpoints
{
    /// <param name="Kind">A code of the catalogue; <c>GET /api/v1/evidence-kinds</c> lists them.</param>
    /// <param name="Digest">Of the document, which stays where it is.</param>
    /// <param name="Uri">Where it is kept.</param>
    internal sealed record EvidenceBody(string Kind, string Digest, DateTimeOffset ProducedAt, string? Uri = null, DateTimeOffset? ValidUntil = null, string? Summary = null, string? About = null);

    public static void MapEvidence(this IEndpointRouteBuilder api)
    {
        api.MapPost("/models/{name}/versions/{version:int}/evidence", async (string name, int version, Body<EvidenceBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new AttachEvidence(
                    name, version, body.Value.Kind, body.Value.Digest, body.Value.Uri, body.Value.ProducedAt, body.Value.ValidUntil, body.Value.Summary, body.Value.About), cancellationToken)).ToHttp())
            .Answers<OpenedAnswer>(201).WithTags("Evidence").WithSummary("Attach evidence by its digest");
        api.MapGet("/evidence-kinds", async (IMediator mediator, CancellationToken cancellationToken) => (await mediator.Send(new ListEvidenceKinds(), cancellationToken)).ToHttp())
            .Answers<Listed<EvidenceKind>>().WithTags("Evidence").WithSummary("What evidence can be, and which maturity questions it serves");
    }
}
