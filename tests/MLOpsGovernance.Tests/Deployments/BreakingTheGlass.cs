using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Deployments;

public sealed class BreakingTheGlass
{
    private static readonly RequestBreakGlass Ask = new("b1", 1, "production", true, Text("the old one is down"), 90);
    private static readonly ApproveBreakGlass Agree = new("b1", 1, Text("go"), "f1", Text("review afterwards"));

    private static Given<Model> Asked() => Versioned().Done(By(Ada, Ask));

    [Fact]
    public void Needs_a_second_person_and_is_limited_in_time_and_opens_a_finding()
    {
        var asked = Versioned().When(By(Ada, Ask)).Then(new BreakGlassRequested("b1", 1, "production", Digest(1), Text("the old one is down"), 90, ["ada"], "ada", Noon, Digest(101)));
        asked.BreakGlasses[0].IsOpen(Noon).ShouldBeFalse();

        var later = Noon.AddHours(1);
        var model = Asked().When(By(Lead, Agree, later)).Then(
            new BreakGlassApproved("b1", Text("go"), later.AddMinutes(90), "lead", later),
            new FindingOpened("f1", Text("review afterwards"), "high", null, "break-glass:b1", "lead", later, Due: later.AddDays(30)));
        var glass = model.BreakGlasses.ShouldHaveSingleItem();
        (glass.ApprovedBy, glass.Until).ShouldBe(("lead", later.AddMinutes(90)));
        (glass.IsOpen(later.AddMinutes(90).AddTicks(-1)), glass.IsOpen(later.AddMinutes(90))).ShouldBe((true, false));
        model.Findings.ShouldHaveSingleItem().Blocks.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1440, true)]
    [InlineData(1441, false)]
    [InlineData(-5, false)]
    public void Lasts_from_a_minute_to_a_day(int minutes, bool allowed)
    {
        var outcome = Versioned().When(By(Ada, Ask with { Minutes = minutes }));
        if (allowed) outcome.ThenAccepted();
        else outcome.ThenRefused("minutes-out-of-range", RefusalKind.Unprocessable);
    }

    public static TheoryData<Actor, string> Barred => new()
    {
        { Ada, "approver-requested" },
        { Lead.Through("ada"), "approver-requested" },
        { Bob, "approver-is-author" },
        { Lead.Through("bob"), "approver-is-author" },
        { EvesKey, "approver-not-human" },
        { Root, "administrator-never-approves" },
    };

    [Theory]
    [MemberData(nameof(Barred))]
    public void Is_not_agreed_to_by_who_asked_or_made_the_version_nor_by_machines_or_administrators(Actor actor, string code) =>
        Asked().When(By(actor, Agree)).ThenRefused(code, RefusalKind.Forbidden);

    [Fact]
    public void Is_asked_for_by_people() => Versioned().When(By(AdasKey, Ask)).ThenRefused("requester-not-human", RefusalKind.Forbidden);

    [Fact]
    public void Is_not_agreed_to_by_who_answers_for_the_credential_it_was_asked_with() =>
        Versioned().Done(By(Ada.Through("eve"), Ask)).When(By(Eve, Agree)).ThenRefused("approver-requested");

    [Fact]
    public void Is_for_an_environment_that_is_registered() =>
        Versioned().When(By(Ada, Ask with { EnvironmentExists = false })).ThenRefused("environment-unknown", RefusalKind.Unprocessable);

    [Fact]
    public void Is_agreed_to_for_the_version_it_was_asked_for() =>
        Asked().When(By(Lead, Agree with { Version = 2 })).ThenRefused("break-glass-unknown", RefusalKind.NotFound);

    [Theory]
    [InlineData(89, true)]
    [InlineData(90, false)]
    [InlineData(60 * 24, false)]
    public void Is_agreed_to_while_what_was_asked_for_is_urgent(int minutes, bool allowed)
    {
        var outcome = Asked().When(By(Lead, Agree, Noon.AddMinutes(minutes)));
        if (allowed) outcome.ThenAccepted();
        else outcome.ThenRefused("break-glass-expired", RefusalKind.Conflict).Why.ShouldContain("2026-11-23T13:30:00Z");
    }

    [Fact]
    public void Is_never_for_a_prohibited_practice_nor_for_what_may_be_one()
    {
        var forbidden = new RiskClass(RiskClass.Prohibited, 1);
        foreach (var said in (object[])[new ModelRiskConfirmed(forbidden, "risk", Noon), new ModelRiskProposed(forbidden, "bob", Noon)])
        {
            Versioned().And(said).When(By(Ada, Ask)).ThenRefused("prohibited-practice", RefusalKind.Conflict);
            Asked().And(said).When(By(Lead, Agree)).ThenRefused("prohibited-practice", RefusalKind.Conflict);
        }
    }

    [Fact]
    public void Is_agreed_to_once()
    {
        Asked().Done(By(Lead, Agree)).When(By(Eve, Agree with { FindingId = "f2" })).ThenRefused("break-glass-approved", RefusalKind.Conflict);
        Asked().When(By(Lead, Agree with { Id = "b9" })).ThenRefused("break-glass-unknown", RefusalKind.NotFound);
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(0, 9)]
    public void Is_for_what_it_was_asked_for_and_not_for_what_was_built_since(int artifact, int image)
    {
        var rebuilt = new ReplaceArtifact(1, artifact > 0 ? Digest(artifact) : null, image > 0 ? Digest(image) : null);
        Asked().Done(By(Ada, rebuilt)).When(By(Lead, Agree)).ThenRefused("break-glass-outdated", RefusalKind.Conflict);

        var open = Asked().Done(By(Lead, Agree));
        open.State.BreakGlasses[0].IsFor(open.State.Versions[1]).ShouldBeTrue();
        open.State.BreakGlasses[0].IsFor(open.State.Versions[2]).ShouldBeFalse();
        open.Done(By(Ada, rebuilt)).State.BreakGlasses[0].IsFor(open.Done(By(Ada, rebuilt)).State.Versions[1]).ShouldBeFalse();
    }

    [Fact]
    public void Is_refused_for_a_version_that_serves_no_more()
    {
        ModelVersionRecalled recalled = new(1, null, "risk", Noon);
        ModelRetired retired = new(1, null, [], "risk", Noon);
        Versioned().And(recalled).When(By(Ada, Ask)).ThenRefused("version-recalled");
        Versioned().And(retired).When(By(Ada, Ask)).ThenRefused("version-retired");
        Asked().And(recalled).When(By(Lead, Agree)).ThenRefused("version-recalled");
        Asked().And(retired).When(By(Lead, Agree)).ThenRefused("version-retired");
        Versioned().When(By(Ada, Ask with { Version = 9 })).ThenRefused("version-unknown");
    }

    [Theory]
    [InlineData("zoe", null, "closer-broke-the-glass")]
    [InlineData("lead", null, "closer-broke-the-glass")]
    [InlineData("eve", "lead", "closer-broke-the-glass")]
    [InlineData("mallory", null, "closer-broke-the-glass")]
    [InlineData("ada", null, "closer-is-author")]
    [InlineData("eve", null, null)]
    public void Leaves_its_finding_to_be_closed_by_a_third_person(string closer, string? owner, string? code)
    {
        // Zoe asked; Lead agreed, through a credential that Mallory answers for.
        var broken = Versioned().Done(By(new("zoe", true, [Roles.Contributor]), Ask)).Done(By(Lead.Through("mallory"), Agree));
        var outcome = broken.When(By(new(closer, true, [Roles.ModelValidator], owner), new CloseFinding("f1", null)));
        if (code is null) outcome.ThenAccepted();
        else outcome.ThenRefused(code, RefusalKind.Forbidden);
    }
}
