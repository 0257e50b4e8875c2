using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Observations;

/// <summary>A person who did not report it looked into what runs there and nobody registered.</summary>
[AnyTeam, RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer)]
internal sealed record CloseEnvironmentFinding(string Environment, string Id, string Reason, string? About) : ICommand<EnvironmentView>
{
    public string Stream => $"environment:{Environment}";
}

internal sealed class CloseEnvironmentFindingRules : AbstractValidator<CloseEnvironmentFinding>
{
    public CloseEnvironmentFindingRules()
    {
        RuleFor(c => c.Environment).IsName();
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class CloseEnvironmentFindingHandler(IGrainFactory grains, GrainCommands commands, Caller caller, SealingKeys sealing, EnvironmentViews views) :
    IRequestHandler<CloseEnvironmentFinding, Result<EnvironmentView>>
{
    public async Task<Result<EnvironmentView>> Handle(CloseEnvironmentFinding request, CancellationToken cancellationToken)
    {
        var reason = await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken);
        var grain = grains.GetGrain<IEnvironmentGrain>(request.Environment);
        var outcome = await commands.ExecuteAsync(grain, request.Stream, new Domain.Environments.CloseEnvironmentFinding(request.Id, reason));
        return outcome.Refusal is { } refusal ? refusal : await views.AnswerAsync(await grain.Read(), cancellationToken);
    }
}
