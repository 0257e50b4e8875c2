using MediatR;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Policies;

namespace MLOpsGovernance.Server.Simulations;

internal static class SimulationEndpoints
{
    /// <param name="PolicySet">The draft.</param>
    /// <param name="From">Decisions made from then on; 90 days before <paramref name="To"/> by default.</param>
    /// <param name="To">Decisions made before then; now by default.</param>
    [BodyLimit(PolicyFolder.MostMebibytes)]
    internal sealed record SimulationBody(DraftBody PolicySet, DateTimeOffset? From = null, DateTimeOffset? To = null);

    /// <param name="Documents">Every file of the draft: policies, fact schema, catalogues.</param>
    /// <param name="Digest">Of a set that was adopted once, in place of documents.</param>
    internal sealed record DraftBody(IReadOnlyList<DocumentBody>? Documents = null, string? Digest = null);

    /// <param name="Path">Within the set, such as gate/release.yaml.</param>
    /// <param name="Text">The whole YAML text.</param>
    internal sealed record DocumentBody(string Path, string Text);

    public static void MapSimulations(this IEndpointRouteBuilder api)
    {
        var simulations = api.MapGroup("/policies/simulations").WithTags("Simulations");
        simulations.MapPost("", async (Body<SimulationBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new StartSimulation(
                    body.Value.PolicySet.Documents is { } documents ? [.. documents.Select(d => new PolicyFile(d.Path, d.Text))] : null,
                    body.Value.PolicySet.Digest, body.Value.From, body.Value.To), cancellationToken)).ToHttp())
            .Answers<SimulationView>(202).WithSummary("Judge past decisions again under a draft of the policy set");
        simulations.MapGet("/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadSimulation(id), cancellationToken)).ToHttp()).Answers<SimulationView>().WithSummary("A simulation: how far it has come, and what it found");
        simulations.MapPost("/{id}/cancellation", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new CancelSimulation(id), cancellationToken)).ToHttp()).Answers<SimulationView>().WithSummary("Cancel a simulation");
    }
}
