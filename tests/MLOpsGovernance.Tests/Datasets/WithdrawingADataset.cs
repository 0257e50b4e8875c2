using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Datasets.LoansDataset;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Datasets;

public sealed class WithdrawingADataset
{
    private static Given<Dataset> Withdrawn(Actor by) => Registered().Done(By(by, new WithdrawDataset(Text("consent was revoked"))));

    [Fact]
    public void Takes_it_out_of_use_and_is_counted()
    {
        var dataset = Registered().When(By(AdasKey, new WithdrawDataset(Text("consent")))).Then(new DatasetWithdrawn(Text("consent"), "key:k1", Noon, "ada"));
        (dataset.Withdrawn?.By, dataset.Withdrawn?.Owner, dataset.Withdrawals).ShouldBe(("key:k1", "ada", 1));
    }

    [Fact]
    public void Is_undone_by_somebody_else_and_stays_counted()
    {
        var restored = Withdrawn(Ada).Done(By(Bob, new RestoreDataset(Text("was a mistake"))));
        (restored.State.Withdrawn, restored.State.Withdrawals).ShouldBe((null, 1));
        restored.When(By(Ada, new WithdrawDataset(null))).ThenAccepted().Withdrawals.ShouldBe(2);
    }

    [Theory]
    [InlineData("ada", null)]
    [InlineData("bob", "ada")]
    public void Is_not_undone_by_who_did_it(string subject, string? owner) =>
        Withdrawn(Ada).When(By(new(subject, true, [Roles.ComplianceOfficer], owner), new RestoreDataset(null))).ThenRefused("restorer-is-withdrawer", RefusalKind.Forbidden);

    [Fact]
    public void Is_not_undone_by_who_answers_for_the_credential_it_was_done_with()
    {
        Withdrawn(AdasKey).When(By(Ada, new RestoreDataset(null))).ThenRefused("restorer-is-withdrawer");
        Withdrawn(AdasKey).When(By(Bob.Through("ada"), new RestoreDataset(null))).ThenRefused("restorer-is-withdrawer");
        Withdrawn(AdasKey).When(By(Bob, new RestoreDataset(null))).ThenAccepted();
    }

    [Fact]
    public void Is_not_undone_by_a_machine() => Withdrawn(Ada).When(By(EvesKey, new RestoreDataset(null))).ThenRefused("restorer-not-human", RefusalKind.Forbidden);

    [Fact]
    public void Is_refused_from_the_wrong_state()
    {
        Withdrawn(Ada).When(By(Bob, new WithdrawDataset(null))).ThenRefused("dataset-withdrawn", RefusalKind.Conflict);
        Registered().When(By(Bob, new RestoreDataset(null))).ThenRefused("dataset-not-withdrawn", RefusalKind.Conflict);
    }
}
