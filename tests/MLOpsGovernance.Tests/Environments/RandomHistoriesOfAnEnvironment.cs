using CsCheck;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Environments;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Environments;

public sealed class RandomHistoriesOfAnEnvironment
{
    /// <summary>Two of them act with credentials that another one answers for.</summary>
    private static readonly Actor[] Actors = [Root, ComplianceOfficer, Root.Through("ada"), new("key:k9", false, [Roles.Pipeline], "root"), new("desk", true, [Roles.Administrator], "compliance")];

    private static readonly Gen<(int Who, bool? Gated, string Region)[]> Histories =
        Gen.Select(Gen.Int[0, 4], Gen.OneOf<bool?>(true, false, false, null), Gen.OneOf("eu", "us")).Array[1, 15];

    [Fact]
    public void Never_take_a_gate_away_without_two_people() => Histories.Sample(Play, iter: 5_000);

    private static void Play((int Who, bool? Gated, string Region)[] moves)
    {
        var (environment, history) = (new DeploymentEnvironment(), new List<object>());
        HashSet<string> askedBy = [];
        foreach (var (who, gated, region) in moves)
        {
            var (actor, before) = (Actors[who], environment.Gated);
            var decision = EnvironmentDecider.Decide(environment, new PutEnvironment("staging", gated, region, "other", null), actor, Noon);
            if (decision.Refusal is not null) decision.Events.ShouldBeEmpty();
            history.AddRange(decision.Events);
            environment = decision.Events.Aggregate(environment, DeploymentEnvironment.Evolve);

            if (before && !environment.Gated)
            {
                actor.Human.ShouldBeTrue();
                askedBy.ShouldNotBeEmpty();
                askedBy.Overlaps(actor.Parties).ShouldBeFalse("the second person is another one");
            }

            // Only a request that is on the table counts: one that was dropped or carried out does not.
            if (gated is true || !environment.Gated) askedBy = [];
            else if (gated is false && decision.Refusal is null && askedBy.Count == 0) askedBy = [.. actor.Parties];
            environment.UngatingProposedBy.ShouldBe(askedBy);
        }

        Given.Said(history.Aggregate(new DeploymentEnvironment(), DeploymentEnvironment.Evolve)).ShouldBe(Given.Said(environment));
    }
}
