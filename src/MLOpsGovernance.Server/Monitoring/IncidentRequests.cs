using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Subjects;

namespace MLOpsGovernance.Server.Monitoring;

/// <summary>Takes an incident on, or gives it to somebody.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record AcknowledgeIncident(string Model, string Id, string? Owner, string? Note, string? About) : IModelCommand;

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ResolveIncident(string Model, string Id, string Reason, string? About) : IModelCommand;

[AnyRole]
internal sealed record ListIncidents(string? Model, string? State, string? Severity, string? Owner, Page Page) : IQuery<Listed<IncidentListing>>, IPaged;

/// <param name="State"><c>open</c>, <c>acknowledged</c> or <c>resolved</c>.</param>
/// <param name="Cause">What opened it.</param>
internal sealed record IncidentListing(
    string Id, string Model, int? Version, string? Environment, string? Title, string Severity, string Cause, string State, string ReportedBy, DateTimeOffset ReportedAt, string? Owner, DateTimeOffset? AcknowledgedAt,
    DateTimeOffset? ResolvedAt);

internal sealed class AcknowledgeIncidentRules : AbstractValidator<AcknowledgeIncident>
{
    public AcknowledgeIncidentRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Owner).IsSubject().When(c => c.Owner is not null);
        RuleFor(c => c.Note).IsText(0, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ResolveIncidentRules : AbstractValidator<ResolveIncident>
{
    public ResolveIncidentRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ListIncidentsRules : AbstractValidator<ListIncidents>
{
    public ListIncidentsRules()
    {
        RuleFor(q => q.Model).IsName().When(q => q.Model is not null);
        RuleFor(q => q.State).IsOneOf([IncidentRow.Open, IncidentRow.Acknowledged, IncidentRow.Resolved]).When(q => q.State is not null);
        RuleFor(q => q.Severity).IsOneOf(Finding.Severities).When(q => q.Severity is not null);
        RuleFor(q => q.Owner).IsSubject().When(q => q.Owner is not null);
    }
}

internal sealed class IncidentHandlers(ModelCommands models, ModelViews views, Registers registers, Caller caller, SealingKeys sealing, People people) :
    IRequestHandler<AcknowledgeIncident, Result<ModelView>>, IRequestHandler<ResolveIncident, Result<ModelView>>, IRequestHandler<ListIncidents, Result<Listed<IncidentListing>>>
{
    public async Task<Result<ModelView>> Handle(AcknowledgeIncident request, CancellationToken cancellationToken)
    {
        var note = await sealing.SealAsync(request.Note, request.About ?? caller.Actor.Subject, cancellationToken);
        var command = new Domain.Monitoring.AcknowledgeIncident(request.Id, request.Owner, await people.KnowAsync(request.Owner), note);
        return await views.AnswerAsync(request.Model, await models.ExecuteAsync(request.Model, command), cancellationToken);
    }

    public async Task<Result<ModelView>> Handle(ResolveIncident request, CancellationToken cancellationToken)
    {
        var reason = await sealing.SealAsync(request.Reason, request.About ?? caller.Actor.Subject, cancellationToken);
        return await views.AnswerAsync(request.Model, await models.ExecuteAsync(request.Model, new Domain.Monitoring.ResolveIncident(request.Id, reason)), cancellationToken);
    }

    public async Task<Result<Listed<IncidentListing>>> Handle(ListIncidents request, CancellationToken cancellationToken)
    {
        var rows = await registers.ListAsync<IncidentRow>(
            request.Page,
            all =>
            {
                if (request.Model is { } model) all = all.Where(r => r.Model == model);
                if (request.State is { } state) all = all.Where(r => r.State == state);
                if (request.Severity is { } severity) all = all.Where(r => r.Severity == severity);
                return request.Owner is { } owner ? all.Where(r => r.Owner == owner) : all;
            },
            r => r.Id, cancellationToken);
        if (rows.Value is not { } list) return rows.Refusal!;
        List<IncidentListing> items = [];
        foreach (var r in list.Items)
            items.Add(new(r.Id, r.Model, r.Version, r.Environment, await sealing.OpenAsync(r.Title, cancellationToken), r.Severity, r.Cause, r.State, r.ReportedBy, r.ReportedAt, r.Owner, r.AcknowledgedAt, r.ResolvedAt));
        return new Listed<IncidentListing>(items, list.NextCursor, list.Behind);
    }
}
