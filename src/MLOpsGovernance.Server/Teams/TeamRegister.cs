using JasperFx.Events;
using Marten.Events.Aggregation;
using MediatR;
using MLOpsGovernance.Domain.Teams;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Teams;

internal sealed record TeamRow(string Id)
{
    public string Name { get; init; } = "";
    public string? DisplayName { get; init; }
    public int Members { get; init; }

    public static TeamRow Fold(TeamRow row, object e) => e switch
    {
        TeamFormed formed => row with { Name = formed.Name, DisplayName = formed.DisplayName },
        TeamRenamed renamed => row with { DisplayName = renamed.DisplayName },
        MemberJoined => row with { Members = row.Members + 1 },
        MemberLeft => row with { Members = row.Members - 1 },
        _ => row,
    };
}

internal sealed class TeamRegister : SingleStreamProjection<TeamRow, string>
{
    public TeamRegister()
    {
        Name = "TeamRegister";
        IncludeType<TeamFormed>();
        IncludeType<TeamRenamed>();
        IncludeType<MemberJoined>();
        IncludeType<MemberLeft>();
    }

    public override TeamRow? Evolve(TeamRow? snapshot, string id, IEvent e) => snapshot is null && e.Data is not TeamFormed ? null : TeamRow.Fold(snapshot ?? new(id), e.Data);
}

[AnyRole]
internal sealed record ListTeams(Page Page) : IQuery<Listed<TeamRow>>, IPaged;

internal sealed class TeamLister(Registers registers) : IRequestHandler<ListTeams, Result<Listed<TeamRow>>>
{
    public Task<Result<Listed<TeamRow>>> Handle(ListTeams request, CancellationToken cancellationToken) =>
        registers.ListAsync<TeamRow>(request.Page, rows => rows, row => row.Id, cancellationToken);
}
