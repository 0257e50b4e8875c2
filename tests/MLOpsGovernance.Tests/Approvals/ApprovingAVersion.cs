using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Approvals;

public sealed class ApprovingAVersion
{
    [Fact]
    public void Is_recorded_with_what_it_rests_on_when_an_independent_person_approves()
    {
        var model = InReview();
        var material = Material.Of(model.State, model.State.Versions[1], [Loans]);
        model.When(By(Eve, Approve("a1"))).Then(new VersionApproved(1, "a1", Roles.ModelValidator, Text("fine"), material, 0, Noon.AddMonths(12), "eve", null, Noon)).Standing().IsLive.ShouldBeTrue();
        (material.ArtifactDigest, material.ImageDigest).ShouldBe((Digest(1), Digest(101)));
    }

    [Theory]
    [InlineData(Roles.ModelValidator)]
    [InlineData(Roles.AiRiskOfficer)]
    [InlineData(Roles.ChiefRiskOfficer)]
    [InlineData(Roles.ComplianceOfficer)]
    public void Is_open_to_every_approver_role(string role) => InReview().When(By(new("zoe", true, [role]), Approve("a1", role))).ThenAccepted();

    public static TheoryData<Actor, string, string> Barred => new()
    {
        // who, in which role, refused with
        { new("ada", true, [Roles.ModelValidator]), Roles.ModelValidator, "approver-is-author" },
        { new("bob", true, [Roles.ModelValidator]), Roles.ModelValidator, "approver-is-author" },
        { new("eve", true, [Roles.ModelValidator], "ada"), Roles.ModelValidator, "approver-is-author" },
        { new("carl", true, [Roles.ModelValidator]), Roles.ModelValidator, "approver-requested-review" },
        { new("eve", true, [Roles.ModelValidator], "carl"), Roles.ModelValidator, "approver-requested-review" },
        { new("key:k2", false, [Roles.ModelValidator], "eve"), Roles.ModelValidator, "approver-not-human" },
        { new("pipeline", false, [Roles.Pipeline]), Roles.ModelValidator, "approver-not-human" },
        { new("root", true, [Roles.Administrator]), Roles.ModelValidator, "administrator-never-approves" },
        { new("root", true, [Roles.Administrator, Roles.ModelValidator]), Roles.ModelValidator, "administrator-never-approves" },
        { new("eve", true, [Roles.ModelValidator]), Roles.ComplianceOfficer, "role-not-held" },
        { new("lead", true, [Roles.EngineeringLead]), Roles.ModelValidator, "role-not-held" },
    };

    [Theory]
    [MemberData(nameof(Barred))]
    public void Is_refused_to_everybody_with_a_hand_in_it_and_to_everybody_without_the_role(Actor actor, string role, string code)
    {
        var asked = Versioned().And(new ReviewRequested(1, null, ["carl"], "carl", Noon));
        asked.When(By(actor, Approve("a1", role))).ThenRefused(code, RefusalKind.Forbidden);
        asked.When(By(actor, Reject("r1", role))).ThenRefused(code, RefusalKind.Forbidden);
    }

    [Fact]
    public void Is_refused_in_a_role_that_approves_nothing() =>
        InReview().When(By(Lead, Approve("a1", Roles.EngineeringLead))).ThenRefused("role-cannot-approve", RefusalKind.Unprocessable).Why.ShouldContain(Roles.ChiefRiskOfficer);

    [Fact]
    public void Is_refused_while_no_review_is_open()
    {
        Versioned().When(By(Eve, Approve("a1"))).ThenRefused("review-not-open", RefusalKind.Conflict).Why.ShouldContain("not requested");
        InReview().Done(By(Mallory, Reject())).When(By(Eve, Approve("a1"))).ThenRefused("review-not-open").Why.ShouldContain("closed by a rejection");
        InReview().And(new ModelDeployed("d1", 1, "staging", "c1", Digest(1), null, "deploy", null, "ada", Noon)).When(By(Eve, Approve("a1"))).ThenRefused("review-not-open").Why.ShouldContain("closed by a deployment");
    }

    [Fact]
    public void Is_refused_for_a_version_that_serves_no_more()
    {
        InReview().And(new ModelRetired(1, null, [], "risk", Noon)).When(By(Eve, Approve("a1"))).ThenRefused("version-retired");
        InReview().And(new ModelVersionRecalled(1, null, "risk", Noon)).When(By(Eve, Approve("a1"))).ThenRefused("version-recalled");
        InReview().And(new ModelDeployed("d2", 2, "production", "c2", Digest(2), null, "deploy", null, "ada", Noon)).When(By(Eve, Approve("a1"))).ThenRefused("version-superseded");
        InReview().When(By(Eve, Approve("a1", version: 9))).ThenRefused("version-unknown");
    }

    [Fact]
    public void Is_refused_without_a_human_author_once_the_risk_was_raised_though_it_may_be_rejected()
    {
        var unmanned = Classified().And(Version(1, "key:k1") with { HumanAuthors = [] }, new ReviewRequested(1, null, ["bob"], "bob", Noon), new ModelRiskConfirmed(new("high", 2), "risk", Noon));
        unmanned.When(By(Eve, Approve("a1"))).ThenRefused("human-author-required", RefusalKind.Unprocessable);
        unmanned.When(By(Eve, Reject())).ThenAccepted();
        unmanned.Done(By(Lead, new AddAuthor(1, "ada", true))).When(By(Eve, Approve("a1"))).ThenAccepted();
    }

    [Fact]
    public void Is_given_once_for_each_person_and_role()
    {
        Approved().When(By(Eve, Approve("a2"))).ThenRefused("already-approved", RefusalKind.Conflict);
        Approved().When(By(Mallory, Approve("a2"))).ThenAccepted();
        Approved().When(By(Eve with { Roles = Roles.Approvers }, Approve("a2", Roles.ComplianceOfficer))).ThenAccepted();
    }

    [Fact]
    public void Is_given_once_for_each_person_whichever_credential_they_use()
    {
        Approved().When(By(Mallory.Through("eve"), Approve("a2"))).ThenRefused("already-approved");
        InReview().Done(By(Mallory.Through("zoe"), Approve("a1"))).When(By(Eve.Through("zoe"), Approve("a2"))).ThenRefused("already-approved");
    }

    [Fact]
    public void Can_be_given_again_once_the_first_stands_no_more()
    {
        Approved().Done(By(Eve, new RevokeApproval(1, "a1", null))).When(By(Eve, Approve("a2"))).ThenAccepted().Standing("a2").IsLive.ShouldBeTrue();
        Approved().Done(By(Ada, new ReplaceArtifact(1, Digest(9), null))).When(By(Eve, Approve("a2"))).ThenAccepted().Standing("a2").IsLive.ShouldBeTrue();
        Approved().When(By(Eve, Approve("a2"), Noon.AddMonths(12))).ThenAccepted();
    }

    public static TheoryData<int, TimeSpan, bool> Ends => new()
    {
        { 3, TimeSpan.Zero, false },
        { 3, TimeSpan.FromTicks(-1), false },
        { 3, TimeSpan.FromTicks(1), true },
        { 3, Noon.AddMonths(12) - Noon, true },
        { 3, Noon.AddMonths(12) - Noon + TimeSpan.FromTicks(1), false },
        { 1, Noon.AddMonths(6) - Noon, true },
        { 1, Noon.AddMonths(6) - Noon + TimeSpan.FromTicks(1), false },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Is_valid_until_a_time_after_now_and_within_what_the_tier_allows(int tier, TimeSpan after, bool allowed)
    {
        var outcome = InReview().And(new ModelRiskConfirmed(new("minimal", tier), "risk", Noon)).When(By(Eve, Approve("a1", until: Noon + after)));
        if (allowed) outcome.ThenAccepted().Versions[1].Approvals[0].ValidUntil.ShouldBe(Noon + after);
        else outcome.ThenRefused("valid-until-out-of-range", RefusalKind.Unprocessable);
    }

    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 12)]
    [InlineData(3, 12)]
    public void Is_valid_for_as_long_as_the_tier_allows_unless_said_otherwise(int tier, int months) =>
        InReview().And(new ModelRiskConfirmed(new("minimal", tier), "risk", Noon)).When(By(Eve, Approve("a1"))).ThenAccepted().Versions[1].Approvals[0].ValidUntil.ShouldBe(Noon.AddMonths(months));

    [Fact]
    public void Leaves_the_review_open_for_other_roles() => Approved().State.Versions[1].Review.ShouldBe(ReviewState.Open);
}
