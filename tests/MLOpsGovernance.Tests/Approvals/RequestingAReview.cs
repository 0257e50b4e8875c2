using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Approvals;

public sealed class RequestingAReview
{
    [Fact]
    public void Opens_it_and_remembers_everyone_behind_the_request()
    {
        var version = Versioned().When(By(EvesKey, new RequestReview(1, Text("please")))).Then(new ReviewRequested(1, Text("please"), ["key:k2", "eve"], "key:k2", Noon)).Versions[1];
        version.Review.ShouldBe(ReviewState.Open);
        version.Requesters.ShouldBe(["eve", "key:k2"]);
    }

    [Fact]
    public void Remembers_those_who_asked_in_earlier_rounds() =>
        InReview().Done(By(Mallory, Reject())).When(By(Ada, new RequestReview(1, null))).ThenAccepted().Versions[1].Requesters.ShouldBe(["ada", "bob"]);

    [Fact]
    public void Is_refused_while_one_is_open() => InReview().When(By(Ada, new RequestReview(1, null))).ThenRefused("review-open", RefusalKind.Conflict);

    [Fact]
    public void Is_refused_for_a_version_that_does_not_exist() => Versioned().When(By(Ada, new RequestReview(9, null))).ThenRefused("version-unknown", RefusalKind.NotFound);

    [Fact]
    public void Is_refused_for_a_version_that_serves_no_more()
    {
        Versioned().And(new ModelRetired(1, null, [], "risk", Noon)).When(By(Ada, new RequestReview(1, null))).ThenRefused("version-retired", RefusalKind.Conflict);
        Versioned().And(new ModelVersionRecalled(1, null, "risk", Noon)).When(By(Ada, new RequestReview(1, null))).ThenRefused("version-recalled", RefusalKind.Conflict);
    }

    [Fact]
    public void Is_refused_for_a_version_whose_place_a_later_one_took() =>
        Versioned().And(new ModelDeployed("d2", 2, "production", "c2", Digest(2), null, "deploy", null, "ada", Noon))
            .When(By(Ada, new RequestReview(1, null))).ThenRefused("version-superseded", RefusalKind.Conflict).Why.ShouldContain("version 2");

    [Fact]
    public void Is_refused_without_a_human_author_once_the_risk_was_raised() =>
        Classified().And(Version(1, "key:k1") with { HumanAuthors = [] }, new ModelRiskConfirmed(new("high", 2), "risk", Noon))
            .When(By(Ada, new RequestReview(1, null))).ThenRefused("human-author-required", RefusalKind.Unprocessable);

    [Fact]
    public void Is_refused_to_more_than_a_hundred_who_ask_because_none_of_them_may_approve()
    {
        var asked = Versioned().And(new ReviewRequested(1, null, [.. Enumerable.Range(0, ModelVersion.MostRequesters).Select(i => $"person-{i}")], "person-0", Noon), new VersionRejected(1, "r1", Roles.ModelValidator, null, Digest(1), "eve", Noon));
        asked.When(By(Ada, new RequestReview(1, null))).ThenRefused("too-many-requesters", RefusalKind.Conflict);
        asked.When(By(new("person-7", true, [Roles.Contributor]), new RequestReview(1, null))).ThenAccepted();
        asked.When(By(Ada, new RequestReview(2, null))).ThenAccepted();
    }

    [Fact]
    public void Is_possible_again_after_a_rejection_and_after_a_deployment()
    {
        InReview().Done(By(Mallory, Reject())).When(By(Bob, new RequestReview(1, null))).ThenAccepted().Versions[1].Review.ShouldBe(ReviewState.Open);
        var deployed = InReview().And(new ModelDeployed("d1", 1, "staging", "c1", Digest(1), null, "deploy", null, "ada", Noon));
        deployed.State.Versions[1].Review.ShouldBe(ReviewState.Closed);
        deployed.When(By(Bob, new RequestReview(1, null))).ThenAccepted().Versions[1].Review.ShouldBe(ReviewState.Open);
    }
}
