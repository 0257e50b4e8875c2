using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Recalls;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Recalls;

public sealed class RecallingData
{
    private static readonly RecallReach Reach = new(2, 1, 1, 1, 2);

    private static readonly PrepareRecall Prepare = new("r1", "loans", "2026-10", Text("labels were wrong"), false, Digest(1), Reach, 12);

    private static readonly ConfirmRecall Confirm = new([new("credit", 1)], Digest(2), Reach with { Findings = 1 }, 34);

    private static Given<Recall> Nothing() => Given.Events<Recall>(Recall.Evolve);

    private static Given<Recall> Prepared(PrepareRecall? prepare = null) => Nothing().Done(By(Ada, prepare ?? Prepare));

    [Fact]
    public void Is_prepared_by_one_and_confirmed_by_a_person()
    {
        var prepared = Nothing().When(By(Ada, Prepare)).Then(new RecallPrepared("r1", "loans", "2026-10", Text("labels were wrong"), false, Digest(1), Reach, 12, "ada", Noon));
        prepared.State.ShouldBe("prepared");
        var confirmed = Prepared().When(By(Bob, Confirm)).Then(new RecallConfirmed("loans", "2026-10", [new("credit", 1)], Digest(2), Reach with { Findings = 1 }, 34, "bob", Noon));
        (confirmed.State, confirmed.Impact, confirmed.Reach.Findings, confirmed.TookMilliseconds).ShouldBe(("confirmed", Digest(2), 1, 34));
    }

    [Fact]
    public void Ends_as_a_drill_with_how_long_it_took()
    {
        var drilled = Prepared(Prepare with { Drill = true });
        (drilled.State.State, drilled.State.TookMilliseconds).ShouldBe(("drilled", 12));
        drilled.When(By(Bob, Confirm)).ThenRefused("recall-is-drill", RefusalKind.Conflict);
    }

    [Fact]
    public void Is_refused_from_the_wrong_state()
    {
        Nothing().When(By(Bob, Confirm)).ThenRefused("recall-unknown", RefusalKind.NotFound);
        Prepared().When(By(Bob, Prepare)).ThenRefused("recall-exists", RefusalKind.Conflict);
        Prepared().Done(By(Bob, Confirm)).When(By(Bob, Confirm)).ThenRefused("recall-confirmed", RefusalKind.Conflict);
        Prepared().When(By(AdasKey, Confirm)).ThenRefused("confirmer-not-human", RefusalKind.Forbidden);
    }

    [Fact]
    public void Opens_one_finding_for_each_version_that_shuts_the_gate_and_waits_for_its_owner()
    {
        NoteRecall note = new("r1", [new("f1", Text("recalled"), 1, true), new("f2", Text("recalled"), 2, false)]);
        var running = Models.CreditModel.Approved().And(new ModelDeployed("d1", 1, "production", "c1", Digest(1), Digest(101), "deploy", null, "pipeline", Noon));
        var told = running.When(Models.CreditModel.By(ComplianceOfficer, note)).Then(
            new FindingOpened("f1", Text("recalled"), "critical", 1, "recalled-data:r1:1", "compliance", Noon, "ada", Noon.AddDays(7)),
            new FindingOpened("f2", Text("recalled"), "high", 2, "recalled-data:r1:2", "compliance", Noon, "ada", Noon.AddDays(30)));
        told.Findings.ShouldAllBe(f => f.Blocks);

        running.Done(Models.CreditModel.By(ComplianceOfficer, note)).When(Models.CreditModel.By(ComplianceOfficer, note)).ThenNothing();
        running.When(Models.CreditModel.By(ComplianceOfficer, new NoteRecall("r1", [new("f1", null, 9, false)]))).ThenRefused("version-unknown");
        running.Done(Models.CreditModel.By(Ada, new OpenFinding("f1", null, "low", 1))).When(Models.CreditModel.By(ComplianceOfficer, note)).ThenRefused("id-taken");
    }

    private static Func<Recall, Decision> By(Actor actor, RecallCommand command) => recall => RecallDecider.Decide(recall, command, actor, Noon);
}
