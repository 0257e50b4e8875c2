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

    [Theory]
    [InlineData("key:k1")]
    [InlineData("system:gate")]
    public void Does_not_make_a_person_of_a_machine(string subject) =>
        Formed().When(By(Ada, new PutMember(subject, ["mlops-engineer"], []))).ThenRefused("member-not-a-person", RefusalKind.Unprocessable).Why.ShouldContain(subject);

    [Fact]
    public void Keeps_members_in_ordinal_order() =>
        Formed().And(new MemberJoined("b", [], [], "ada", Noon), new MemberJoined("B", [], [], "ada", Noon), new MemberJoined("a", [], [], "ada", Noon)).State.Members.Keys.ShouldBe(["B", "a", "b"]);
}
