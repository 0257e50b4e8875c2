using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Deployments;

public sealed class RecordingADeployment
{
    private static readonly CheckedDecision Allowed = new("c1", "credit", 1, "production", "deploy", Digest(1), Digest(101), true, "allow", false, Noon, Noon.AddHours(1));

    [Fact]
    public void Is_recorded_on_an_allowed_decision() =>
        Versioned().When(By(Pipeline, On(Allowed))).Then(new ModelDeployed("d1", 1, "production", "c1", Digest(1), Digest(101), "deploy", null, "pipeline", Noon))
            .LiveIn("production").ShouldNotBeNull().DecisionId.ShouldBe("c1");

    [Fact]
    public void Takes_the_place_of_what_ran_there()
    {
        var first = Versioned().Done(By(Pipeline, On(Allowed)));
        var second = On(Allowed with { Id = "c2", Version = 2, ArtifactDigest = Digest(2), ImageDigest = Digest(102), Action = "promote", Outcome = "warn" }) with { Id = "d2" };
        var model = first.When(By(Ada, second, Noon.AddMinutes(1))).Then(new ModelDeployed("d2", 2, "production", "c2", Digest(2), Digest(102), "promote", "d1", "ada", Noon.AddMinutes(1)));
        (model.Deployments[0].EndedAt, model.LiveIn("production")?.Id).ShouldBe((Noon.AddMinutes(1), "d2"));
        (model.Versions[1].SupersededBy, model.Versions[2].SupersededBy).ShouldBe((2, null));
    }

    [Fact]
    public void Leaves_a_version_current_while_it_runs_elsewhere() =>
        Versioned().And(new ModelDeployed("d0", 1, "staging", "c0", Digest(1), null, "deploy", null, "ada", Noon))
            .When(By(Pipeline, On(Allowed with { Version = 2, ArtifactDigest = Digest(2), ImageDigest = Digest(102) }))).ThenAccepted().Versions[1].SupersededBy.ShouldBeNull();

    [Fact]
    public void Closes_the_review() => InReview().When(By(Pipeline, On(Allowed))).ThenAccepted().Versions[1].Review.ShouldBe(ReviewState.Closed);

    [Theory]
    [InlineData("deploy")]
    [InlineData("rollback")]
    public void Accepts_a_decision_for_the_image_and_records_the_artifact_that_it_carries(string action)
    {
        var deployment = Versioned().When(By(Pipeline, On(Allowed with { ArtifactDigest = Digest(101), Action = action }))).ThenAccepted().Deployments.ShouldHaveSingleItem();
        (deployment.ArtifactDigest, deployment.ImageDigest).ShouldBe((Digest(1), Digest(101)));
    }

    [Fact]
    public void Is_understood_where_an_early_event_holds_the_image_in_both_places()
    {
        var early = Versioned().And(
            new ModelDeployed("d1", 1, "production", "c1", Digest(101), Digest(101), "deploy", null, "ada", Noon), new ModelRolledBack("d2", 2, "production", "c2", Digest(102), Digest(102), "d1", "ada", Noon));
        early.State.Deployments.Select(d => (d.ArtifactDigest, d.ImageDigest)).ShouldBe([(Digest(1), Digest(101)), (Digest(2), Digest(102))]);
        (early.State.Deployments[0].Is(Digest(1)), early.State.Deployments[0].Is(Digest(101)), early.State.Deployments[0].Is(Digest(2))).ShouldBe((true, true, false));
    }

    public static TheoryData<CheckedDecision, string> Wrong => new()
    {
        { Allowed with { Model = "churn" }, "decision-mismatch" },
        { Allowed with { Version = 2 }, "decision-mismatch" },
        { Allowed with { Environment = "staging" }, "decision-mismatch" },
        { Allowed with { ArtifactDigest = Digest(9) }, "decision-mismatch" },
        { Allowed with { ImageDigest = Digest(9) }, "decision-mismatch" },
        { Allowed with { ImageDigest = null }, "decision-mismatch" },
        { Allowed with { DryRun = true }, "decision-is-dry-run" },
        { Allowed with { Allowed = false, Outcome = "deny" }, "decision-not-allowed" },
        { Allowed with { Allowed = false, Outcome = "error" }, "decision-not-allowed" },
        { Allowed with { ValidUntil = Noon }, "decision-stale" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Is_refused_on_any_other_decision(CheckedDecision decision, string code) =>
        Versioned().When(By(Pipeline, On(decision) with { Version = 1, Environment = "production" })).ThenRefused(code, RefusalKind.Conflict).Why.ShouldContain("c1");

    [Fact]
    public void Is_possible_until_the_very_instant_the_decision_ends() => Versioned().When(By(Pipeline, On(Allowed with { ValidUntil = Noon.AddTicks(1) }))).ThenAccepted();

    [Fact]
    public void Is_refused_on_a_decision_that_was_used()
    {
        var deployed = Versioned().Done(By(Pipeline, On(Allowed)));
        deployed.When(By(Pipeline, On(Allowed) with { Id = "d2" })).ThenRefused("decision-used", RefusalKind.Conflict);
        deployed.And(new ModelDeployed("d3", 2, "production", "c3", Digest(2), null, "deploy", "d1", "ada", Noon)).When(By(Pipeline, On(Allowed) with { Id = "d2" })).ThenRefused("decision-used");
    }

    [Fact]
    public void Is_refused_on_a_decision_that_was_overtaken_and_says_by_what() =>
        Versioned().When(By(Pipeline, On(Allowed) with { Overtaken = new("dataset-withdrawn", "training dataset loans was withdrawn", null) }))
            .ThenRefused("decision-overtaken", RefusalKind.Conflict).Why.ShouldContain("training dataset loans was withdrawn");

    public static TheoryData<object, string> Stopped => new()
    {
        { new ModelVersionRecalled(1, null, "risk", Noon), "version-recalled" },
        { new ModelRetired(1, null, [], "risk", Noon), "version-retired" },
        { new ModelSuspended(1, null, "risk", Noon), "version-suspended" },
        { new ModelSuspended(null, null, "risk", Noon), "model-suspended" },
    };

    [Theory]
    [MemberData(nameof(Stopped))]
    public void Is_refused_for_what_is_stopped_even_where_no_policy_asks(object stop, string code)
    {
        Versioned().And(stop).When(By(Pipeline, On(Allowed))).ThenRefused(code, RefusalKind.Conflict);
        Versioned().And(stop).When(By(Pipeline, On(Allowed) with { Overtaken = new("stopped", "it was stopped", null) })).ThenRefused("decision-overtaken");
    }

    [Fact]
    public void Is_refused_for_a_version_that_does_not_exist() => Versioned().When(By(Pipeline, On(Allowed with { Version = 9 }))).ThenRefused("version-unknown");

    [Fact]
    public void Opens_a_finding_to_follow_up_when_it_is_a_rollback()
    {
        var ran = Versioned().And(new ModelDeployed("d0", 1, "production", "c0", Digest(1), null, "deploy", null, "ada", Noon), new ModelDeployed("d2", 2, "production", "c2", Digest(2), null, "deploy", "d0", "ada", Noon));
        var model = ran.When(By(Pipeline, On(Allowed with { Action = "rollback" }))).Then(
            new ModelRolledBack("d1", 1, "production", "c1", Digest(1), Digest(101), "d2", "pipeline", Noon),
            new FindingOpened("f1", Text("find the cause"), "medium", 1, "rollback", "pipeline", Noon, Due: Noon.AddDays(90)));
        (model.LiveIn("production")?.Action, model.Versions[1].SupersededBy, model.Findings[0].Cause).ShouldBe(("rollback", null, "rollback"));
    }

    private static RecordDeployment On(CheckedDecision decision) => new("d1", decision.Version, decision.Environment, decision, null, "f1", Text("find the cause"));
}
