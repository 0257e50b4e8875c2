using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Server.Findings;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Subjects;

namespace MLOpsGovernance.Server.Validations;

internal sealed class ValidationHandlers(
    IGrainFactory grains, ModelCommands models, ModelViews views, FactCollector collector, ConditionDemands demands, Caller caller, SealingKeys sealing, People people) :
    IRequestHandler<ValidateVersion, Result<OpenedAnswer>>, IRequestHandler<ReportCondition, Result<VersionView>>, IRequestHandler<ConfirmCondition, Result<VersionView>>
{
    public async Task<Result<OpenedAnswer>> Handle(ValidateVersion request, CancellationToken cancellationToken)
    {
        var id = caller.NewId("validation");
        var (scope, limitations) = (await SealAsync(request.Scope, request.About, cancellationToken), await SealAsync(request.Limitations, request.About, cancellationToken));
        var conditions = await demands.OfAsync(request.Conditions, request.About, cancellationToken);
        var grain = grains.GetGrain<IModelGrain>(request.Model);
        var outcome = await models.ExecuteAsync(request.Model, async () =>
        {
            var (material, guards) = await collector.MaterialAsync((await grain.Read()).State.Versions.GetValueOrDefault(request.Version));
            var known = await people.AmongAsync(request.Conditions.Select(c => c.Owner).OfType<string>());
            return new(new Domain.Validations.ValidateVersion(
                request.Version, id, scope, request.Conclusion, limitations, request.Evidence, request.ValidUntil, conditions, known, material), guards);
        });
        return outcome.Refusal is { } refusal ? refusal : new Result<OpenedAnswer>(new(id), Created: $"/api/v1/models/{request.Model}/versions/{request.Version}");
    }

    public async Task<Result<VersionView>> Handle(ReportCondition request, CancellationToken cancellationToken) => await AnswerAsync(
        request.Model, request.Version,
        new Domain.Validations.ReportCondition(request.Version, request.Id, request.Evidence, await SealAsync(request.Reason, request.About, cancellationToken)), cancellationToken);

    public async Task<Result<VersionView>> Handle(ConfirmCondition request, CancellationToken cancellationToken) => await AnswerAsync(
        request.Model, request.Version, new Domain.Validations.ConfirmCondition(request.Version, request.Id, await SealAsync(request.Reason, request.About, cancellationToken)), cancellationToken);

    private async Task<Result<VersionView>> AnswerAsync(string model, int version, Domain.Models.ModelCommand command, CancellationToken cancellationToken)
    {
        var outcome = await models.ExecuteAsync(model, command);
        return outcome.Refusal is { } refusal ? refusal : await views.ReadAsync(model, version, cancellationToken);
    }

    private Task<Sealed?> SealAsync(string? text, string? about, CancellationToken cancellationToken) => sealing.SealAsync(text, about ?? caller.Actor.Subject, cancellationToken);
}

/// <summary>Makes demands of what a caller wishes: their titles sealed, and each with an id.</summary>
internal sealed class ConditionDemands(Caller caller, SealingKeys sealing)
{
    public async Task<IReadOnlyList<ConditionDemand>> OfAsync(IReadOnlyList<ConditionWish> wishes, string? about, CancellationToken cancellationToken)
    {
        List<ConditionDemand> demands = [];
        foreach (var wish in wishes)
        {
            demands.Add(new(
                wish.Id ?? caller.NewId($"condition {demands.Count}"), await sealing.SealAsync(wish.Title, about ?? caller.Actor.Subject, cancellationToken), wish.Owner, wish.Due));
        }

        return demands;
    }
}
