using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Teams;

internal static class TeamEndpoints
{
    internal sealed record TeamBody(string Name, string? DisplayName = null);

    internal sealed record TeamChangeBody(string? DisplayName = null);

    internal sealed record MemberBody(IReadOnlyList<string> Functions, IReadOnlyList<string>? Skills = null);

    public static void MapTeams(this IEndpointRouteBuilder api)
    {
        var teams = api.MapGroup("/teams").WithTags("Teams");
        teams.MapPost("", async (Body<TeamBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new FormTeam(body.Value.Name, body.Value.DisplayName), cancellationToken)).ToHttp()).Answers<TeamView>(201).WithSummary("Form a team");
        teams.MapGet("", async ([AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListTeams(page), cancellationToken)).ToHttp()).Answers<Listed<TeamRow>>().WithSummary("All teams");
        teams.MapGet("/{team}", async (string team, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadTeam(team), cancellationToken)).ToHttp()).Answers<TeamView>().WithSummary("A team and its members");
        teams.MapPut("/{team}", async (string team, Body<TeamChangeBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RenameTeam(team, body.Value.DisplayName), cancellationToken)).ToHttp()).Answers<TeamView>().WithSummary("Rename a team");
        teams.MapPut("/{team}/members/{subject}", async (string team, string subject, Body<MemberBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new PutMember(team, subject, body.Value.Functions, body.Value.Skills ?? []), cancellationToken)).ToHttp()).Answers<TeamView>().WithSummary("Add or change a member");
        teams.MapDelete("/{team}/members/{subject}", async (string team, string subject, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RemoveMember(team, subject), cancellationToken)).ToHttp()).Answers<TeamView>().WithSummary("Remove a member");
    }
}
