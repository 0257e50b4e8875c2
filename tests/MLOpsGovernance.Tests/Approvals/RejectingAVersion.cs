using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Approvals;

public sealed class RejectingAVersion
{
    [Fact]
    public void Closes_the_review() =>
        InReview().When(By(Eve, Reject())).Then(new VersionRejected(1, "r1", Roles.ModelValidator, Text("leaks the label"), Digest(1), "eve", Noon)).Versions[1].Review.ShouldBe(ReviewState.Rejected);

    [Fact]
    public void Ends_the_approvals_of_the_round()
    {
        var model = Approved().When(By(Mallory, Reject())).Then(
            new VersionRejected(1, "r1", Roles.ModelValidator, Text("leaks the label"), Digest(1), "mallory", Noon),
            new ApprovalSuperseded(1, "a1", ["rejected-since"], "mallory", Noon));
        model.Standing().State.ShouldBe("superseded");
        model.Standing().Why.ShouldHaveSingleItem().Why.ShouldContain("rejected after the approval");
    }

    [Fact]
    public void Begins_a_round_in_which_everybody_decides_anew()
    {
        var again = Approved().Done(By(Mallory, Reject())).Done(By(Bob, new RequestReview(1, null)));
        again.State.Standing().Why.ShouldHaveSingleItem().Code.ShouldBe("rejected-since");
        var approved = again.When(By(Eve, Approve("a2"))).ThenAccepted();
        approved.Standing("a2").IsLive.ShouldBeTrue();
        approved.Standing("a1").IsLive.ShouldBeFalse();
    }
}
