using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Policies;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Policies;

/// <summary>A set comes into force by two people: one proposes it, and another, who wrote none of what it changes, adopts it.</summary>
public sealed class ProposingAPolicySet
{
    private static readonly Actor
        Carl = ComplianceOfficer, Rita = RiskOfficer, Otto = new("otto", true, [Roles.ComplianceOfficer]), Folder = new("system:folder", false, []),
        RitasKey = new("key:k3", false, [Roles.ComplianceOfficer], "risk");

    private static Given<PolicySetHistory> Born() => Given.Events<PolicySetHistory>(PolicySetHistory.Evolve, new PolicySetAdopted(Digest(1), [new("gate/release.yaml", "one")], "system:birth", "system:birth", Noon));

    private static ProposePolicySet Set(int number, string origin = PolicySetOrigin.Request, int @base = 1, params string[] authors) => new(
        $"p{number}", Digest(number), Digest(@base), origin, [new("gate/release.yaml", $"text {number}")], [new("gate/release.test.yaml", "test")],
        [new("gate/release.yaml", "changed", Digest(100 + number), authors)], new([], new(1, 2, 0, [])), null);

    private static Func<PolicySetHistory, Decision> By(Actor actor, PolicySetCommand command) => history => PolicySetDecider.Decide(history, command, actor, Noon);

    private static AdoptProposedSet Adopting(int number) => new($"p{number}", Text("fine"));

    private static Given<PolicySetHistory> Proposed(Actor by, ProposePolicySet set) => Born().Done(By(by, set));

    [Fact]
    public void Changes_nothing_until_somebody_else_adopts_it()
    {
        var proposed = Proposed(Carl, Set(2));
        proposed.State.InForce!.Digest.ShouldBe(Digest(1));
        proposed.State.Open.ShouldHaveSingleItem().Changes.ShouldHaveSingleItem().Authors.ShouldBe(["compliance"]);

        var adopted = proposed.When(By(Rita, Adopting(2))).Then(
            new PolicySetAdopted(Digest(2), [new("gate/release.yaml", "text 2")], "compliance", "risk", Noon, "p2", Text("fine"), [new("gate/release.test.yaml", "test")]));
        adopted.InForce!.Digest.ShouldBe(Digest(2));
        adopted.Open.ShouldBeEmpty();
        adopted.Proposals["p2"].ShouldSatisfyAllConditions(p => p.State.ShouldBe("adopted"), p => p.ClosedBy.ShouldBe("risk"), p => p.Documents.ShouldBeEmpty());
        adopted.Adopted.Select(a => (a.Digest, a.Proposal)).ShouldBe([(Digest(1), null), (Digest(2), "p2")]);
    }

    [Fact]
    public void Is_never_adopted_by_who_proposed_it_whatever_credential_is_used()
    {
        Proposed(Carl, Set(2)).When(By(Carl, Adopting(2))).ThenRefused("second-person-required", RefusalKind.Forbidden);
        Proposed(Carl, Set(2)).When(By(Otto.Through("compliance"), Adopting(2))).ThenRefused("second-person-required");
        Proposed(RitasKey, Set(2)).When(By(Rita, Adopting(2))).ThenRefused("second-person-required");
    }

    [Fact]
    public void Is_never_adopted_by_who_wrote_what_it_changes()
    {
        Proposed(Carl, Set(2, authors: "risk")).When(By(Rita, Adopting(2))).ThenRefused("author-adopts", RefusalKind.Forbidden).Why.ShouldContain("gate/release.yaml");
        Proposed(Carl, Set(2, authors: "risk")).When(By(Otto.Through("risk"), Adopting(2))).ThenRefused("author-adopts");
        Proposed(Carl, Set(2, authors: "risk")).When(By(Otto, Adopting(2))).ThenAccepted();
    }

    /// <summary>Whoever brought a document once has written it, also when somebody else brings it again.</summary>
    [Fact]
    public void Remembers_whose_a_document_was()
    {
        var again = Proposed(Carl, Set(2)).Done(By(Rita, new RejectProposedSet("p2", Text("not yet")))).Done(By(Rita, Set(2) with { Id = "p3" }));
        again.State.Open.ShouldHaveSingleItem().Changes.ShouldHaveSingleItem().Authors.ShouldBe(["compliance"]);
        again.When(By(Carl, Adopting(3))).ThenRefused("author-adopts");
        again.When(By(Otto, Adopting(3))).ThenAccepted();
    }

    [Fact]
    public void Is_adopted_by_people_only() => Proposed(Carl, Set(2)).When(By(RitasKey, Adopting(2))).ThenRefused("adoption-not-human", RefusalKind.Forbidden);

    [Fact]
    public void Is_not_adopted_over_an_obstacle()
    {
        var obstacle = new Refusal("policy-tests-failed", "One of the tests fails, so it is not adopted.", RefusalKind.Unprocessable);
        Proposed(Carl, Set(2)).When(By(Rita, Adopting(2) with { Obstacle = obstacle })).ThenRefused("policy-tests-failed", RefusalKind.Unprocessable);
        Proposed(Carl, Set(2)).When(By(Carl, Adopting(2) with { Obstacle = obstacle })).ThenRefused("second-person-required");
        Proposed(Folder, Set(2, PolicySetOrigin.Folder)).When(By(Rita, Adopting(2) with { Obstacle = obstacle })).ThenRefused("policy-tests-failed");
    }

    [Fact]
    public void Is_overtaken_when_another_set_is_adopted()
    {
        var two = Proposed(Carl, Set(2)).Done(By(Carl, Set(3))).Done(By(Rita, Adopting(2)));
        two.When(By(Rita, Adopting(3))).ThenRefused("proposal-overtaken", RefusalKind.Conflict);
        two.When(By(Rita, new RejectProposedSet("p3", null))).ThenRefused("proposal-overtaken");
        two.State.Open.ShouldBeEmpty();
    }

    [Fact]
    public void Is_over_once_it_was_adopted_or_rejected()
    {
        var rejected = Proposed(Carl, Set(2)).Done(By(Carl, new RejectProposedSet("p2", Text("a mistake"))));
        rejected.When(By(Rita, Adopting(2))).ThenRefused("proposal-closed", RefusalKind.Conflict).Why.ShouldContain("rejected");
        rejected.When(By(Rita, new RejectProposedSet("p2", null))).ThenRefused("proposal-closed");
        Born().When(By(Rita, Adopting(9))).ThenRefused("proposal-unknown", RefusalKind.NotFound);
    }

    [Fact]
    public void Is_refused_for_what_is_in_force_or_proposed_already()
    {
        Born().When(By(Carl, Set(1))).ThenRefused("policy-set-in-force", RefusalKind.Conflict);
        Proposed(Carl, Set(2)).When(By(Rita, Set(2) with { Id = "p3" })).ThenRefused("already-proposed", RefusalKind.Conflict).Why.ShouldContain("p2");
        Born().When(By(Carl, Set(2) with { Documents = [] })).ThenRefused("policy-set-empty", RefusalKind.Unprocessable);
    }

    [Fact]
    public void Is_refused_when_too_many_wait() =>
        Enumerable.Range(2, 20).Aggregate(Born(), (given, number) => given.Done(By(Carl, Set(number)))).When(By(Carl, Set(40))).ThenRefused("too-many-proposals", RefusalKind.Conflict);

    /// <summary>Nobody knows who changed a folder, so two people stand behind what it says: one puts it forward, another adopts it.</summary>
    [Fact]
    public void Wants_two_people_where_only_a_folder_says_it()
    {
        var found = Proposed(Folder, Set(2, PolicySetOrigin.Folder));
        found.State.Open.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.IsBacked.ShouldBeFalse(), p => p.Changes[0].Authors.ShouldBeEmpty());
        found.When(By(Rita, Adopting(2))).Then(new PolicySetSeconded("p2", Text("fine"), ["risk"], "risk", Noon));
        var seconded = found.Done(By(Rita, Adopting(2)));
        seconded.When(By(Rita, Adopting(2))).ThenRefused("second-person-required");
        seconded.When(By(Carl, Adopting(2))).ThenAccepted().InForce!.ShouldSatisfyAllConditions(a => a.ProposedBy.ShouldBe("risk"), a => a.By.ShouldBe("compliance"));
    }

    [Fact]
    public void Takes_the_place_of_what_the_folder_held_before()
    {
        var later = Proposed(Folder, Set(2, PolicySetOrigin.Folder)).Done(By(Carl, Set(4))).Done(By(Folder, Set(3, PolicySetOrigin.Folder)));
        later.State.Proposals["p2"].State.ShouldBe("replaced");
        later.State.Open.Select(p => p.Id).ShouldBe(["p3", "p4"]);
    }

    [Fact]
    public void Is_not_made_of_a_folder_that_holds_what_is_known()
    {
        Born().When(By(Folder, Set(1, PolicySetOrigin.Folder))).ThenNothing();
        Proposed(Carl, Set(2)).When(By(Folder, Set(2, PolicySetOrigin.Folder))).ThenNothing();
        // An older program beside a newer set: its folder holds what was in force once, or what was rejected.
        Proposed(Carl, Set(2)).Done(By(Rita, Adopting(2))).When(By(Folder, Set(1, PolicySetOrigin.Folder, 2))).ThenNothing();
        Proposed(Folder, Set(2, PolicySetOrigin.Folder)).Done(By(Rita, new RejectProposedSet("p2", null))).When(By(Folder, Set(2, PolicySetOrigin.Folder) with { Id = "p3" })).ThenNothing();
    }

    [Fact]
    public void Goes_back_to_an_earlier_set_by_two_people_too()
    {
        var second = Proposed(Carl, Set(2)).Done(By(Rita, Adopting(2)));
        var back = second.Done(By(Rita, Set(1, PolicySetOrigin.Rollback, 2)));
        back.State.Open.ShouldHaveSingleItem().Changes.ShouldHaveSingleItem().Authors.ShouldBeEmpty();
        back.When(By(Rita, Adopting(1))).ThenRefused("second-person-required");
        back.When(By(Carl, Adopting(1))).ThenAccepted().InForce!.Digest.ShouldBe(Digest(1));
    }
}
