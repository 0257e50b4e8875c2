using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Subjects;

namespace MLOpsGovernance.Server.Findings;

/// <summary>Gives a finding to somebody, dates it, or plans its remedy.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ChangeFinding(string Model, string Id, string? Owner, DateTimeOffset? Due, string? Plan, string? About) : IModelCommand;

/// <summary>The remedy of a closed finding turned out not to hold.</summary>
[RequiresRole(Roles.Contributor, Roles.Pipeline, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ReopenFinding(string Model, string Id, string Reason, DateTimeOffset? Due, string? About) : IModelCommand;

internal sealed class ChangeFindingRules : AbstractValidator<ChangeFinding>
{
    public ChangeFindingRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Owner).IsSubject().When(c => c.Owner is not null);
        RuleFor(c => c.Plan).IsText(1, 4000).When(c => c.Plan is not null);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ReopenFindingRules : AbstractValidator<ReopenFinding>
{
    public ReopenFindingRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class RemedyHandlers(ModelCommands models, ModelViews views, Caller caller, SealingKeys sealing, People people) :
    IRequestHandler<ChangeFinding, Result<ModelView>>, IRequestHandler<ReopenFinding, Result<ModelView>>
{
    public async Task<Result<ModelView>> Handle(ChangeFinding request, CancellationToken cancellationToken)
    {
        var plan = await SealAsync(request.Plan, request.About, cancellationToken);
        var outcome = await models.ExecuteAsync(request.Model, new Domain.Findings.ChangeFinding(request.Id, request.Owner, await people.KnowAsync(request.Owner), request.Due, plan));
        return await views.AnswerAsync(request.Model, outcome, cancellationToken);
    }

    public async Task<Result<ModelView>> Handle(ReopenFinding request, CancellationToken cancellationToken)
    {
        var reason = await SealAsync(request.Reason, request.About, cancellationToken);
        return await views.AnswerAsync(request.Model, await models.ExecuteAsync(request.Model, new Domain.Findings.ReopenFinding(request.Id, reason, request.Due)), cancellationToken);
    }

    private Task<Sealed?> SealAsync(string? text, string? about, CancellationToken cancellationToken) => sealing.SealAsync(text, about ?? caller.Actor.Subject, cancellationToken);
}
