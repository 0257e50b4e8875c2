using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Lineage;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Datasets.LoansDataset;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Datasets;

/// <summary>One version of a dataset may be unfit where the others are not.</summary>
public sealed class WithdrawingAVersion
{
    private static Given<Dataset> TwoVersions() => Registered().And(new DatasetVersionRegistered("2026-11", Digest(2), null, null, [], "ada", Noon));

    private static Given<Dataset> Withdrawn() => TwoVersions().Done(By(Ada, new WithdrawDataset(Text("leaked"), "2026-11")));

    [Fact]
    public void Takes_that_one_out_of_use_and_no_other()
    {
        var dataset = TwoVersions().When(By(Ada, new WithdrawDataset(Text("leaked"), "2026-11"))).Then(new DatasetWithdrawn(Text("leaked"), "ada", Noon, null, "2026-11"));
        (dataset.Withdrawn, dataset.IsWithdrawn("2026-11"), dataset.IsWithdrawn("2026-10")).ShouldBe((null, true, false));
        (MaterialDataset.Of(new("loans", "2026-11"), dataset).Withdrawals, MaterialDataset.Of(new("loans", "2026-10"), dataset).Withdrawals).ShouldBe((1, 0));
    }

    [Fact]
    public void Is_told_of_what_was_made_from_it()
    {
        var derived = Given.Events<Dataset>(Dataset.Evolve, new DatasetRegistered("marts", "lending", null, "ada", Noon), new DatasetVersionRegistered("1", Digest(3), null, null, [new("loans", "2026-11")], "ada", Noon),
            new DatasetVersionRegistered("2", Digest(4), null, null, [new("loans", "2026-10")], "ada", Noon)).State;
        Dataset Find(string name) => name == "loans" ? Withdrawn().State : derived;
        Inheritance.Of(new("marts", "1"), Find).WithdrawnSources.ShouldBe(["loans"]);
        Inheritance.Of(new("marts", "2"), Find).WithdrawnSources.ShouldBeEmpty();
    }

    [Fact]
    public void Is_undone_by_somebody_else_and_stays_counted()
    {
        var restored = Withdrawn().When(By(Bob, new RestoreDataset(null, "2026-11"))).Then(new DatasetRestored(null, "bob", Noon, "2026-11"));
        (restored.IsWithdrawn("2026-11"), restored.WithdrawalsOf("2026-11")).ShouldBe((false, 1));
        Withdrawn().When(By(Ada, new RestoreDataset(null, "2026-11"))).ThenRefused("restorer-is-withdrawer");
    }

    [Fact]
    public void Is_refused_from_the_wrong_state()
    {
        Withdrawn().When(By(Bob, new WithdrawDataset(null, "2026-11"))).ThenRefused("dataset-withdrawn");
        Withdrawn().When(By(Bob, new WithdrawDataset(null, "2026-12"))).ThenRefused("dataset-version-unknown", RefusalKind.NotFound);
        Withdrawn().When(By(Bob, new RestoreDataset(null, "2026-10"))).ThenRefused("dataset-not-withdrawn");
        Withdrawn().When(By(Bob, new RestoreDataset(null, "2026-12"))).ThenRefused("dataset-version-unknown");
        Withdrawn().Done(By(Ada, new WithdrawDataset(null))).When(By(Bob, new WithdrawDataset(null, "2026-10"))).ThenRefused("dataset-withdrawn");
    }

    [Fact]
    public void Names_of_lineage_are_those_that_were_said_last()
    {
        EntityName a = new("hive://h:9083", "a"), b = new("hive://h:9083", "b");
        var named = Registered().When(By(Ada, new NameInLineage([b, a, b]))).Then(new DatasetLineageNamed([a, b], [], "ada", Noon));
        named.LineageNames.ShouldBe([a, b]);
        Registered().Done(By(Ada, new NameInLineage([a, b]))).When(By(Ada, new NameInLineage([b]))).Then(new DatasetLineageNamed([b], [a], "ada", Noon));
        Registered().Done(By(Ada, new NameInLineage([a]))).When(By(Bob, new NameInLineage([a]))).ThenNothing();
    }
}
