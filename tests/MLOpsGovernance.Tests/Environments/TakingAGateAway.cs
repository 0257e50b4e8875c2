using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Environments;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Environments;

public sealed class TakingAGateAway
{
    private static readonly PutEnvironment Ungate = new("staging", false, "eu", "kubernetes", Text("for tests")), Gate = Ungate with { Gated = true }, Keep = Ungate with { Gated = null };

    private static Given<DeploymentEnvironment> Registered() => Given.Events<DeploymentEnvironment>(DeploymentEnvironment.Evolve, new EnvironmentRegistered("staging", "eu", "kubernetes", "root", Noon));

    private static Given<DeploymentEnvironment> Proposed(Actor by) => Registered().Done(By(by, Ungate));

    private static Func<DeploymentEnvironment, Decision> By(Actor actor, EnvironmentCommand command) => environment => EnvironmentDecider.Decide(environment, command, actor, Noon);

    [Fact]
    public void Needs_two_people()
    {
        var proposed = Registered().When(By(Root, Ungate)).Then(new EnvironmentUngatingProposed(Text("for tests"), ["root"], "root", Noon));
        (proposed.Gated, proposed.UngatingProposedBy.Single()).ShouldBe((true, "root"));
        var ungated = Proposed(Root).When(By(ComplianceOfficer, Ungate)).Then(new EnvironmentUngated(Text("for tests"), "compliance", Noon));
        (ungated.Gated, ungated.UngatingProposedBy.Count).ShouldBe((false, 0));
    }

    [Fact]
    public void Is_refused_to_the_first_person_a_second_time_whatever_the_credential()
    {
        Proposed(Root).When(By(Root, Ungate)).ThenRefused("second-person-required", RefusalKind.Forbidden);
        Proposed(Root).When(By(ComplianceOfficer.Through("root"), Ungate)).ThenRefused("second-person-required");
        Proposed(Root.Through("compliance")).When(By(ComplianceOfficer, Ungate)).ThenRefused("second-person-required");
    }

    [Fact]
    public void Is_not_slipped_in_by_the_first_person_with_another_change() =>
        Proposed(Root).When(By(Root, Ungate with { Region = "us" })).Then(new EnvironmentChanged("us", "kubernetes", "root", Noon)).Gated.ShouldBeTrue();

    [Fact]
    public void Is_refused_to_machines() => Registered().When(By(EvesKey, Ungate)).ThenRefused("ungating-not-human", RefusalKind.Forbidden);

    [Fact]
    public void Is_dropped_or_undone_by_one_person()
    {
        var dropped = Proposed(Root).When(By(ComplianceOfficer, Gate)).Then(new EnvironmentGated(Text("for tests"), "compliance", Noon));
        dropped.UngatingProposedBy.ShouldBeEmpty();
        Proposed(Root).Done(By(ComplianceOfficer, Ungate)).When(By(Root, Gate)).ThenAccepted().Gated.ShouldBeTrue();
        Proposed(Root).Done(By(ComplianceOfficer, Gate)).When(By(ComplianceOfficer, Ungate)).ThenAccepted().Gated.ShouldBeTrue();
    }

    [Fact]
    public void Is_nothing_where_there_is_none_and_leaves_it_alone_when_not_asked()
    {
        Proposed(Root).Done(By(ComplianceOfficer, Ungate)).When(By(Root, Ungate)).ThenNothing();
        Registered().When(By(Root, Gate)).ThenNothing();
        Registered().When(By(Root, Keep)).ThenNothing();
        Proposed(Root).When(By(ComplianceOfficer, Keep)).ThenNothing();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    public void Does_not_happen_by_registering_an_environment_which_is_born_gated(bool? gated) =>
        Given.Events<DeploymentEnvironment>(DeploymentEnvironment.Evolve).When(By(Root, Ungate with { Gated = gated })).Then(new EnvironmentRegistered("staging", "eu", "kubernetes", "root", Noon)).Gated.ShouldBeTrue();

    [Fact]
    public void Is_only_proposed_when_an_environment_is_registered_without_a_gate() =>
        Given.Events<DeploymentEnvironment>(DeploymentEnvironment.Evolve).When(By(Root, Ungate)).Then(
            new EnvironmentRegistered("staging", "eu", "kubernetes", "root", Noon), new EnvironmentUngatingProposed(Text("for tests"), ["root"], "root", Noon)).Gated.ShouldBeTrue();

    [Fact]
    public void Leaves_region_and_target_to_be_changed()
    {
        var changed = Registered().When(By(Root, Keep with { Region = "us", Target = "seldon" })).Then(new EnvironmentChanged("us", "seldon", "root", Noon));
        (changed.Region, changed.Target, changed.Gated).ShouldBe(("us", "seldon", true));
    }
}
