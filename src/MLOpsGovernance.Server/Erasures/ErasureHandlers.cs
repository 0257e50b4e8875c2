using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Erasures;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Erasures;

internal sealed class ErasureHandlers(IGrainFactory grains, GrainCommands commands, TextsAbout texts, StreamNames streams, SealingKeys sealing, Caller caller) :
    IRequestHandler<RequestErasure, Result<ErasureView>>, IRequestHandler<AgreeToErasure, Result<ErasureView>>, IRequestHandler<RejectErasure, Result<ErasureView>>,
    IRequestHandler<ReadErasure, Result<ErasureView>>, IRequestHandler<ListErasures, Result<Listed<ErasureView>>>
{
    private static readonly Refusal Unknown = new("erasure-unknown", "There is no such erasure.", RefusalKind.NotFound);

    public async Task<Result<ErasureView>> Handle(RequestErasure request, CancellationToken cancellationToken)
    {
        var id = caller.NewId("erasure");
        var reason = await SealAsync(request.Reason, request.About, cancellationToken);
        var outcome = await commands.ExecuteAsync<Erasure, ErasureCommand>(Grain(id), $"erasure:{id}", async () =>
        {
            var (obstacles, guard) = await texts.ObstaclesAsync(request.Subject, cancellationToken);
            return new(new Domain.Erasures.RequestErasure(id, request.Subject, reason, obstacles), [guard]);
        });
        return outcome.Refusal is { } refusal ? refusal : await ViewAsync(id, cancellationToken) with { Created = $"/api/v1/erasures/{id}" };
    }

    public async Task<Result<ErasureView>> Handle(AgreeToErasure request, CancellationToken cancellationToken)
    {
        var (grain, reason) = (Grain(request.Id), await SealAsync(request.Reason, request.About, cancellationToken));
        var outcome = await commands.ExecuteAsync<Erasure, ErasureCommand>(grain, request.Stream, async () =>
        {
            var erasure = (await grain.Read()).State;
            if (!erasure.Exists) return new(new Domain.Erasures.AgreeToErasure(request.LegalBasis, reason, new([], [], null)), []);
            var (obstacles, guard) = await texts.ObstaclesAsync(erasure.Subject, cancellationToken);
            return new(new Domain.Erasures.AgreeToErasure(request.LegalBasis, reason, obstacles), [guard]);
        });
        if (outcome.Refusal is { } refusal) return refusal;
        // Answered when no node can read the texts any more.
        await Task.Delay(SealingKeys.KeptFor, CancellationToken.None);
        return await ViewAsync(request.Id, cancellationToken);
    }

    public async Task<Result<ErasureView>> Handle(RejectErasure request, CancellationToken cancellationToken)
    {
        var outcome = await commands.ExecuteAsync(Grain(request.Id), request.Stream, new Domain.Erasures.RejectErasure(await SealAsync(request.Reason, request.About, cancellationToken)));
        return outcome.Refusal is { } refusal ? refusal : await ViewAsync(request.Id, cancellationToken);
    }

    public Task<Result<ErasureView>> Handle(ReadErasure request, CancellationToken cancellationToken) => ViewAsync(request.Id, cancellationToken);

    public async Task<Result<Listed<ErasureView>>> Handle(ListErasures request, CancellationToken cancellationToken)
    {
        var (keys, next) = await streams.PageAsync("erasure:", request.Page, cancellationToken);
        List<ErasureView> items = [];
        foreach (var read in await Task.WhenAll(keys.Select(key => Grain(key).Read())))
            if (read.State.Exists) items.Add(await ViewAsync(read.State, null, cancellationToken));
        return new Listed<ErasureView>(items, next);
    }

    private async Task<Result<ErasureView>> ViewAsync(string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out _) || (await Grain(id).Read()).State is not { Exists: true } erasure) return Unknown;
        var obstacle = erasure.State == Erasure.Requested ? ErasureDecider.Obstacle(erasure.Subject, (await texts.ObstaclesAsync(erasure.Subject, cancellationToken)).Obstacles)?.Refusal : null;
        return await ViewAsync(erasure, obstacle, cancellationToken);
    }

    private async Task<ErasureView> ViewAsync(Erasure e, Refusal? obstacle, CancellationToken cancellationToken) => new(
        e.Id!, e.Subject, e.State, await sealing.OpenAsync(e.Reason, cancellationToken), e.Requesters[0], e.RequestedAt, e.LegalBasis, e.Keys, e.DecidedBy, e.DecidedAt,
        await sealing.OpenAsync(e.DecisionReason, cancellationToken), obstacle is null ? null : new(obstacle.Code, obstacle.Why));

    private IErasureGrain Grain(string id) => grains.GetGrain<IErasureGrain>(id);

    private Task<Sealed?> SealAsync(string reason, string? about, CancellationToken cancellationToken) => sealing.SealAsync(reason, about ?? caller.Actor.Subject, cancellationToken);
}
