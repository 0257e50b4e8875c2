using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Deployments;

public sealed class ConcludingADeployment
{
    [Fact]
    public void Is_on_record_with_its_evidence()
    {
        var model = Deployed("canary").When(By(Pipeline, new ConcludeDeployment("d1", "succeeded", Text("no more errors than before"), [Digest(7)], null))).Then(
            new DeploymentConcluded("d1", 1, "production", "canary", "succeeded", Text("no more errors than before"), [Digest(7)], false, "pipeline", Noon));
        model.Deployments[0].Outcome.ShouldNotBeNull().ShouldSatisfyAllConditions(o => o.Result.ShouldBe("succeeded"), o => o.Evidence.ShouldBe([Digest(7)]), o => o.By.ShouldBe("pipeline"));
    }

    [Theory]
    [InlineData("shadow", "failed", null, true)]
    [InlineData("canary", "failed", null, true)]
    [InlineData("canary", "failed", false, false)]
    [InlineData("canary", "succeeded", null, false)]
    [InlineData("shadow", "succeeded", true, true)]
    [InlineData("full", "failed", null, false)]
    [InlineData("full", "succeeded", false, false)]
    public void Ends_a_stage_that_failed_or_was_taken_down_and_never_what_answers_everybody(string stage, string outcome, bool? ended, bool ends)
    {
        var model = Deployed(stage).When(By(Pipeline, new ConcludeDeployment("d1", outcome, null, [], ended))).ThenAccepted();
        (model.Deployments[0].EndedAt is not null).ShouldBe(ends);
        model.Live.Count.ShouldBe(ends ? 0 : 1);
    }

    [Fact]
    public void Is_said_once()
    {
        var concluded = Deployed("full").Done(By(Pipeline, new ConcludeDeployment("d1", "failed", null, [], null)));
        concluded.When(By(Ada, new ConcludeDeployment("d1", "succeeded", null, [], null))).ThenRefused("outcome-recorded", RefusalKind.Conflict).Why.ShouldContain("failed");
    }

    [Fact]
    public void Can_be_said_of_what_has_ended_and_of_a_model_that_is_retired()
    {
        var ended = Deployed("canary").Done(By(Lead, new RetireModel(null, null), Noon.AddHours(1)));
        ended.When(By(Pipeline, new ConcludeDeployment("d1", "failed", null, [], true), Noon.AddHours(2))).ThenAccepted().Deployments[0].EndedAt.ShouldBe(Noon.AddHours(1));
    }

    [Fact]
    public void Is_refused_where_it_would_end_what_answers_everybody() =>
        Deployed("full").When(By(Pipeline, new ConcludeDeployment("d1", "failed", null, [], true))).ThenRefused("full-deployment-stays");

    [Fact]
    public void Is_refused_for_a_deployment_that_there_is_not() =>
        Deployed("full").When(By(Pipeline, new ConcludeDeployment("d9", "failed", null, [], null))).ThenRefused("deployment-unknown", RefusalKind.NotFound);

    private static Given<Model> Deployed(string stage) => Versioned().Done(By(Pipeline, new RecordDeployment(
        "d1", 1, "production", new("c1", "credit", 1, "production", "deploy", Digest(1), Digest(101), true, "allow", false, Noon, Noon.AddHours(1), stage), null, "f1", null)));
}
