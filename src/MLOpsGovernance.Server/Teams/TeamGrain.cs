using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Teams;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Teams;

[Alias("team-grain.v1")]
internal interface ITeamGrain : IStreamGrain<Team, TeamCommand>;

internal sealed class TeamGrain(StreamStorage storage) : StreamGrain<Team, TeamCommand>(storage), ITeamGrain
{
    protected override string Stream => $"team:{this.GetPrimaryKeyString()}";

    protected override Team Fold(Team state, object e) => Team.Evolve(state, e);

    protected override Decision Decide(Team state, TeamCommand command, Actor actor, DateTimeOffset at) => TeamDecider.Decide(state, command, actor, at);
}
