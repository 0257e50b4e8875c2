using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Subjects;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Subjects;

public sealed class SeedingTheFirstAdministrator
{
    private static readonly GrantRole Seed = new("root", Roles.Administrator, null, Seed: true);

    private static Given<Subject> Nobody() => Given.Events<Subject>(Subject.Evolve);

    private static Func<Subject, Decision> By(Actor actor, SubjectCommand command) => subject => SubjectDecider.Decide(subject, command, actor, Noon);

    [Fact]
    public void Is_done_once_by_the_service_itself()
    {
        var seeded = Nobody().Done(By(Birth, Seed));
        seeded.State.GrantedRoles.ShouldBe([Roles.Administrator]);
        seeded.When(By(Birth, Seed)).ThenNothing();
    }

    [Fact]
    public void Does_not_bring_back_what_another_administrator_took_away()
    {
        var dismissed = Nobody().Done(By(Birth, Seed)).Done(By(new("second", true, [Roles.Administrator]), new RevokeRole("root", Roles.Administrator, null)));
        dismissed.When(By(Birth, Seed)).ThenNothing();
        dismissed.Done(By(new("second", true, [Roles.Administrator]), new GrantRole("root", Roles.ModelValidator, null))).When(By(Birth, Seed)).ThenNothing();
        dismissed.Done(By(new("second", true, [Roles.Administrator]), new GrantRole("root", Roles.Administrator, null))).State.TakenBack.ShouldBeEmpty();
    }

    [Fact]
    public void Is_refused_where_the_subject_approves() =>
        Nobody().And(new RoleGranted("root", Roles.ModelValidator, null, "second", Noon)).When(By(Birth, Seed)).ThenRefused("approver-never-administers");

    public static TheoryData<Actor> Others => [Root, Ada, Pipeline, new Actor("system:birth", true, []), new Actor("system:birth", false, [Roles.Administrator]), new Actor("system:birth", false, [], "ada")];

    [Theory]
    [MemberData(nameof(Others))]
    public void Is_refused_to_everybody_else(Actor actor) => Nobody().When(By(actor, Seed)).ThenRefused("seed-not-allowed", RefusalKind.Forbidden);

    [Fact]
    public void Is_refused_for_any_other_role() => Nobody().When(By(Birth, Seed with { Role = Roles.ModelValidator })).ThenRefused("seed-not-allowed");
}
