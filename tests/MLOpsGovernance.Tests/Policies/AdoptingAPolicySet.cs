using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Policies;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Policies;

public sealed class AdoptingAPolicySet
{
    private static readonly AdoptPolicySet First = new(Digest(1), [new("gate/release.yaml", "text")], AtBirthOnly: true), Second = new(Digest(2), [new("gate/release.yaml", "other")], AtBirthOnly: false);

    private static readonly Actor Development = new("system:development", false, []);

    private static Given<PolicySetHistory> Nothing() => Given.Events<PolicySetHistory>(PolicySetHistory.Evolve);

    private static Func<PolicySetHistory, Decision> By(Actor actor, PolicySetCommand command) => history => PolicySetDecider.Decide(history, command, actor, Noon);

    [Fact]
    public void Keeps_the_documents_themselves() =>
        Nothing().When(By(Birth, First)).Then(new PolicySetAdopted(Digest(1), [new("gate/release.yaml", "text")], "system:birth", "system:birth", Noon)).InForce.ShouldNotBeNull().Digest.ShouldBe(Digest(1));

    [Fact]
    public void Happens_at_birth_only_where_nothing_was_adopted() => Nothing().Done(By(Development, Second)).When(By(Birth, First)).ThenNothing();

    [Fact]
    public void Follows_the_folder_in_development()
    {
        Nothing().Done(By(Birth, First)).When(By(Development, Second)).ThenAccepted().InForce.ShouldNotBeNull().Digest.ShouldBe(Digest(2));
        Nothing().Done(By(Development, Second)).When(By(Development, Second)).ThenNothing();
    }

    [Fact]
    public void Is_refused_for_an_empty_set() => Nothing().When(By(Birth, First with { Documents = [] })).ThenRefused("policy-set-empty", RefusalKind.Unprocessable);

    public static TheoryData<Actor> Others => [ComplianceOfficer, RiskOfficer, Root, Pipeline, AdasKey];

    [Theory]
    [MemberData(nameof(Others))]
    public void Is_refused_to_anybody_alone(Actor actor)
    {
        Nothing().When(By(actor, First)).ThenRefused("second-person-required", RefusalKind.Forbidden);
        Nothing().Done(By(Birth, First)).When(By(actor, Second)).ThenRefused("second-person-required");
    }
}
