using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Approvals;

public sealed class ChangingWhatIsNotMaterial
{
    public static TheoryData<ModelCommand> Changes =>
    [
        new WriteCard(Text("card")), new SetAlias("champion", 1), new OpenFinding("f1", null, "critical", 1), new ReportIncident("i1", null, "high", 1, null),
        new SuspendModel(null, null), new SuspendModel(1, null), new ReplaceArtifact(2, Digest(9), null), new AddAuthor(2, "zoe", true), new RetireModel(2, null), new RecallVersion(2, null),
        new RequestBreakGlass("b1", 1, "production", true, null, 60), new ClassifyModel(Minimal with { OperatorRole = "provider" }, false),
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public void Leaves_an_approval_standing(ModelCommand change) => Approved().When(By(RiskOfficer, change)).ThenAccepted().Standing().IsLive.ShouldBeTrue();

    [Fact]
    public void Leaves_an_approval_standing_when_a_lower_risk_is_only_proposed() =>
        InReview().And(new ModelRiskConfirmed(new("high", 1), "risk", Noon)).Done(By(Eve, Approve("a1"))).When(By(Ada, new ClassifyModel(Minimal, true))).ThenAccepted().Standing().IsLive.ShouldBeTrue();

    /// <summary>While nothing is confirmed the gate judges by the highest, but nobody said that it is: the first class that is confirmed lowers none.</summary>
    [Fact]
    public void Leaves_an_approval_standing_when_the_first_class_is_confirmed_lower_than_what_was_judged_by() =>
        Registered().And(Version(1, "ada"), new ReviewRequested(1, null, ["bob"], "bob", Noon)).Done(By(Eve, Approve("a1")))
            .When(By(RiskOfficer, new ClassifyModel(Minimal, false))).ThenAccepted().Standing().IsLive.ShouldBeTrue();

    [Fact]
    public void Leaves_an_approval_standing_when_a_stricter_proposal_is_turned_down() =>
        InReview().And(new ModelRiskProposed(new("high", 1), "ada", Noon)).Done(By(Eve, Approve("a1"))).When(By(RiskOfficer, new ClassifyModel(Minimal, false))).ThenAccepted().Standing().IsLive.ShouldBeTrue();

    [Fact]
    public void Leaves_an_approval_standing_when_a_class_is_confirmed_that_is_no_higher_than_the_one_judged_by() =>
        Registered().And(Version(1, "ada"), new ReviewRequested(1, null, ["bob"], "bob", Noon)).Done(By(Eve, Approve("a1")))
            .When(By(RiskOfficer, new ClassifyModel(new("high", 1), false))).ThenAccepted().Standing().IsLive.ShouldBeTrue();

    [Fact]
    public void Is_not_noted_as_superseded()
    {
        Approved().When(By(Birth, new NoteSuperseded(1, [Loans]))).ThenNothing();
        Approved().When(By(Birth, new NoteSuperseded(9, [Loans]))).ThenRefused("version-unknown");
    }
}
