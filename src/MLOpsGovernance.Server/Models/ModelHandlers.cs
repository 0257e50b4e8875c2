using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Subjects;
using MLOpsGovernance.Server.Teams;
using ConfirmRisk = MLOpsGovernance.Server.Classification.ConfirmRisk;

namespace MLOpsGovernance.Server.Models;

internal sealed class ModelHandlers(IGrainFactory grains, ModelCommands models, ModelViews views, Caller caller, SealingKeys sealing, TeamMembership membership, People people) :
    IRequestHandler<RegisterModel, Result<ModelView>>, IRequestHandler<ChangePurpose, Result<ModelView>>, IRequestHandler<ClassifyModel, Result<ModelView>>,
    IRequestHandler<WriteCard, Result<ModelView>>, IRequestHandler<SetAlias, Result<ModelView>>, IRequestHandler<RemoveAlias, Result<ModelView>>,
    IRequestHandler<SuspendModel, Result<ModelView>>, IRequestHandler<ResumeModel, Result<ModelView>>, IRequestHandler<RecallVersion, Result<ModelView>>,
    IRequestHandler<RetireModel, Result<ModelView>>, IRequestHandler<ReadModel, Result<ModelView>>, IRequestHandler<ConfirmRisk, Result<ModelView>>
{
    public async Task<Result<ModelView>> Handle(RegisterModel request, CancellationToken cancellationToken)
    {
        var purpose = await SealAsync(request.Purpose, request.About, cancellationToken);
        var outcome = await models.ExecuteAsync(request.Model, async () =>
        {
            var team = await grains.GetGrain<ITeamGrain>(request.Team).Read();
            return new(new Domain.Models.RegisterModel(request.Model, request.Team, team.State.Exists, purpose, request.Purposes, request.Origin, request.Generative), team.State.Exists ? [new($"team:{request.Team}", team.Version)] : []);
        });
        return await views.AnswerAsync(request.Model, outcome, cancellationToken) with { Created = $"/api/v1/models/{request.Model}" };
    }

    public async Task<Result<ModelView>> Handle(ChangePurpose request, CancellationToken cancellationToken)
    {
        var outcome = await models.ExecuteAsync(request.Model, async () =>
        {
            var (now, version, _) = await grains.GetGrain<IModelGrain>(request.Model).Read();
            var changed = await sealing.OpenAsync(now.Purpose, cancellationToken) != request.Purpose;
            var purpose = changed ? await SealAsync(request.Purpose, request.About, cancellationToken) : null;
            return new(new Domain.Models.ChangePurpose(purpose, changed, request.Purposes), [new($"model:{request.Model}", version)]);
        });
        return await views.AnswerAsync(request.Model, outcome, cancellationToken);
    }

    public async Task<Result<ModelView>> Handle(ClassifyModel request, CancellationToken cancellationToken)
    {
        var reason = await SealAsync(request.Reason, request.About, cancellationToken);
        var outcome = await models.ExecuteAsync(request.Model, async () =>
        {
            var model = await grains.GetGrain<IModelGrain>(request.Model).Read();
            var (inTeam, guards) = await membership.OfCallerAsync(model.State.Team);
            return new(new Domain.Models.ClassifyModel(request.Risk with { Reason = reason }, inTeam, await people.KnowAsync(request.Risk.AccountableExecutive)), guards);
        });
        return await views.AnswerAsync(request.Model, outcome, cancellationToken);
    }

    public async Task<Result<ModelView>> Handle(ConfirmRisk request, CancellationToken cancellationToken)
    {
        var reason = await SealAsync(request.Reason, request.About, cancellationToken);
        var outcome = await models.ExecuteAsync(request.Model, async () =>
        {
            var (inTeam, guards) = await membership.OfCallerAsync((await grains.GetGrain<IModelGrain>(request.Model).Read()).State.Team);
            return new(new Domain.Models.ConfirmRisk(reason, inTeam), guards);
        });
        return await views.AnswerAsync(request.Model, outcome, cancellationToken);
    }

    public async Task<Result<ModelView>> Handle(WriteCard request, CancellationToken cancellationToken) =>
        await ExecuteAsync(request.Model, new Domain.Models.WriteCard(await SealAsync(request.Text, request.About, cancellationToken)), cancellationToken);

    public Task<Result<ModelView>> Handle(SetAlias request, CancellationToken cancellationToken) =>
        ExecuteAsync(request.Model, new Domain.Models.SetAlias(request.Alias, request.Version), cancellationToken);

    public Task<Result<ModelView>> Handle(RemoveAlias request, CancellationToken cancellationToken) =>
        ExecuteAsync(request.Model, new Domain.Models.RemoveAlias(request.Alias), cancellationToken);

    public async Task<Result<ModelView>> Handle(SuspendModel request, CancellationToken cancellationToken) =>
        await ExecuteAsync(request.Model, new Domain.Models.SuspendModel(request.Version, await SealAsync(request.Reason, request.About, cancellationToken)), cancellationToken);

    public async Task<Result<ModelView>> Handle(ResumeModel request, CancellationToken cancellationToken) =>
        await ExecuteAsync(request.Model, new Domain.Models.ResumeModel(request.Version, await SealAsync(request.Reason, request.About, cancellationToken)), cancellationToken);

    public async Task<Result<ModelView>> Handle(RecallVersion request, CancellationToken cancellationToken) =>
        await ExecuteAsync(request.Model, new Domain.Models.RecallVersion(request.Version, await SealAsync(request.Reason, request.About, cancellationToken)), cancellationToken);

    public async Task<Result<ModelView>> Handle(RetireModel request, CancellationToken cancellationToken) =>
        await ExecuteAsync(request.Model, new Domain.Models.RetireModel(request.Version, await SealAsync(request.Reason, request.About, cancellationToken)), cancellationToken);

    public async Task<Result<ModelView>> Handle(ReadModel request, CancellationToken cancellationToken) =>
        !Name.IsValid(request.Model) ? ModelViews.UnknownModel : request.AsOf is { } at ? await views.AsOfAsync(request.Model, at, cancellationToken) : await views.ReadAsync(request.Model, cancellationToken);

    private async Task<Result<ModelView>> ExecuteAsync(string model, ModelCommand command, CancellationToken cancellationToken) =>
        await views.AnswerAsync(model, await models.ExecuteAsync(model, command), cancellationToken);

    private Task<Sealed?> SealAsync(string? text, string? about, CancellationToken cancellationToken) => sealing.SealAsync(text, about ?? caller.Actor.Subject, cancellationToken);
}
