using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Maturity;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Waivers;

namespace MLOpsGovernance.Server.Teams;

/// <summary>Which team something belongs to, and whether the caller, or the owner of the caller's credential, belongs to that team.</summary>
internal sealed class TeamMembership(Grains grains, Caller caller)
{
    /// <summary>The answer, and the guard under which it stays true.</summary>
    public async Task<(bool InTeam, IReadOnlyList<Guard> Guards)> OfCallerAsync(string team)
    {
        if (team.Length == 0) return (false, []);
        var read = await grains.Of<ITeamGrain>(team).Read();
        return (read.State.Includes(caller.Actor), [new($"team:{team}", read.Version)]);
    }

    /// <summary>The team that a request writes for; null where it is about nothing that a team has, or about what is not there, which its own rules refuse.</summary>
    public async Task<string?> TeamOfAsync(IAimed request) => (request, request.Stream.Split(':', 2)) switch
    {
        (IRegistered registered, _) => registered.Team,
        (_, ["team", var name]) => name,
        (_, ["model", var name]) => (await grains.Of<IModelGrain>(name).Read()).State is { Exists: true } model ? model.Team : null,
        (_, ["dataset", var name]) => (await grains.Of<IDatasetGrain>(name).Read()).State is { Exists: true } dataset ? dataset.Team : null,
        (_, ["waiver", var id]) when Name.IsSubject(id) => (await grains.Of<IWaiverGrain>(id).Read()).State is { Exists: true } waiver ? waiver.Team : null,
        (_, ["assessment", var id]) when Name.IsSubject(id) => (await grains.Of<IAssessmentGrain>(id).Read()).State is { Exists: true } assessment ? assessment.Team : null,
        _ => null,
    };

    /// <summary>True also for a team that is not there: nothing is written for it.</summary>
    public async Task<bool> LetsWriteAsync(string team) => (await grains.Of<ITeamGrain>(team).Read()).State is not { Exists: true } known || known.LetsWrite(caller.Actor);
}
