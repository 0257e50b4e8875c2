using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Models;

public sealed class FindingsAndIncidents
{
    private static Given<Model> Found(int? version = 1) => Versioned().And(new FindingOpened("f1", Text("bias"), "high", version, "reported", "eve", Noon));

    [Fact]
    public void A_finding_is_open_until_it_is_closed()
    {
        var found = Versioned().Done(By(AdasKey, new OpenFinding("f1", Text("bias"), "critical", null)));
        found.State.Findings.ShouldHaveSingleItem().Blocks.ShouldBeTrue();
        var closed = found.When(By(Eve, new CloseFinding("f1", Text("gone"), [Digest(7)]))).Then(new FindingClosed("f1", Text("gone"), "eve", Noon, [Digest(7)])).Findings[0];
        (closed.IsOpen, closed.Blocks, closed.ClosedBy, closed.Closing, closed.ClosedAt).ShouldBe((false, false, "eve", Text("gone"), Noon));
    }

    [Theory]
    [InlineData("low", false)]
    [InlineData("medium", false)]
    [InlineData("high", true)]
    [InlineData("critical", true)]
    public void A_finding_blocks_when_it_is_high_or_critical(string severity, bool blocks) =>
        Versioned().When(By(Ada, new OpenFinding("f1", null, severity, 1))).ThenAccepted().Findings[0].Blocks.ShouldBe(blocks);

    [Theory]
    [InlineData(1, "bob", false)]
    [InlineData(2, "bob", true)]
    [InlineData(null, "bob", false)]
    [InlineData(2, "ada", false)]
    [InlineData(1, "lead", true)]
    public void A_finding_is_closed_by_somebody_without_a_hand_in_what_it_is_about(int? version, string closer, bool allowed)
    {
        var outcome = Found(version).When(By(new(closer, true, [Roles.Contributor]), new CloseFinding("f1", null)));
        if (allowed) outcome.ThenAccepted();
        else outcome.ThenRefused("closer-is-author", RefusalKind.Forbidden);
    }

    [Fact]
    public void A_finding_is_never_closed_by_a_machine_or_for_an_author()
    {
        Found().When(By(EvesKey, new CloseFinding("f1", null))).ThenRefused("closer-not-human", RefusalKind.Forbidden);
        Found().When(By(Eve.Through("bob"), new CloseFinding("f1", null))).ThenRefused("closer-is-author");
    }

    [Fact]
    public void A_finding_is_closed_once_and_only_if_it_is_there()
    {
        Found().Done(By(Lead, new CloseFinding("f1", null))).When(By(Eve, new CloseFinding("f1", null))).ThenRefused("finding-closed", RefusalKind.Conflict);
        Found().When(By(Eve, new CloseFinding("f2", null))).ThenRefused("finding-unknown", RefusalKind.NotFound);
    }

    [Fact]
    public void They_are_about_a_version_that_exists()
    {
        Versioned().When(By(Eve, new OpenFinding("f1", null, "low", 9))).ThenRefused("version-unknown");
        Versioned().When(By(Eve, new ReportIncident("i1", null, "low", 9, null))).ThenRefused("version-unknown");
    }

    [Fact]
    public void An_incident_is_recorded() =>
        Versioned().When(By(AdasKey, new ReportIncident("i1", Text("wrong scores"), "high", 1, "production")))
            .Then(new IncidentReported("i1", Text("wrong scores"), "high", 1, "production", "key:k1", Noon)).Incidents.ShouldHaveSingleItem().Environment.ShouldBe("production");
}
