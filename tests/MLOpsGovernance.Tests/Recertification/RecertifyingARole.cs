using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Subjects;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Recertification;

public sealed class RecertifyingARole
{
    private static readonly RecertifyRole Again = new("eve", Roles.ModelValidator, Text("still validates"));

    private static Given<Subject> Validator() => Given.Events<Subject>(Subject.Evolve, new RoleGranted("eve", Roles.ModelValidator, null, "root", Noon));

    private static Func<Subject, Decision> By(Actor actor, SubjectCommand command) => subject => SubjectDecider.Decide(subject, command, actor, Noon.AddDays(80));

    [Fact]
    public void Is_for_an_administrator_who_does_not_hold_it()
    {
        var eve = Validator().When(By(Root, Again)).Then(new RoleRecertified("eve", Roles.ModelValidator, Text("still validates"), "root", null, Noon.AddDays(80)));
        RecertificationTerms.Default.DueAt(eve.Grants[Roles.ModelValidator].GrantedAt, eve.Grants[Roles.ModelValidator].Recertified).ShouldBe(Noon.AddDays(80).AddMonths(3));
        eve.GrantedRoles.ShouldBe([Roles.ModelValidator]);
    }

    [Fact]
    public void Is_refused_to_everybody_else()
    {
        Validator().When(By(new("eve", true, [Roles.Administrator]), Again)).ThenRefused("recertifier-is-holder", RefusalKind.Forbidden);
        Validator().When(By(Root.Through("eve"), Again)).ThenRefused("recertifier-is-holder");
        Validator().When(By(Ada, Again)).ThenRefused("administrator-required", RefusalKind.Forbidden);
        Validator().When(By(new("robot", false, [Roles.Administrator]), Again)).ThenRefused("administrator-required");
    }

    [Fact]
    public void Is_refused_where_the_role_is_not_granted()
    {
        Validator().When(By(Root, Again with { Role = Roles.Viewer })).ThenRefused("role-not-granted", RefusalKind.NotFound);
        Validator().And(new RoleRevoked("eve", Roles.ModelValidator, null, "root", Noon)).When(By(Root, Again)).ThenRefused("role-not-granted");
    }

    [Fact]
    public void Begins_anew_with_a_new_grant()
    {
        var eve = Validator().Done(By(Root, Again)).And(new RoleRevoked("eve", Roles.ModelValidator, null, "root", Noon), new RoleGranted("eve", Roles.ModelValidator, null, "root", Noon.AddDays(90))).State;
        eve.Grants[Roles.ModelValidator].ShouldBe(new(Noon.AddDays(90), null));
    }
}
