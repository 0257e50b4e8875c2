using FluentValidation;
using JasperFx.Events;
using Marten.Events.Aggregation;
using MediatR;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Descriptors;
using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Models;

internal sealed record ModelRow(string Id)
{
    public string Name { get; init; } = "";
    public string Team { get; init; } = "";
    public DateTimeOffset RegisteredAt { get; init; }
    public string RiskState { get; init; } = "none";
    public string EuAiAct { get; init; } = RiskClass.Highest.EuAiAct;
    public int Tier { get; init; } = RiskClass.Highest.Tier;
    public int LatestVersion { get; init; }
    public int OpenFindings { get; init; }
    public IReadOnlyDictionary<string, int> Live { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);
    public bool Suspended { get; init; }
    public bool Retired { get; init; }
    public string Origin { get; init; } = ModelOrigin.Internal;
    public bool Generative { get; init; }

    public static ModelRow Fold(ModelRow row, object e) => e switch
    {
        ModelRegistered registered => row with { Name = registered.Name, Team = registered.Team, RegisteredAt = registered.At, Origin = registered.Origin ?? ModelOrigin.Internal, Generative = registered.Generative },
        ModelRiskProposed when row.RiskState != "confirmed" => row with { RiskState = "proposed" },
        ModelRiskConfirmed c => row with { RiskState = "confirmed", EuAiAct = c.Risk.EuAiAct, Tier = c.Risk.Tier },
        ModelVersionRegistered version => row with { LatestVersion = version.Version },
        FindingOpened => row with { OpenFindings = row.OpenFindings + 1 },
        FindingClosed => row with { OpenFindings = row.OpenFindings - 1 },
        FindingReopened => row with { OpenFindings = row.OpenFindings + 1 },
        ModelDeployed { Stage: null or DeploymentStage.Full } d => row.Deploy(d.Environment, d.Version),
        ModelRolledBack d => row.Deploy(d.Environment, d.Version),
        ModelSuspended { Version: null } => row with { Suspended = true },
        ModelResumed { Version: null } => row with { Suspended = false },
        ModelRetired { Version: null } => row with { Retired = true, Live = new Dictionary<string, int>(StringComparer.Ordinal) },
        ModelRetired { Version: { } number } => row with { Live = row.Live.Where(l => l.Value != number).ToDictionary(StringComparer.Ordinal) },
        _ => row,
    };

    private ModelRow Deploy(string environment, int version) =>
        this with { Live = new Dictionary<string, int>(Live, StringComparer.Ordinal) { [environment] = version } };
}

internal sealed class ModelRegister : SingleStreamProjection<ModelRow, string>
{
    public ModelRegister()
    {
        Name = "ModelRegister";
        IncludeType<ModelRegistered>();
        IncludeType<ModelRiskProposed>();
        IncludeType<ModelRiskConfirmed>();
        IncludeType<ModelVersionRegistered>();
        IncludeType<FindingOpened>();
        IncludeType<FindingClosed>();
        IncludeType<FindingReopened>();
        IncludeType<ModelDeployed>();
        IncludeType<ModelRolledBack>();
        IncludeType<ModelSuspended>();
        IncludeType<ModelResumed>();
        IncludeType<ModelRetired>();
    }

    public override ModelRow? Evolve(ModelRow? snapshot, string id, IEvent e) => snapshot is null && e.Data is not ModelRegistered ? null : ModelRow.Fold(snapshot ?? new(id), e.Data);
}

/// <param name="Q">Part of the name.</param>
[AnyRole]
internal sealed record ListModels(Page Page, string? Team, string? Q) : IQuery<Listed<ModelRow>>, IPaged;

internal sealed class ListModelsRules : AbstractValidator<ListModels>
{
    public ListModelsRules()
    {
        RuleFor(q => q.Team).IsName().When(q => q.Team is not null);
        RuleFor(q => q.Q).IsText(0, 128);
    }
}

internal sealed class ModelLister(Registers registers) : IRequestHandler<ListModels, Result<Listed<ModelRow>>>
{
    public Task<Result<Listed<ModelRow>>> Handle(ListModels request, CancellationToken cancellationToken) => registers.ListAsync<ModelRow>(
        request.Page,
        rows =>
        {
            if (request.Team is not null) rows = rows.Where(r => r.Team == request.Team);
            return request.Q is null ? rows : rows.Where(r => r.Name.Contains(request.Q));
        },
        row => row.Id, cancellationToken);
}
