using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Approvals;

public sealed class AskingHowAnApprovalStands
{
    [Fact]
    public void It_is_live_until_the_very_instant_it_expires()
    {
        var model = Approved().State;
        model.Standing(at: Noon.AddMonths(12).AddTicks(-1)).State.ShouldBe("live");
        var expired = model.Standing(at: Noon.AddMonths(12));
        expired.State.ShouldBe("expired");
        expired.Why.ShouldHaveSingleItem().ShouldBe(new("expired", "it was valid until 2027-11-23T12:00:00Z"));
    }

    [Fact]
    public void What_was_lost_before_is_not_called_expired() =>
        Approved().Done(By(Eve, new RevokeApproval(1, "a1", null))).State.Standing(at: Noon.AddYears(9)).State.ShouldBe("revoked");

    [Fact]
    public void It_is_conflicted_once_the_approver_asks_for_a_review()
    {
        var standing = Approved().And(new ModelDeployed("d1", 1, "staging", "c1", Digest(1), null, "deploy", null, "ada", Noon)).Done(By(Eve, new RequestReview(1, null))).State.Standing();
        standing.State.ShouldBe("conflicted");
        standing.Why.ShouldHaveSingleItem().ShouldBe(new("approver-requested-review", "eve asked for the review"));
    }

    [Fact]
    public void It_is_conflicted_when_a_key_of_the_approver_asked() =>
        Approved().And(new ModelDeployed("d1", 1, "staging", "c1", Digest(1), null, "deploy", null, "ada", Noon)).Done(By(EvesKey, new RequestReview(1, null))).State.Standing().State.ShouldBe("conflicted");

    [Theory]
    [InlineData("eve", null)]
    [InlineData("zoe", "eve")]
    public void It_is_conflicted_when_the_approver_or_the_owner_of_the_credential_is_an_author(string by, string? owner)
    {
        var version = Approved().State.Versions[1];
        var approval = version.Approvals[0] with { By = by, Owner = owner };
        var now = approval.Material;
        var standing = ApprovalStanding.Of(approval, version with { Authors = version.Authors.Add("eve") }, now);
        standing.State.ShouldBe("conflicted");
        standing.Why.ShouldHaveSingleItem().ShouldBe(new("approver-is-author", "eve is an author of the version"));
    }

    [Fact]
    public void An_author_added_later_loses_the_approval_they_gave() =>
        Approved().Done(By(Lead, new AddAuthor(1, "eve", true))).When(By(Eve, Approve("a2"))).ThenRefused("approver-is-author");
}
