using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Compliance;

/// <summary>Judges everything that runs again, now.</summary>
[AnyTeam, RequiresRole(Roles.ComplianceOfficer, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ModelValidator, Roles.EngineeringLead, Roles.Administrator)]
internal sealed record RunCompliance : ICommand<ComplianceRunView>
{
    public string Stream => "compliance";
}

internal sealed class RunComplianceRules : AbstractValidator<RunCompliance>;

[AnyRole]
internal sealed record ReadComplianceRun(string Id) : IQuery<ComplianceRunView>;

[AnyRole]
internal sealed record ListComplianceRuns(Page Page) : IQuery<Listed<ComplianceRunListing>>, IPaged;

/// <summary>What the latest run found of everything that runs.</summary>
/// <param name="Compliant">Only what the gate would let in, or would not.</param>
[AnyRole]
internal sealed record ReadEstateCompliance(string? Model, string? Environment, bool? Compliant, Page Page) : IQuery<EstateComplianceView>, IPaged;

internal sealed class ReadEstateComplianceRules : AbstractValidator<ReadEstateCompliance>
{
    public ReadEstateComplianceRules()
    {
        RuleFor(q => q.Model).IsName().When(q => q.Model is not null);
        RuleFor(q => q.Environment).IsName().When(q => q.Environment is not null);
    }
}

/// <param name="Trigger"><c>daily</c>, <c>adoption</c> or <c>demand</c>.</param>
/// <param name="Failing">How many deployments the gate would not let in now.</param>
/// <param name="Failures">Rules that do not hold, over all deployments, those that only warn included.</param>
/// <param name="Opened">Findings that were opened.</param>
/// <param name="Vanished">Findings whose cause is gone; people close them.</param>
/// <param name="Takedowns">Deployments that somebody was asked to take down, because a policy says so.</param>
internal sealed record ComplianceRunListing(
    string Id, string Trigger, string PolicySet, int Deployments, int Failing, int Failures, int Opened, int Vanished, int Takedowns, string RequestedBy, DateTimeOffset StartedAt,
    DateTimeOffset EndedAt)
{
    public static ComplianceRunListing Of(ComplianceJudged r) => new(r.Id, r.Trigger, r.PolicySet, r.Deployments, r.Failing, r.Failures, r.Opened, r.Vanished, r.Takedowns, r.By, r.StartedAt, r.At);
}

/// <param name="Results">What was found of each deployment; null where the store no longer has it as it was.</param>
internal sealed record ComplianceRunView(ComplianceRunListing Run, IReadOnlyList<DeploymentCompliance>? Results);

/// <param name="Run">The latest run; null where there was none yet.</param>
internal sealed record EstateComplianceView(ComplianceRunListing? Run, IReadOnlyList<DeploymentCompliance> Items, string? NextCursor);

internal sealed class ComplianceHandlers(ComplianceRunner runner, ComplianceRuns runs, EstateTable estate, Registers registers, Caller caller) :
    IRequestHandler<RunCompliance, Result<ComplianceRunView>>, IRequestHandler<ReadComplianceRun, Result<ComplianceRunView>>, IRequestHandler<ListComplianceRuns, Result<Listed<ComplianceRunListing>>>,
    IRequestHandler<ReadEstateCompliance, Result<EstateComplianceView>>
{
    public async Task<Result<ComplianceRunView>> Handle(RunCompliance request, CancellationToken cancellationToken)
    {
        var id = caller.NewId("compliance");
        var run = await runs.FindAsync(id, cancellationToken) ?? await runner.RunAsync(id, ComplianceJudged.Demand, caller.Context(), cancellationToken);
        return run is null
            ? new Refusal("no-policy-set", "No policy set was adopted, so there is nothing to judge by.", RefusalKind.Conflict)
            : await ViewAsync(run, cancellationToken) with { Created = $"/api/v1/compliance/runs/{id}" };
    }

    public async Task<Result<ComplianceRunView>> Handle(ReadComplianceRun request, CancellationToken cancellationToken) =>
        Guid.TryParseExact(request.Id, "D", out _) && await runs.FindAsync(request.Id, cancellationToken) is { } run
            ? await ViewAsync(run, cancellationToken)
            : new Refusal("compliance-run-unknown", "There is no such run.", RefusalKind.NotFound);

    public async Task<Result<Listed<ComplianceRunListing>>> Handle(ListComplianceRuns request, CancellationToken cancellationToken)
    {
        var rows = await registers.ListAsync<ComplianceRow>(request.Page, all => all, r => r.Id, cancellationToken);
        return rows.Value is { } list ? new Listed<ComplianceRunListing>([.. list.Items.Select(r => ComplianceRunListing.Of(r.Run))], list.NextCursor, list.Behind) : rows.Refusal!;
    }

    public async Task<Result<EstateComplianceView>> Handle(ReadEstateCompliance request, CancellationToken cancellationToken)
    {
        var latest = await registers.ListAsync<ComplianceRow>(new(Limit: 1, Stale: request.Page.Stale), all => all, r => r.Id, cancellationToken);
        if (latest.Value is not { } list) return latest.Refusal!;
        if (list.Items is not [var row]) return new EstateComplianceView(null, [], null);
        var (items, next) = await estate.PageAsync(request.Model, request.Environment, request.Compliant, request.Page, cancellationToken);
        return new EstateComplianceView(ComplianceRunListing.Of(row.Run), items, next);
    }

    private async Task<Result<ComplianceRunView>> ViewAsync(ComplianceJudged run, CancellationToken cancellationToken) =>
        new ComplianceRunView(ComplianceRunListing.Of(run), await runs.ResultsAsync(run, cancellationToken));
}
