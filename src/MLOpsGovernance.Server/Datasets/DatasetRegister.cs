using FluentValidation;
using JasperFx.Events;
using Marten.Events.Aggregation;
using MediatR;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Datasets;

internal sealed record DatasetRow(string Id)
{
    public string Name { get; init; } = "";
    public string Team { get; init; } = "";
    public string? LatestVersion { get; init; }
    public int Versions { get; init; }
    public string ClassState { get; init; } = "none";
    public string? Sensitivity { get; init; }
    public bool? PersonalData { get; init; }
    public bool Withdrawn { get; init; }

    public static DatasetRow Fold(DatasetRow row, object e) => e switch
    {
        DatasetRegistered registered => row with { Name = registered.Name, Team = registered.Team },
        DatasetVersionRegistered version => row with { LatestVersion = version.Version, Versions = row.Versions + 1 },
        DatasetClassProposed when row.ClassState != "confirmed" => row with { ClassState = "proposed" },
        DatasetClassified c => row with { ClassState = "confirmed", Sensitivity = c.Class.Sensitivity, PersonalData = c.Class.PersonalData },
        DatasetWithdrawn { Version: null } => row with { Withdrawn = true },
        DatasetRestored { Version: null } => row with { Withdrawn = false },
        _ => row,
    };
}

internal sealed class DatasetRegister : SingleStreamProjection<DatasetRow, string>
{
    public DatasetRegister()
    {
        Name = "DatasetRegister";
        IncludeType<DatasetRegistered>();
        IncludeType<DatasetVersionRegistered>();
        IncludeType<DatasetClassProposed>();
        IncludeType<DatasetClassified>();
        IncludeType<DatasetWithdrawn>();
        IncludeType<DatasetRestored>();
    }

    public override DatasetRow? Evolve(DatasetRow? snapshot, string id, IEvent e) => snapshot is null && e.Data is not DatasetRegistered ? null : DatasetRow.Fold(snapshot ?? new(id), e.Data);
}

[AnyRole]
internal sealed record ListDatasets(Page Page, string? Team) : IQuery<Listed<DatasetRow>>, IPaged;

internal sealed class ListDatasetsRules : AbstractValidator<ListDatasets>
{
    public ListDatasetsRules() => RuleFor(q => q.Team).IsName().When(q => q.Team is not null);
}

internal sealed class DatasetLister(Registers registers) : IRequestHandler<ListDatasets, Result<Listed<DatasetRow>>>
{
    public Task<Result<Listed<DatasetRow>>> Handle(ListDatasets request, CancellationToken cancellationToken) =>
        registers.ListAsync<DatasetRow>(request.Page, rows => request.Team is null ? rows : rows.Where(r => r.Team == request.Team), row => row.Id, cancellationToken);
}
