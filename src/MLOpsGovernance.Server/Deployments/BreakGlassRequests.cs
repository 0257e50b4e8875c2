using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Server.Findings;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Deployments;

/// <summary>Asks for leave to deploy although rules fail. A second person must agree.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer)]
internal sealed record RequestBreakGlass(string Model, int Version, string Environment, string Reason, int Minutes, string? About) : ICommand<OpenedAnswer>
{
    public string Stream => $"model:{Model}";
}

/// <summary>The second person may come from any team.</summary>
[AnyTeam, RequiresRole(Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer)]
internal sealed record ApproveBreakGlass(string Model, int Version, string Id, string Reason, string? About) : IModelCommand;

internal sealed class RequestBreakGlassRules : AbstractValidator<RequestBreakGlass>
{
    public RequestBreakGlassRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Version).IsVersion();
        RuleFor(c => c.Environment).IsName();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.Minutes).InclusiveBetween(1, BreakGlass.MostMinutes).WithMessage($"minutes is a whole number from 1 to {BreakGlass.MostMinutes}.");
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ApproveBreakGlassRules : AbstractValidator<ApproveBreakGlass>
{
    public ApproveBreakGlassRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Version).IsVersion();
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class BreakGlassHandlers(IGrainFactory grains, ModelCommands models, ModelViews views, Caller caller, SealingKeys sealing) :
    IRequestHandler<RequestBreakGlass, Result<OpenedAnswer>>, IRequestHandler<ApproveBreakGlass, Result<ModelView>>
{
    public async Task<Result<OpenedAnswer>> Handle(RequestBreakGlass request, CancellationToken cancellationToken)
    {
        var (id, reason) = (caller.NewId("break-glass"), await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken));
        var known = (await grains.GetGrain<IEnvironmentGrain>(request.Environment).Read()).State.Exists;
        var outcome = await models.ExecuteAsync(request.Model, new Domain.Models.RequestBreakGlass(id, request.Version, request.Environment, known, reason, request.Minutes));
        return outcome.Refusal is { } refusal ? refusal : new Result<OpenedAnswer>(new(id), Created: $"/api/v1/models/{request.Model}");
    }

    public async Task<Result<ModelView>> Handle(ApproveBreakGlass request, CancellationToken cancellationToken)
    {
        var reason = await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken);
        var title = await sealing.SealAsync($"Break-glass {request.Id} was used for {request.Model}: review afterwards what the gate would have said.", caller.Actor.Subject, cancellationToken);
        var outcome = await models.ExecuteAsync(request.Model, new Domain.Models.ApproveBreakGlass(request.Id, request.Version, reason, caller.NewId("break-glass-finding"), title));
        return await views.AnswerAsync(request.Model, outcome, cancellationToken);
    }
}
