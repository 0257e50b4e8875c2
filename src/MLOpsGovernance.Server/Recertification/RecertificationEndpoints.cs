using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Subjects;

namespace MLOpsGovernance.Server.Recertification;

internal static class RecertificationEndpoints
{
    /// <param name="StillInUse">False says that it can be retired.</param>
    /// <param name="Reason">What was looked at.</param>
    internal sealed record ModelRecertificationBody(bool StillInUse, string Reason, string? About = null);

    internal sealed record RoleRecertificationBody(string Reason, string? About = null);

    public static void MapRecertification(this IEndpointRouteBuilder api)
    {
        var recertification = api.MapGroup("").WithTags("Recertification");
        recertification.MapPost("/models/{name}/recertification", async (string name, Body<ModelRecertificationBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new RecertifyModel(name, body.Value.StillInUse, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp())
            .Answers<ModelView>().WithSummary("Confirm again what is on record of a model");
        recertification.MapPost("/subjects/{subject}/roles/{role}/recertification", async (string subject, string role, Body<RoleRecertificationBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new RecertifyRole(subject, role, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp())
            .Answers<SubjectView>().WithSummary("Confirm again that somebody needs a role");
    }
}
