using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Erasures;
using MLOpsGovernance.Domain.Subjects;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Erasures;

public sealed class ErasingAPerson
{
    private static readonly ErasureObstacles None = new(["k1"], [], null);

    private static readonly RequestErasure Request = new("e1", "zoe", Text("she asked"), None);

    private static readonly AgreeToErasure Agree = new("objection", Text("she may"), None);

    private static Given<Erasure> Nothing() => Given.Events<Erasure>(Erasure.Evolve);

    private static Given<Erasure> Requested() => Nothing().Done(By(Ada, Request));

    [Fact]
    public void Takes_two_people_and_names_the_ground_and_the_keys()
    {
        Nothing().When(By(Ada, Request)).Then(new ErasureRequested("e1", "zoe", Text("she asked"), "ada", null, Noon)).State.ShouldBe(Erasure.Requested);
        var done = Requested().When(By(Bob, Agree)).Then(new ErasureCompleted("zoe", "objection", ["k1"], Text("she may"), "bob", Noon));
        (done.State, done.LegalBasis, done.DecidedBy).ShouldBe((Erasure.Completed, "objection", "bob"));
    }

    [Fact]
    public void Can_be_rejected_by_the_second_person() =>
        Requested().When(By(Bob, new RejectErasure(Text("no")))).Then(new ErasureRejected("zoe", Text("no"), "bob", Noon)).State.ShouldBe(Erasure.Rejected);

    [Fact]
    public void Is_refused_to_whoever_should_not_decide()
    {
        Requested().When(By(Ada, Agree)).ThenRefused("requester-agrees", RefusalKind.Forbidden);
        Requested().When(By(Ada, new RejectErasure(null))).ThenRefused("requester-agrees", RefusalKind.Forbidden);
        Nothing().Done(By(Ada, Request with { Subject = "bob" })).When(By(Bob, Agree)).ThenRefused("subject-agrees", RefusalKind.Forbidden);
        Requested().When(By(AdasKey, Agree)).ThenRefused("eraser-not-human", RefusalKind.Forbidden);
    }

    [Fact]
    public void Is_refused_while_something_keeps_the_texts()
    {
        RetentionDuty duty = new("model:credit", true, Noon.AddDays(1));
        foreach (var obstacles in new[] { None with { Holds = ["h1"] }, None with { Holds = ["h1"], Duty = duty, Keys = [] } })
        {
            Nothing().When(By(Ada, Request with { Obstacles = obstacles })).ThenRefused("legal-hold", RefusalKind.Conflict);
            Requested().When(By(Bob, Agree with { Obstacles = obstacles })).ThenRefused("legal-hold", RefusalKind.Conflict);
        }

        Nothing().When(By(Ada, Request with { Obstacles = None with { Duty = duty } })).ThenRefused("retention-duty", RefusalKind.Conflict);
        Requested().When(By(Bob, Agree with { Obstacles = None with { Duty = duty } })).ThenRefused("retention-duty", RefusalKind.Conflict);
        Nothing().When(By(Ada, Request with { Obstacles = None with { Keys = [] } })).ThenRefused("nothing-to-erase", RefusalKind.NotFound);
    }

    [Fact]
    public void Is_refused_from_the_wrong_state()
    {
        Nothing().When(By(Bob, Agree)).ThenRefused("erasure-unknown", RefusalKind.NotFound);
        Requested().When(By(Bob, Request)).ThenRefused("erasure-exists", RefusalKind.Conflict);
        Requested().Done(By(Bob, Agree)).When(By(Bob, Agree)).ThenRefused("erasure-decided", RefusalKind.Conflict);
    }

    [Fact]
    public void Waits_for_the_duty_that_lasts_longest()
    {
        RetentionTerms terms = new(TimeSpan.FromDays(10), TimeSpan.FromDays(100));
        KeptTexts[] texts = [new("team:flowers", Noon.AddDays(-9), false), new("model:credit", Noon.AddDays(-50), true), new("model:toy", Noon.AddDays(-11), false)];
        RetentionDuty.Of(texts, terms, Noon).ShouldBe(new("model:credit", true, Noon.AddDays(50)));
        RetentionDuty.Of(texts, terms, Noon.AddDays(50)).ShouldBeNull();
        RetentionDuty.Of([], terms, Noon).ShouldBeNull();
    }

    private static Func<Erasure, Decision> By(Actor actor, ErasureCommand command) => erasure => ErasureDecider.Decide(erasure, command, actor, Noon);
}

public sealed class HoldingTexts
{
    private static readonly PlaceLegalHold Place = new("zoe", "h1", Text("a dispute"));

    private static readonly LiftLegalHold Lift = new("zoe", "h1", Text("settled"));

    private static Given<Subject> Nobody() => Given.Events<Subject>(Subject.Evolve);

    [Fact]
    public void Lasts_until_it_is_lifted()
    {
        Nobody().When(By(Ada, Place)).Then(new LegalHoldPlaced("zoe", "h1", Text("a dispute"), "ada", Noon)).Holds.Keys.ShouldBe(["h1"]);
        Nobody().Done(By(Ada, Place)).When(By(Bob, Lift)).Then(new LegalHoldLifted("zoe", "h1", Text("settled"), "bob", Noon)).Holds.ShouldBeEmpty();
    }

    [Fact]
    public void Is_refused_where_it_makes_no_sense()
    {
        Nobody().Done(By(Ada, Place)).When(By(Ada, Place)).ThenRefused("hold-exists", RefusalKind.Conflict);
        Nobody().When(By(Ada, Lift)).ThenRefused("hold-unknown", RefusalKind.NotFound);
        Nobody().When(By(AdasKey, Place)).ThenRefused("holder-not-human", RefusalKind.Forbidden);
        Nobody().Done(By(Ada, Place with { Subject = "bob" })).When(By(Bob, Lift with { Subject = "bob" })).ThenRefused("subject-lifts", RefusalKind.Forbidden);
    }

    private static Func<Subject, Decision> By(Actor actor, SubjectCommand command) => subject => SubjectDecider.Decide(subject, command, actor, Noon);
}
