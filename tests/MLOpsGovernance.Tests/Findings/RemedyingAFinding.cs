using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Findings;

/// <summary>A finding is somebody's, by a date, with a plan; a second person closes it; it is opened again where the remedy did not hold.</summary>
public sealed class RemedyingAFinding
{
    private static readonly CloseFinding Close = new("f1", Text("retrained"), [Digest(7)]);

    private static Given<Model> Opened(string? owner = "zoe", Actor? by = null) =>
        Versioned().Done(By(by ?? Eve, new OpenFinding("f1", Text("bias"), "high", 1, owner, owner is not null, Noon.AddDays(3), Text("retrain"))));

    [Theory]
    [InlineData("critical", 7)]
    [InlineData("high", 30)]
    [InlineData("medium", 90)]
    [InlineData("low", 180)]
    public void Is_due_by_its_severity_where_nobody_says_otherwise(string severity, int days)
    {
        Versioned().When(By(Eve, new OpenFinding("f1", null, severity, 1))).ThenAccepted().Findings[0].Due.ShouldBe(Noon.AddDays(days));
        Versioned().And(new FindingOpened("f0", null, severity, 1, "reported", "eve", Noon)).State.Findings[0].Due.ShouldBe(Noon.AddDays(days), "one from before findings had dates");
    }

    [Fact]
    public void Is_given_to_somebody_dated_and_planned()
    {
        var finding = Opened().When(By(Lead, new ChangeFinding("f1", "bob", true, Noon.AddDays(9), Text("reweigh")))).Then(
            new FindingChanged("f1", "bob", Noon.AddDays(9), Text("reweigh"), "lead", Noon)).Findings[0];
        (finding.Owner, finding.Due, finding.Plan).ShouldBe(("bob", Noon.AddDays(9), Text("reweigh")));
        Opened().When(By(Lead, new ChangeFinding("f1", null, true, null, null))).ThenNothing();
    }

    [Fact]
    public void Is_never_given_to_a_stranger_or_to_the_past()
    {
        Versioned().When(By(Eve, new OpenFinding("f1", null, "low", 1, "nobody", false))).ThenRefused("unknown-owner", RefusalKind.Unprocessable);
        Versioned().When(By(Eve, new OpenFinding("f1", null, "low", 1, null, true, Noon))).ThenRefused("due-passed", RefusalKind.Unprocessable);
        Opened().When(By(Lead, new ChangeFinding("f1", "nobody", false, null, null))).ThenRefused("unknown-owner");
        Opened().When(By(Lead, new ChangeFinding("f1", null, true, Noon, null))).ThenRefused("due-passed");
        Opened().When(By(Lead, new ChangeFinding("f9", null, true, null, null))).ThenRefused("finding-unknown");
    }

    [Fact]
    public void Is_closed_by_a_second_person()
    {
        Opened("zoe").When(By(new("zoe", true, [Roles.Contributor]), Close)).ThenRefused("finding-closed-by-owner", RefusalKind.Forbidden);
        Opened("zoe").When(By(Lead.Through("zoe"), Close)).ThenRefused("finding-closed-by-owner");
        Opened(null).When(By(Eve, Close)).ThenRefused("finding-closed-by-opener", RefusalKind.Forbidden);
        Opened(null, EvesKey).When(By(Eve, Close)).ThenRefused("finding-closed-by-opener");
        Opened("zoe").When(By(Eve, Close)).ThenAccepted().Findings[0].Evidence.ShouldBe([Digest(7)]);
        Opened(null).When(By(Lead, Close)).ThenAccepted();
    }

    [Fact]
    public void Is_opened_again_where_the_remedy_did_not_hold()
    {
        var closed = Opened().Done(By(Eve, Close));
        closed.State.OpenFindingsOf(1).ShouldBeEmpty();
        var again = closed.When(By(Bob, new ReopenFinding("f1", Text("still there"), null))).Then(new FindingReopened("f1", Text("still there"), Noon.AddDays(30), "bob", null, Noon));
        var finding = again.OpenFindingsOf(1).ShouldHaveSingleItem();
        (finding.IsOpen, finding.Blocks, finding.ClosedBy, finding.Due, finding.Reopenings.Count).ShouldBe((true, true, null, Noon.AddDays(30), 1));
        finding.Evidence.ShouldBeEmpty();
    }

    [Fact]
    public void Is_opened_again_only_when_closed_and_changed_only_while_open()
    {
        Opened().When(By(Bob, new ReopenFinding("f1", null, null))).ThenRefused("finding-open", RefusalKind.Conflict);
        Opened().When(By(Bob, new ReopenFinding("f9", null, null))).ThenRefused("finding-unknown");
        Opened().Done(By(Eve, Close)).When(By(Bob, new ReopenFinding("f1", null, Noon))).ThenRefused("due-passed");
        Opened().Done(By(Eve, Close)).When(By(Lead, new ChangeFinding("f1", "bob", true, null, null))).ThenRefused("finding-closed");
    }

    [Fact]
    public void Is_still_not_closed_by_who_opened_it_again()
    {
        var again = Opened(null).Done(By(Lead, Close)).Done(By(Mallory, new ReopenFinding("f1", null, null)));
        again.When(By(Mallory, Close)).ThenRefused("finding-closed-by-opener");
        again.When(By(Lead, Close)).ThenAccepted();
    }
}
