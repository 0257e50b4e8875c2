using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Monitoring;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Monitoring;

public sealed class WatchingAVersion
{
    private static readonly NewBaseline First = new(Digest(1), ["age"], false, null), Second = new(Digest(2), ["age"], true, Text("the old one was of a test"));

    private static MonitoringReport Report(string id = "r1", string verdict = MonitoringVerdict.Drift, DateTimeOffset? at = null, string? environment = "production", string? severity = null, params MonitoredMetric[] metrics) => new(
        id, environment, null, at ?? Noon, null, verdict, verdict == MonitoringVerdict.Unknown ? [] : [new("age", verdict, 0.4, 0.001, verdict == MonitoringVerdict.Drift)], metrics, ["health"], Digest(1), Digest(9), $"i-{id}", null, severity);

    private static Given<Model> Frozen() => Versioned().Done(By(Pipeline, new NoteMonitoring(1, First, null)));

    private static NoteMonitoring Note(MonitoringReport report, int version = 1) => new(version, null, report);

    [Fact]
    public void Freezes_its_first_baseline_for_a_pipeline_and_a_later_one_for_a_person_only()
    {
        Versioned().When(By(Pipeline, new NoteMonitoring(1, First, null))).Then(new MonitoringBaselineFrozen(1, Digest(1), ["age"], null, null, "pipeline", Noon));
        Frozen().When(By(Pipeline, new NoteMonitoring(1, First, null))).ThenNothing();
        Frozen().When(By(Ada, new NoteMonitoring(1, Second with { Replace = false }, null))).ThenRefused("baseline-frozen", RefusalKind.Conflict);
        Frozen().When(By(Pipeline, new NoteMonitoring(1, Second, null))).ThenRefused("baseline-replaced-by-machine", RefusalKind.Forbidden);
        Frozen().When(By(Ada, new NoteMonitoring(1, Second, null))).ThenAccepted().Versions[1].Monitoring.Baseline.ShouldBe(Digest(2));
    }

    [Fact]
    public void Is_refused_for_what_is_not_there_or_has_not_come()
    {
        Frozen().When(By(Pipeline, Note(Report(), 9))).ThenRefused("version-unknown");
        Frozen().When(By(Pipeline, Note(Report(at: Noon.AddMinutes(6))))).ThenRefused("observed-in-the-future", RefusalKind.Unprocessable);
        Frozen().When(By(Pipeline, Note(Report() with { From = Noon }))).ThenRefused("observed-before-it-began");
        Frozen().When(By(Pipeline, Note(Report() with { Baseline = Digest(7) }))).ThenRefused("baseline-changed", RefusalKind.Conflict);
    }

    [Fact]
    public void Shows_the_latest_observation_whatever_the_order_of_reports()
    {
        var seen = Frozen().Done(By(Pipeline, Note(Report("r1", at: Noon)))).Done(By(Pipeline, Note(Report("r2", MonitoringVerdict.NoDrift, Noon.AddDays(-1))))).State.Versions[1].Monitoring.In("production")!;
        (seen.Verdict, seen.ReportedAt, seen.Watched["health"]).ShouldBe((MonitoringVerdict.Drift, Noon, Noon));
        seen.Drifted.ShouldBe(["age"]);
    }

    [Fact]
    public void Keeps_environments_apart_and_falls_back_to_what_was_said_of_none()
    {
        var state = Frozen().Done(By(Pipeline, Note(Report(environment: null, verdict: MonitoringVerdict.NoDrift)))).State.Versions[1].Monitoring;
        state.In("production")!.Verdict.ShouldBe(MonitoringVerdict.NoDrift);
        var both = Frozen().Done(By(Pipeline, Note(Report("r1", MonitoringVerdict.NoDrift, environment: null)))).Done(By(Pipeline, Note(Report("r2")))).State.Versions[1].Monitoring;
        (both.In("production")!.Verdict, both.In("staging")!.Verdict).ShouldBe((MonitoringVerdict.Drift, MonitoringVerdict.NoDrift));
    }

    [Fact]
    public void Tells_when_a_figure_breaks_its_limit_and_when_it_does_no_more()
    {
        MonitoredMetric low = new("auc", 0.6, 0.7, null, true), fine = low with { Value = 0.8 };
        var broken = Frozen().Done(By(Pipeline, Note(Report("r1", MonitoringVerdict.Unknown, metrics: low))));
        (broken.State.Versions[1].Monitoring.In("production")!.Breached.Single(), broken.State.Versions[1].Monitoring.In("production")!.LabelledAt).ShouldBe(("auc", Noon));
        broken.Done(By(Pipeline, Note(Report("r2", MonitoringVerdict.Unknown, metrics: fine)))).State.Versions[1].Monitoring.In("production")!.Breached.ShouldBeEmpty();
    }

    [Fact]
    public void Opens_one_incident_however_often_it_alarms_and_another_once_that_is_resolved()
    {
        var alarmed = Frozen().Done(By(Pipeline, Note(Report("r1", severity: "high")))).Done(By(Pipeline, Note(Report("r2", severity: "high"))));
        alarmed.State.Incidents.ShouldHaveSingleItem().Cause.ShouldBe("monitoring:1");
        Frozen().Done(By(Pipeline, Note(Report("r1", MonitoringVerdict.NoDrift, severity: "high")))).State.Incidents.ShouldBeEmpty();
        alarmed.Done(By(Ada, new AcknowledgeIncident("i-r1", null, true, null))).Done(By(Ada, new ResolveIncident("i-r1", Text("fixed")))).Done(By(Pipeline, Note(Report("r3", severity: "high")))).State.Incidents.Count.ShouldBe(2);
    }

    [Fact]
    public void An_incident_is_taken_on_before_it_is_resolved_and_both_by_people()
    {
        var open = Versioned().Done(By(AdasKey, new ReportIncident("i1", null, "high", 1, null)));
        open.When(By(Ada, new ResolveIncident("i1", null))).ThenRefused("incident-not-acknowledged", RefusalKind.Conflict);
        open.When(By(AdasKey, new AcknowledgeIncident("i1", null, true, null))).ThenRefused("acknowledger-not-human", RefusalKind.Forbidden);
        open.When(By(Ada, new AcknowledgeIncident("i2", null, true, null))).ThenRefused("incident-unknown", RefusalKind.NotFound);
        open.When(By(Ada, new AcknowledgeIncident("i1", "nobody", false, null))).ThenRefused("unknown-owner", RefusalKind.Unprocessable);
        var taken = open.Done(By(Ada, new AcknowledgeIncident("i1", "bob", true, Text("look"))));
        taken.State.Incidents[0].Owner.ShouldBe("bob");
        taken.When(By(Ada, new AcknowledgeIncident("i1", "bob", true, null))).ThenRefused("incident-acknowledged", RefusalKind.Conflict);
        taken.When(By(AdasKey, new ResolveIncident("i1", null))).ThenRefused("resolver-not-human", RefusalKind.Forbidden);
        var resolved = taken.Done(By(Bob, new ResolveIncident("i1", Text("fixed"))));
        (resolved.State.Incidents[0].IsOpen, resolved.State.Incidents[0].ResolvedBy).ShouldBe((false, "bob"));
        resolved.When(By(Bob, new ResolveIncident("i1", null))).ThenRefused("incident-resolved", RefusalKind.Conflict);
        resolved.When(By(Bob, new AcknowledgeIncident("i1", null, true, null))).ThenRefused("incident-resolved", RefusalKind.Conflict);
    }
}
