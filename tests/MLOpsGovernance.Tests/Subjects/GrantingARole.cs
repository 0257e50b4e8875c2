using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Subjects;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Subjects;

public sealed class GrantingARole
{
    private static Given<Subject> Somebody(params object[] events) => Given.Events<Subject>(Subject.Evolve, events);

    private static RoleGranted Granted(string role) => new("eve", role, null, "root", Noon);

    private static Func<Subject, Decision> By(Actor actor, SubjectCommand command) => subject => SubjectDecider.Decide(subject, command, actor, Noon);

    [Fact]
    public void Is_for_an_administrator_who_is_not_the_grantee()
    {
        Somebody().When(By(Root, new GrantRole("eve", Roles.ModelValidator, Text("trained")))).Then(new RoleGranted("eve", Roles.ModelValidator, Text("trained"), "root", Noon))
            .GrantedRoles.ShouldBe([Roles.ModelValidator]);
        Somebody().When(By(Root, new GrantRole("root", Roles.Viewer, null))).ThenRefused("grantee-is-grantor", RefusalKind.Forbidden);
        Somebody().When(By(Root.Through("eve"), new GrantRole("eve", Roles.Viewer, null))).ThenRefused("grantee-is-grantor");
    }

    public static TheoryData<Actor> Others => [Ada, Eve, ComplianceOfficer, AdasKey, new Actor("robot", false, [Roles.Administrator]), Birth];

    [Theory]
    [MemberData(nameof(Others))]
    public void Is_refused_to_everybody_else(Actor actor) => Somebody().When(By(actor, new GrantRole("zoe", Roles.Viewer, null))).ThenRefused("administrator-required", RefusalKind.Forbidden);

    [Theory]
    [InlineData(Roles.ModelValidator)]
    [InlineData(Roles.AiRiskOfficer)]
    [InlineData(Roles.ChiefRiskOfficer)]
    [InlineData(Roles.ComplianceOfficer)]
    public void Never_makes_one_person_administer_and_approve(string role)
    {
        Somebody(Granted(Roles.Administrator)).When(By(Root, new GrantRole("eve", role, null))).ThenRefused("administrator-never-approves", RefusalKind.Conflict);
        Somebody(Granted(role)).When(By(Root, new GrantRole("eve", Roles.Administrator, null))).ThenRefused("approver-never-administers", RefusalKind.Conflict);
        Somebody(Granted(role), new RoleRevoked("eve", role, null, "root", Noon)).When(By(Root, new GrantRole("eve", Roles.Administrator, null))).ThenAccepted();
    }

    [Fact]
    public void Is_nothing_when_it_was_granted_already() => Somebody(Granted(Roles.Viewer)).When(By(Root, new GrantRole("eve", Roles.Viewer, null))).ThenNothing();

    [Fact]
    public void Can_be_taken_back_by_an_administrator()
    {
        Somebody(Granted(Roles.Viewer)).When(By(Root, new RevokeRole("eve", Roles.Viewer, Text("left")))).Then(new RoleRevoked("eve", Roles.Viewer, Text("left"), "root", Noon)).GrantedRoles.ShouldBeEmpty();
        Somebody(Granted(Roles.Viewer)).When(By(Eve, new RevokeRole("eve", Roles.Viewer, null))).ThenRefused("administrator-required");
        Somebody().When(By(Root, new RevokeRole("eve", Roles.Viewer, null))).ThenRefused("role-not-granted", RefusalKind.NotFound);
    }
}
