using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Teams;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Teams;

public sealed class FormingATeam
{
    private static Given<Team> Formed() => Given.Events<Team>(Team.Evolve, new TeamFormed("lending", "Lending", "ada", Noon));

    private static Func<Team, Decision> By(Actor actor, TeamCommand command) => team => TeamDecider.Decide(team, command, actor, Noon);

    [Fact]
    public void Is_recorded_once()
    {
        Given.Events<Team>(Team.Evolve).When(By(Ada, new FormTeam("lending", "Lending"))).Then(new TeamFormed("lending", "Lending", "ada", Noon)).Exists.ShouldBeTrue();
        Formed().When(By(Bob, new FormTeam("lending", null))).ThenRefused("team-exists", RefusalKind.Conflict);
    }

    [Fact]
    public void Comes_before_everything_else() => Given.Events<Team>(Team.Evolve).When(By(Ada, new PutMember("bob", [], []))).ThenRefused("team-unknown", RefusalKind.NotFound);

    [Fact]
    public void Gives_it_a_name_that_can_be_changed()
    {
        Formed().When(By(Ada, new RenameTeam("Loans"))).Then(new TeamRenamed("Loans", "ada", Noon)).DisplayName.ShouldBe("Loans");
        Formed().When(By(Ada, new RenameTeam("Lending"))).ThenNothing();
    }

    [Fact]
    public void Lets_members_join_change_and_leave()
    {
        var joined = Formed().Done(By(Ada, new PutMember("bob", ["data-scientist"], ["python"])));
        joined.State.Members["bob"].Functions.ShouldBe(["data-scientist"]);
        joined.When(By(Ada, new PutMember("bob", ["data-scientist"], ["python"]))).ThenNothing();
        joined.When(By(Ada, new PutMember("bob", ["ml-engineer"], ["python"]))).Then(new MemberChanged("bob", ["ml-engineer"], ["python"], "ada", Noon)).Members["bob"].Functions.ShouldBe(["ml-engineer"]);
        joined.When(By(Ada, new PutMember("bob", ["data-scientist"], ["c#"]))).Then(new MemberChanged("bob", ["data-scientist"], ["c#"], "ada", Noon));
        joined.When(By(Ada, new RemoveMember("bob"))).Then(new MemberLeft("bob", "ada", Noon)).Members.ShouldBeEmpty();
        joined.When(By(Ada, new RemoveMember("eve"))).ThenRefused("member-unknown", RefusalKind.NotFound);
    }

    [Fact]
    public void Makes_a_member_of_who_formed_it_until_they_are_removed()
    {
        Formed().State.Founder.ShouldBe("ada");
        (Formed().State.Includes(Ada), Formed().State.LetsWrite(Ada), Formed().State.LetsWrite(AdasKey), Formed().State.LetsWrite(Bob)).ShouldBe((true, true, true, false));
        var alone = Formed().Done(By(Ada, new PutMember("bob", [], []))).Done(By(Bob, new RemoveMember("ada")));
        (alone.State.Includes(Ada), alone.State.LetsWrite(Ada), alone.State.LetsWrite(Bob)).ShouldBe((false, false, true));
        alone.When(By(Bob, new RemoveMember("ada"))).ThenRefused("member-unknown", RefusalKind.NotFound);
    }

    [Fact]
    public void Makes_none_of_who_acts_for_other_teams()
    {
        var formed = Given.Events<Team>(Team.Evolve).Done(By(Root, new FormTeam("lending", null)));
        (formed.State.Founder, formed.State.Includes(Root), formed.State.Claimed).ShouldBe((null, false, false));
        Given.Events<Team>(Team.Evolve).When(By(ComplianceOfficer, new FormTeam("lending", null))).Then(new TeamFormed("lending", null, "compliance", Noon, ForOthers: true));
    }

    /// <summary>An empty team protects nobody; one that was left does not open again.</summary>
    [Fact]
    public void Lets_everybody_write_until_somebody_belongs_to_it()
    {
        var formed = Given.Events<Team>(Team.Evolve).Done(By(Root, new FormTeam("lending", null)));
        formed.State.LetsWrite(Bob).ShouldBeTrue();
        var joined = formed.Done(By(Bob, new PutMember("ada", [], [])));
        (joined.State.LetsWrite(Bob), joined.State.LetsWrite(Ada)).ShouldBe((false, true));
        joined.Done(By(Ada, new RemoveMember("ada"))).State.LetsWrite(Bob).ShouldBeFalse();
    }

    [Theory]
    [InlineData("key:k1")]
    [InlineData("system:gate")]
    public void Does_not_make_a_person_of_a_machine(string subject) =>
        Formed().When(By(Ada, new PutMember(subject, ["mlops-engineer"], []))).ThenRefused("member-not-a-person", RefusalKind.Unprocessable).Why.ShouldContain(subject);

    [Fact]
    public void Keeps_members_in_ordinal_order() =>
        Formed().And(new MemberJoined("b", [], [], "ada", Noon), new MemberJoined("B", [], [], "ada", Noon), new MemberJoined("a", [], [], "ada", Noon)).State.Members.Keys.ShouldBe(["B", "a", "b"]);
}
