using System.Reflection;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Teams;

namespace MLOpsGovernance.Server.Requests;

/// <summary>
/// Who writes for which team, in one place. Contributors and engineering leads write for the teams they belong to, a credential for those it covers, administrators for all; every other role
/// acts from outside the team, which is what it is there for.
/// </summary>
internal sealed class TeamAuthorization<TRequest, TResponse>(Caller caller, TeamMembership membership, GrainCommands commands) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, IAimed
    where TResponse : IRefusable<TResponse>
{
    private static readonly bool AnyTeam = typeof(TRequest).GetCustomAttribute<AnyTeamAttribute>() is not null;

    private static readonly string[] FromOutside = [Roles.Administrator, .. (typeof(TRequest).GetCustomAttribute<RequiresRoleAttribute>()?.Roles ?? []).Except(Roles.OfTeams, StringComparer.Ordinal)];

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (await RefusalAsync(request) is not { } refusal) return await next();
        await commands.NoteAsync(request.Stream, UseCase.Of(typeof(TRequest)), refusal);
        return TResponse.Refused(refusal);
    }

    private async Task<Refusal?> RefusalAsync(TRequest request)
    {
        var member = !AnyTeam && !caller.Actor.HoldsAny(FromOutside);
        // What nobody's team has to do with is not looked up: the gate is asked thousands of times a second.
        if ((!member && caller.Scope is null) || await membership.TeamOfAsync(request) is not { } team) return null;
        return !caller.CoversTeam(team) ? new("out-of-scope", $"The credential of {caller.Actor.Subject} does not cover team {team}.", RefusalKind.Forbidden)
            : member && !await membership.LetsWriteAsync(team)
                ? new("not-in-team", $"{caller.Actor.Subject} does not belong to team {team}: its members, who formed it and administrators write for it.", RefusalKind.Forbidden)
            : null;
    }
}
