using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Subjects;
using MLOpsGovernance.Server.Teams;

namespace MLOpsGovernance.Server.Recertification;

/// <summary>A member of the owning team, whatever their role, confirms that a model is still in use, and that its purpose, owner and class are right.</summary>
[AnyTeam, RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record RecertifyModel(string Model, bool StillInUse, string Reason, string? About) : IModelCommand;

/// <summary>An administrator confirms that somebody else still needs a role.</summary>
[RequiresRole(Roles.Administrator)]
internal sealed record RecertifyRole(string Subject, string Role, string Reason, string? About) : ICommand<SubjectView>
{
    public string Stream => $"subject:{Subject}";
}

internal sealed class RecertifyModelRules : AbstractValidator<RecertifyModel>
{
    public RecertifyModelRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class RecertifyRoleRules : AbstractValidator<RecertifyRole>
{
    public RecertifyRoleRules()
    {
        RuleFor(c => c.Subject).IsSubject();
        RuleFor(c => c.Role).IsOneOf(Roles.All);
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class RecertificationHandlers(
    IGrainFactory grains, ModelCommands models, ModelViews views, GrainCommands commands, SubjectViews subjects, TeamMembership membership, Caller caller, SealingKeys sealing) :
    IRequestHandler<RecertifyModel, Result<ModelView>>, IRequestHandler<RecertifyRole, Result<SubjectView>>
{
    public async Task<Result<ModelView>> Handle(RecertifyModel request, CancellationToken cancellationToken)
    {
        var reason = await SealAsync(request.Reason, request.About, cancellationToken);
        var outcome = await models.ExecuteAsync(request.Model, async () =>
        {
            var model = await grains.GetGrain<IModelGrain>(request.Model).Read();
            var (inTeam, guards) = await membership.OfCallerAsync(model.State.Team);
            return new(new Domain.Recertification.RecertifyModel(request.StillInUse, reason, inTeam), guards);
        });
        return await views.AnswerAsync(request.Model, outcome, cancellationToken);
    }

    public async Task<Result<SubjectView>> Handle(RecertifyRole request, CancellationToken cancellationToken)
    {
        var reason = await SealAsync(request.Reason, request.About, cancellationToken);
        var outcome = await commands.ExecuteAsync(
            grains.GetGrain<ISubjectGrain>(request.Subject), request.Stream, new Domain.Recertification.RecertifyRole(request.Subject, request.Role, reason));
        return outcome.Refusal is { } refusal ? refusal : await subjects.ReadAsync(request.Subject, cancellationToken);
    }

    private Task<Sealed?> SealAsync(string text, string? about, CancellationToken cancellationToken) => sealing.SealAsync(text, about ?? caller.Actor.Subject, cancellationToken);
}
