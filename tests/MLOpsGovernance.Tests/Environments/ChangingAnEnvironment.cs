using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Environments;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Environments;

public sealed class ChangingAnEnvironment
{
    private static readonly PutEnvironment Nothing = new("staging", null, null, null, null);

    private static Given<DeploymentEnvironment> Registered() => Given.Events<DeploymentEnvironment>(DeploymentEnvironment.Evolve, new EnvironmentRegistered("staging", "eu", "kubernetes", "root", Noon));

    [Fact]
    public void Keeps_what_is_left_out()
    {
        Registered().When(environment => By(environment, Nothing with { Region = "us" })).Then(new EnvironmentChanged("us", "kubernetes", "root", Noon));
        Registered().When(environment => By(environment, Nothing with { Target = "kserve" })).Then(new EnvironmentChanged("eu", "kserve", "root", Noon));
        Registered().When(environment => By(environment, Nothing)).ThenNothing();
    }

    [Fact]
    public void Begins_with_no_region_and_any_target() =>
        Given.Events<DeploymentEnvironment>(DeploymentEnvironment.Evolve).When(environment => By(environment, Nothing)).Then(new EnvironmentRegistered("staging", null, "other", "root", Noon));

    private static Decision By(DeploymentEnvironment environment, EnvironmentCommand command) => EnvironmentDecider.Decide(environment, command, Root, Noon);
}
