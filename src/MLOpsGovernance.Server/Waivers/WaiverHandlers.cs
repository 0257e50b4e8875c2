using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Waivers;

/// <summary>
/// The model takes note of a waiver first, and then the waiver's own stream begins: so the gate never has to search for one that was approved. Should the second be cut short, the note leads to
/// nothing, and stands in nobody's way for longer than a moment.
/// </summary>
internal sealed class WaiverHandlers(Grains grains, GrainCommands commands, ModelCommands models, WaivableRules rules, WaiverViews views, Caller caller, SealingKeys sealing, TimeProvider time) :
    IRequestHandler<RequestWaiver, Result<WaiverView>>, IRequestHandler<ApproveWaiver, Result<WaiverView>>, IRequestHandler<RejectWaiver, Result<WaiverView>>,
    IRequestHandler<WithdrawWaiver, Result<WaiverView>>, IRequestHandler<RevokeWaiver, Result<WaiverView>>, IRequestHandler<ReadWaiver, Result<WaiverView>>
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    public async Task<Result<WaiverView>> Handle(RequestWaiver request, CancellationToken cancellationToken)
    {
        var id = caller.NewId("waiver");
        var (model, rule) = (grains.Of<IModelGrain>(request.Model), await rules.FindAsync(request.Rule));
        var exists = (await grains.Of<IEnvironmentGrain>(request.Environment).Read()).State.Exists;
        var noted = await models.ExecuteAsync(request.Model, async () => new(new NoteWaiver(
            id, request.Rule, rule, request.Environment, exists, request.Version, request.ArtifactDigest, request.ExpiresAt!.Value, request.CompensatingControl is not null,
            await EndedAsync((await model.Read()).State, request)), []));
        if (noted.Refusal is { } impossible) return impossible;

        var about = request.About ?? caller.Actor.Subject;
        var state = (await model.Read()).State;
        var note = state.Waivers.Find(w => w.Id == id)!;
        var outcome = await commands.ExecuteAsync(Grain(id), $"waiver:{id}", new Domain.Waivers.RequestWaiver(
            note, request.Model, state.Team, rule!, await sealing.SealAsync(request.Reason, about, cancellationToken), await sealing.SealAsync(request.CompensatingControl, about, cancellationToken),
            request.Ticket, WaiverDecider.AuthorsOf(state, note.Version)));
        if (outcome.Refusal is { } refusal) return refusal;
        Telemetry.Waivers.Add(1, new("event", Waiver.Requested), new("environment", request.Environment));
        return await views.ReadAsync(id, cancellationToken) with { Created = $"/api/v1/waivers/{id}" };
    }

    public async Task<Result<WaiverView>> Handle(ApproveWaiver request, CancellationToken cancellationToken)
    {
        var reason = await ReasonAsync(request, cancellationToken);
        return await DecideAsync(request, async waiver =>
        {
            if (!waiver.Exists) return new(new Domain.Waivers.ApproveWaiver(reason, null, null, []), []);
            var (rule, model) = (await rules.FindAsync(waiver.Rule), await grains.Of<IModelGrain>(waiver.Model).Read());
            var policies = await grains.Of<IPolicySetGrain>(PolicySetGrain.StreamName).InForce();
            return new(
                new Domain.Waivers.ApproveWaiver(reason, rule, WaiverDecider.Obstacle(model.State, waiver.Version), WaiverDecider.AuthorsOf(model.State, waiver.Version)),
                [new($"model:{waiver.Model}", model.Version), new(PolicySetGrain.StreamName, policies.Version)]);
        }, cancellationToken);
    }

    public Task<Result<WaiverView>> Handle(RejectWaiver request, CancellationToken cancellationToken) => DecideAsync(request, reason => new Domain.Waivers.RejectWaiver(reason), cancellationToken);

    public Task<Result<WaiverView>> Handle(WithdrawWaiver request, CancellationToken cancellationToken) => DecideAsync(request, reason => new Domain.Waivers.WithdrawWaiver(reason), cancellationToken);

    public Task<Result<WaiverView>> Handle(RevokeWaiver request, CancellationToken cancellationToken) => DecideAsync(request, reason => new Domain.Waivers.RevokeWaiver(reason), cancellationToken);

    public Task<Result<WaiverView>> Handle(ReadWaiver request, CancellationToken cancellationToken) => views.ReadAsync(request.Id, cancellationToken);

    private async Task<Result<WaiverView>> DecideAsync(IWaiverCommand request, Func<Sealed?, WaiverCommand> command, CancellationToken cancellationToken)
    {
        var reason = await ReasonAsync(request, cancellationToken);
        return await DecideAsync(request, _ => Task.FromResult(new Prepared<WaiverCommand>(command(reason), [])), cancellationToken);
    }

    private async Task<Result<WaiverView>> DecideAsync(IWaiverCommand request, Func<Waiver, Task<Prepared<WaiverCommand>>> prepare, CancellationToken cancellationToken)
    {
        var grain = Grain(request.Id);
        var outcome = await commands.ExecuteAsync<Waiver, WaiverCommand>(grain, request.Stream, async () => await prepare((await grain.Read()).State));
        if (outcome.Refusal is { } refusal) return refusal;
        var answer = await views.ReadAsync(request.Id, cancellationToken);
        if (!outcome.Repeated) Telemetry.Waivers.Add(1, new("event", answer.Value!.State), new("environment", answer.Value.Environment));
        return answer;
    }

    /// <summary>What is over stays so, so no guard is needed. A note whose waiver never began is over once the moment between the two has passed.</summary>
    private async Task<IReadOnlyList<string>> EndedAsync(Model model, RequestWaiver request)
    {
        var noted = model.CurrentWaivers.Where(w => w.Environment == request.Environment).ToList();
        var read = await Task.WhenAll(noted.Select(w => Grain(w.Id).Read()));
        return [.. noted.Zip(read).Where(w => w.Second.State.IsEnded || (!w.Second.State.Exists && time.GetUtcNow() - w.First.At > Between)).Select(w => w.First.Id)];
    }

    private IWaiverGrain Grain(string id) => grains.Of<IWaiverGrain>(id);

    private Task<Sealed?> ReasonAsync(IWaiverCommand request, CancellationToken cancellationToken) => sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken);
}
