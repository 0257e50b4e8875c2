using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Deployments;

/// <summary>Says how a deployment went; a shadow or canary that failed ends with it.</summary>
[RequiresRole(Roles.Pipeline, Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ConcludeDeployment(string Model, string Id, string Outcome, string? Reason, IReadOnlyList<string> Evidence, bool? Ended, string? About) : ICommand<DeploymentView>
{
    public string Stream => $"model:{Model}";
}

internal sealed class ConcludeDeploymentRules : AbstractValidator<ConcludeDeployment>
{
    public ConcludeDeploymentRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Outcome).IsOneOf(DeploymentOutcome.Results);
        RuleFor(c => c.Reason).IsText(0, 4000);
        RuleFor(c => c.Evidence).Must(e => e.Count <= Rules.MostListed).WithMessage($"at most {Rules.MostListed} digests.");
        RuleForEach(c => c.Evidence).IsDigest();
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ConcludeDeploymentHandler(IGrainFactory grains, ModelCommands models, Caller caller, SealingKeys sealing) : IRequestHandler<ConcludeDeployment, Result<DeploymentView>>
{
    public async Task<Result<DeploymentView>> Handle(ConcludeDeployment request, CancellationToken cancellationToken)
    {
        var reason = await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken);
        var outcome = await models.ExecuteAsync(request.Model, new Domain.Models.ConcludeDeployment(request.Id, request.Outcome, reason, request.Evidence, request.Ended));
        if (outcome.Refusal is { } refusal) return refusal;
        var deployment = (await grains.GetGrain<IModelGrain>(request.Model).Read()).State.Deployments.Find(d => d.Id == request.Id)!;
        return await DeploymentView.OfAsync(request.Model, deployment, sealing, cancellationToken);
    }
}
