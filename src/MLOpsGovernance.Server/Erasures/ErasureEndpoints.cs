using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Erasures;

internal static class ErasureEndpoints
{
    /// <param name="Subject">Whom the texts are about.</param>
    internal sealed record ErasureBody(string Subject, string Reason, string? About = null);

    /// <param name="LegalBasis">no-longer-necessary, consent-withdrawn, objection, unlawful-processing, legal-obligation or child-consent.</param>
    internal sealed record ErasureAgreementBody(string LegalBasis, string Reason, string? About = null);

    internal sealed record ErasureRejectionBody(string Reason, string? About = null);

    public static void MapErasures(this IEndpointRouteBuilder api)
    {
        var erasures = api.MapGroup("/erasures").WithTags("Erasure");
        erasures.MapPost("", async (Body<ErasureBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new RequestErasure(body.Value.Subject, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp())
            .Answers<ErasureView>(201).WithSummary("Ask that every text about a person be erased");
        erasures.MapGet("", async ([AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListErasures(page), cancellationToken)).ToHttp()).Answers<Listed<ErasureView>>(200, 403).WithSummary("Erasures that were asked for");
        erasures.MapGet("/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadErasure(id), cancellationToken)).ToHttp()).Answers<ErasureView>(200, 403).WithSummary("An erasure, and what stands in its way");
        erasures.MapPost("/{id}/agreement", async (string id, Body<ErasureAgreementBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new AgreeToErasure(id, body.Value.LegalBasis, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp())
            .Answers<ErasureView>().WithSummary("Agree to an erasure as a second person: it cannot be undone");
        erasures.MapPost("/{id}/rejection", async (string id, Body<ErasureRejectionBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RejectErasure(id, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<ErasureView>().WithSummary("Reject an erasure");
    }
}
