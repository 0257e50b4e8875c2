using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Environments;

[Alias("environment-grain.v1")]
internal interface IEnvironmentGrain : IStreamGrain<DeploymentEnvironment, EnvironmentCommand>;

internal sealed class EnvironmentGrain(StreamStorage storage) : StreamGrain<DeploymentEnvironment, EnvironmentCommand>(storage), IEnvironmentGrain
{
    protected override string Stream => $"environment:{this.GetPrimaryKeyString()}";

    protected override DeploymentEnvironment Fold(DeploymentEnvironment state, object e) => DeploymentEnvironment.Evolve(state, e);

    protected override Decision Decide(DeploymentEnvironment state, EnvironmentCommand command, Actor actor, DateTimeOffset at) => EnvironmentDecider.Decide(state, command, actor, at);
}
