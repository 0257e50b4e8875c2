using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Teams;

/// <summary>Whether the caller, or the owner of the caller's credential, belongs to a team.</summary>
internal sealed class TeamMembership(IGrainFactory grains, Caller caller)
{
    /// <summary>The answer, and the guard under which it stays true.</summary>
    public async Task<(bool InTeam, IReadOnlyList<Guard> Guards)> OfCallerAsync(string team)
    {
        if (team.Length == 0) return (false, []);
        var read = await grains.GetGrain<ITeamGrain>(team).Read();
        return (caller.Actor.Parties.Any(read.State.Members.ContainsKey), [new($"team:{team}", read.Version)]);
    }

    public Refusal OutOfScope(string team) => new("out-of-scope", $"The credential of {caller.Actor.Subject} does not cover team {team}.", RefusalKind.Forbidden);
}
