using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Deployments;

/// <summary>A shadow, then a canary, then all of the traffic; each with a decision and an outcome of its own.</summary>
public sealed class DeployingInStages
{
    private static readonly DateTimeOffset Later = Noon.AddMinutes(5);

    [Theory]
    [InlineData("shadow")]
    [InlineData("canary")]
    public void Leaves_what_answers_everybody_in_its_place(string stage)
    {
        var model = Running().When(By(Pipeline, Second(stage))).Then(
            new ModelDeployed("d2", 2, "production", "c2", Digest(2), Digest(102), "deploy", null, "pipeline", Noon, stage));
        (model.LiveIn("production")?.Id, model.Deployments[1].EndedAt, model.Deployments[1].Stage).ShouldBe(("d1", null, stage));
        model.Versions[1].SupersededBy.ShouldBeNull();
    }

    [Fact]
    public void Leaves_the_review_open_for_those_who_decide_about_the_rest() =>
        InReview().When(By(Pipeline, On("d1", 1, "canary"))).ThenAccepted().Versions[1].Review.ShouldBe(ReviewState.Open);

    [Fact]
    public void Takes_the_stage_s_place_only() =>
        Running().Done(By(Pipeline, On("d2", 1, "canary"))).When(By(Pipeline, On("d3", 2, "canary"))).ThenAccepted()
            .Deployments.Select(d => (d.Id, d.EndedAt is null)).ShouldBe([("d1", true), ("d2", false), ("d3", true)]);

    [Fact]
    public void Ends_with_the_version_s_full_deployment_there()
    {
        var staged = Running().Done(By(Pipeline, On("s1", 2, "shadow"))).Done(By(Pipeline, On("s2", 2, "canary"))).Done(By(Pipeline, On("s3", 2, "canary", "staging")));
        var model = staged.When(By(Pipeline, On("d9", 2), Later)).Then(
            new ModelDeployed("d9", 2, "production", "of-d9", Digest(2), Digest(102), "deploy", "d1", "pipeline", Later, Ended: ["s1", "s2"]));
        model.Deployments.Where(d => d.EndedAt is null).Select(d => d.Id).ShouldBe(["s3", "d9"]);
    }

    [Fact]
    public void Keeps_another_version_s_canary_running_beside_a_full_deployment() =>
        Running().Done(By(Pipeline, On("s2", 2, "canary"))).When(By(Pipeline, On("d3", 1))).ThenAccepted().Deployments.Find(d => d.Id == "s2")!.EndedAt.ShouldBeNull();

    [Fact]
    public void Counts_a_canary_as_being_in_use_but_not_a_shadow()
    {
        Versioned().Done(By(Pipeline, On("d1", 1, "shadow"))).State.Versions[1].FirstDeployedAt.ShouldBeNull();
        Versioned().Done(By(Pipeline, On("d1", 1, "canary"))).State.Versions[1].FirstDeployedAt.ShouldBe(Noon);
    }

    [Fact]
    public void Ends_with_retirement()
    {
        var model = Running().Done(By(Pipeline, Second("canary"))).When(By(Lead, new RetireModel(2, null), Later)).Then(new ModelRetired(2, null, ["d2"], Lead.Subject, Later));
        (model.Deployments[1].EndedAt, model.Live.ContainsKey("production/canary")).ShouldBe((Later, false));
    }

    private static CheckedDecision Decision(string id, int version, string stage, string environment) => new(
        id, "credit", version, environment, "deploy", Digest(version), Digest(100 + version), true, "allow", false, Noon, Noon.AddHours(1), stage);

    private static RecordDeployment On(string id, int version, string stage = "full", string environment = "production") =>
        new(id, version, environment, Decision($"of-{id}", version, stage, environment), null, $"f-{id}", null);

    private static RecordDeployment Second(string stage) => new("d2", 2, "production", Decision("c2", 2, stage, "production"), null, "f2", null);

    private static Given<Model> Running() => Versioned().Done(By(Pipeline, On("d1", 1)));
}
