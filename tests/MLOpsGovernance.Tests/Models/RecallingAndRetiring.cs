using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Models;

public sealed class RecallingAndRetiring
{
    private static readonly ModelDeployed First = new("d1", 1, "staging", "c1", Digest(1), null, "deploy", null, "ada", Noon), Second = new("d2", 2, "production", "c2", Digest(2), null, "deploy", null, "ada", Noon);

    [Fact]
    public void A_recall_is_for_good_and_once()
    {
        var recalled = Versioned().Done(By(RiskOfficer, new RecallVersion(1, Text("leaks"))));
        recalled.State.Versions[1].Recalled.ShouldBeTrue();
        recalled.When(By(RiskOfficer, new RecallVersion(1, null))).ThenRefused("version-recalled", RefusalKind.Conflict);
        recalled.When(By(RiskOfficer, new RecallVersion(9, null))).ThenRefused("version-unknown");
    }

    [Fact]
    public void Retiring_a_version_ends_its_deployments_only()
    {
        var model = Versioned().And(First, Second).When(By(Lead, new RetireModel(1, null), Noon.AddDays(1))).Then(new ModelRetired(1, null, ["d1"], "lead", Noon.AddDays(1)));
        (model.Versions[1].Retired, model.LiveIn("staging"), model.LiveIn("production")?.Id).ShouldBe((true, null, "d2"));
        model.Deployments[0].EndedAt.ShouldBe(Noon.AddDays(1));
    }

    [Fact]
    public void Retiring_the_model_ends_them_all()
    {
        var model = Versioned().And(First, Second).When(By(Lead, new RetireModel(null, null))).Then(new ModelRetired(null, null, ["d1", "d2"], "lead", Noon));
        model.Deployments.ShouldAllBe(d => d.EndedAt == Noon);
    }

    [Fact]
    public void Is_refused_twice()
    {
        Versioned().Done(By(Lead, new RetireModel(1, null))).When(By(Lead, new RetireModel(1, null))).ThenRefused("version-retired", RefusalKind.Conflict);
        Versioned().Done(By(Lead, new RetireModel(null, null))).When(By(Lead, new RetireModel(null, null))).ThenRefused("model-retired", RefusalKind.Conflict);
        Versioned().When(By(Lead, new RetireModel(9, null))).ThenRefused("version-unknown");
    }

    public static TheoryData<ModelCommand> Everything =>
    [
        new ChangePurpose(null, true, []), new ClassifyModel(Limited, false), new WriteCard(null), new AddAuthor(1, "eve", true), new ReplaceArtifact(1, Digest(9), null),
        new SetAlias("champion", 1), new RemoveAlias("champion"), new SuspendModel(null, null), new ResumeModel(null, null), new RecallVersion(1, null), new RetireModel(1, null),
        new RequestReview(1, null), Approve("a9"), new RequestBreakGlass("b9", 1, "production", true, null, 60), new ApproveBreakGlass("b1", 1, null, "f9", null),
        new RegisterVersion(Digest(9), null, null, null, null, null, [], [], [], [], []),
        new RecordDeployment("d9", 1, "production", new("c9", "credit", 1, "production", "deploy", Digest(1), null, true, "allow", false, Noon, Noon.AddHours(1)), null, "f9", null),
    ];

    [Theory]
    [MemberData(nameof(Everything))]
    public void Leaves_nothing_to_be_done_to_a_retired_model(ModelCommand command) =>
        Versioned().Done(By(Lead, new RetireModel(null, null))).When(By(Mallory, command)).ThenRefused("model-retired", RefusalKind.Conflict);

    [Fact]
    public void Leaves_findings_incidents_and_approvals_to_be_dealt_with()
    {
        var retired = Approved().And(new FindingOpened("f1", null, "high", 1, "reported", "ada", Noon)).Done(By(Lead, new RetireModel(null, null)));
        retired.When(By(Eve, new CloseFinding("f1", null))).ThenAccepted();
        retired.When(By(Eve, new OpenFinding("f2", null, "low", null))).ThenAccepted();
        retired.When(By(Eve, new ReportIncident("i1", null, "low", null, null))).ThenAccepted();
        retired.When(By(Eve, new RevokeApproval(1, "a1", null))).ThenAccepted();
        retired.When(By(Birth, new NoteSuperseded(1, [Loans with { Withdrawals = 1 }]))).ThenAccepted();
    }
}
