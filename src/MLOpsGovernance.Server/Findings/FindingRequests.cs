using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Subjects;

namespace MLOpsGovernance.Server.Findings;

[RequiresRole(Roles.Contributor, Roles.Pipeline, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record OpenFinding(string Model, string Title, string Severity, int? Version, string? Owner, DateTimeOffset? Due, string? Plan, string? About) : ICommand<OpenedAnswer>
{
    public string Stream => $"model:{Model}";
}

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer)]
internal sealed record CloseFinding(string Model, string Id, string Reason, IReadOnlyList<string> Evidence, string? About) : IModelCommand;

/// <summary>Who meets with wrong answers is seldom in the team that made the model.</summary>
[AnyTeam, RequiresRole(Roles.Contributor, Roles.Pipeline, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ReportIncident(string Model, string Title, string Severity, int? Version, string? Environment, string? About) : ICommand<OpenedAnswer>
{
    public string Stream => $"model:{Model}";
}

internal sealed record OpenedAnswer(string Id);

internal sealed class OpenFindingRules : AbstractValidator<OpenFinding>
{
    public OpenFindingRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Title).IsText(1, 1000);
        RuleFor(c => c.Severity).IsOneOf(Finding.Severities);
        RuleFor(c => c.Version).Must(v => v is null or >= 1).WithErrorCode("invalid-version").WithMessage("a model version is a whole number from 1 to 2147483647.");
        RuleFor(c => c.Owner).IsSubject().When(c => c.Owner is not null);
        RuleFor(c => c.Plan).IsText(0, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class CloseFindingRules : AbstractValidator<CloseFinding>
{
    public CloseFindingRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.Evidence).Must(e => e.Count <= Rules.MostListed).WithMessage($"at most {Rules.MostListed} digests.");
        RuleForEach(c => c.Evidence).IsDigest();
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ReportIncidentRules : AbstractValidator<ReportIncident>
{
    public ReportIncidentRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Title).IsText(1, 1000);
        RuleFor(c => c.Severity).IsOneOf(Finding.Severities);
        RuleFor(c => c.Version).Must(v => v is null or >= 1).WithErrorCode("invalid-version").WithMessage("a model version is a whole number from 1 to 2147483647.");
        RuleFor(c => c.Environment!).IsName().When(c => c.Environment is not null);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class FindingHandlers(ModelCommands models, ModelViews views, Caller caller, SealingKeys sealing, People people) :
    IRequestHandler<OpenFinding, Result<OpenedAnswer>>, IRequestHandler<CloseFinding, Result<ModelView>>, IRequestHandler<ReportIncident, Result<OpenedAnswer>>
{
    public async Task<Result<OpenedAnswer>> Handle(OpenFinding request, CancellationToken cancellationToken)
    {
        var (id, title) = (caller.NewId("finding"), await SealAsync(request.Title, request.About, cancellationToken));
        var plan = await SealAsync(request.Plan, request.About, cancellationToken);
        var outcome = await models.ExecuteAsync(request.Model, new Domain.Models.OpenFinding(
            id, title, request.Severity, request.Version, request.Owner, await people.KnowAsync(request.Owner), request.Due, plan));
        return outcome.Refusal is { } refusal ? refusal : new Result<OpenedAnswer>(new(id), Created: $"/api/v1/models/{request.Model}");
    }

    public async Task<Result<ModelView>> Handle(CloseFinding request, CancellationToken cancellationToken)
    {
        var reason = await SealAsync(request.Reason, request.About, cancellationToken);
        return await views.AnswerAsync(request.Model, await models.ExecuteAsync(request.Model, new Domain.Models.CloseFinding(request.Id, reason, request.Evidence)), cancellationToken);
    }

    public async Task<Result<OpenedAnswer>> Handle(ReportIncident request, CancellationToken cancellationToken)
    {
        var (id, title) = (caller.NewId("incident"), await SealAsync(request.Title, request.About, cancellationToken));
        var outcome = await models.ExecuteAsync(request.Model, new Domain.Models.ReportIncident(id, title, request.Severity, request.Version, request.Environment));
        return outcome.Refusal is { } refusal ? refusal : new Result<OpenedAnswer>(new(id), Created: $"/api/v1/models/{request.Model}");
    }

    private Task<Sealed?> SealAsync(string? text, string? about, CancellationToken cancellationToken) => sealing.SealAsync(text, about ?? caller.Actor.Subject, cancellationToken);
}
