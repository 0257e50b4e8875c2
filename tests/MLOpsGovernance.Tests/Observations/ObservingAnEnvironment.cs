using CsCheck;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Observations;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Observations;

public sealed class ObservingAnEnvironment
{
    private static readonly ObservedItem[] Items = [new("scorer", Digest(9), 2)];

    private static Given<DeploymentEnvironment> Unknown() => Given.Events<DeploymentEnvironment>(DeploymentEnvironment.Evolve);

    private static Given<DeploymentEnvironment> Registered() => Unknown().And(new EnvironmentRegistered("production", null, "other", "root", Noon));

    private static ObserveEnvironment Look(double minutes = 0, params string[] causes) =>
        new(Noon.AddMinutes(minutes), "kubectl", Digest(50), 1, Items, [.. causes.Select(c => new FoundDiscrepancy($"f-{c}-{minutes}", Text(c), "high", c))]);

    private static Func<DeploymentEnvironment, Decision> By(Actor actor, EnvironmentCommand command, double minutes = 0) =>
        environment => EnvironmentDecider.Decide(environment, command, actor, Noon.AddMinutes(minutes));

    private static Given<DeploymentEnvironment> Opened() => Registered().Done(By(AdasKey, Look(0, "c1")));

    [Fact]
    public void Is_recorded_and_opens_a_finding()
    {
        var environment = Registered().When(By(AdasKey, Look(0, "c1"))).Then(
            new EnvironmentObserved(Noon, "kubectl", Digest(50), 1, Items, "key:k1", Noon),
            new EnvironmentFindingOpened("f-c1-0", Text("c1"), "high", "c1", ["key:k1", "ada"], "key:k1", Noon));
        environment.Observed.ShouldBe(new(Noon, "kubectl", Digest(50), 1));
        environment.Findings.Values.ShouldHaveSingleItem().IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void Opens_one_finding_for_a_cause_and_says_when_it_is_gone_and_back()
    {
        var again = Opened().When(By(AdasKey, Look(5, "c1"), 5));
        again.Then(new EnvironmentObserved(Noon.AddMinutes(5), "kubectl", Digest(50), 1, Items, "key:k1", Noon.AddMinutes(5)));

        var gone = Opened().Done(By(AdasKey, Look(5), 5));
        gone.State.Findings["f-c1-0"].ShouldBe(gone.State.Findings["f-c1-0"] with { VanishedAt = Noon.AddMinutes(5), ClosedAt = null });
        gone.When(By(AdasKey, Look(6), 6)).ThenAccepted().Findings["f-c1-0"].VanishedAt.ShouldBe(Noon.AddMinutes(5));

        var back = gone.When(By(AdasKey, Look(9, "c1"), 9)).ThenAccepted();
        (back.Findings.Count, back.Findings["f-c1-0"].VanishedAt).ShouldBe((1, null));
    }

    [Fact]
    public void Opens_another_one_for_what_is_there_after_somebody_closed_it()
    {
        var closed = Opened().Done(By(Eve, new CloseEnvironmentFinding("f-c1-0", Text("stopped"))));
        closed.When(By(AdasKey, Look(5, "c1"), 5)).ThenAccepted().Findings.Keys.ShouldBe(["f-c1-0", "f-c1-5"]);
    }

    [Fact]
    public void Is_refused_for_a_time_that_is_still_to_come_or_before_the_last()
    {
        Registered().When(By(AdasKey, Look(5))).ThenAccepted();
        Registered().When(By(AdasKey, Look(5.1))).ThenRefused("observation-in-future", RefusalKind.Unprocessable);
        Opened().When(By(AdasKey, Look(-1))).ThenRefused("observation-older-than-last", RefusalKind.Conflict);
        Opened().When(By(AdasKey, Look() with { Digest = Digest(51) })).ThenRefused("observation-older-than-last", RefusalKind.Conflict);
        Opened().When(By(AdasKey, Look(0, "c1"))).ThenNothing();
        Unknown().When(By(AdasKey, Look())).ThenRefused("environment-unknown", RefusalKind.NotFound);
    }

    public static TheoryData<Actor, string, string> Barred => new()
    {
        { Ada, "f-c1-0", "closer-observed-it" },
        { Lead.Through("ada"), "f-c1-0", "closer-observed-it" },
        { AdasKey, "f-c1-0", "closer-not-human" },
        { Eve, "f9", "finding-unknown" },
    };

    [Theory]
    [MemberData(nameof(Barred))]
    public void Leaves_its_finding_to_a_second_person(Actor actor, string id, string code) => Opened().When(By(actor, new CloseEnvironmentFinding(id, null))).ThenRefused(code);

    [Fact]
    public void Leaves_its_finding_to_be_closed_once()
    {
        var close = new CloseEnvironmentFinding("f-c1-0", Text("stopped"));
        Opened().When(By(Eve, close)).Then(new EnvironmentFindingClosed("f-c1-0", Text("stopped"), "eve", Noon)).Findings["f-c1-0"].IsOpen.ShouldBeFalse();
        Opened().Done(By(Eve, close)).When(By(Eve, close)).ThenRefused("finding-closed");
        Unknown().When(By(Eve, close)).ThenRefused("environment-unknown");
    }

    [Fact]
    public void Tells_a_model_what_runs_of_it_also_when_it_is_retired()
    {
        NoteDiscrepancies note = new("production", Noon, [new("f1", Text("runs"), "high", $"running-not-allowed:production:{Digest(1)}", 1)]);
        var told = Versioned().And(new ModelRetired(null, null, [], "root", Noon)).Done(CreditBy(AdasKey, note));
        var finding = told.State.Findings.ShouldHaveSingleItem();
        (finding.Id, finding.Title, finding.Severity, finding.Version, finding.By, finding.Due, finding.Cause).ShouldBe(("f1", Text("runs"), "high", 1, "key:k1", Noon.AddDays(30), note.Found[0].Cause));
        told.When(CreditBy(AdasKey, note with { Found = [note.Found[0] with { FindingId = "f2" }] })).ThenNothing();
        told.When(CreditBy(AdasKey, note with { Environment = "staging", Found = [] })).ThenNothing();
        told.When(CreditBy(AdasKey, note)).ThenRefused("id-taken");
        Versioned().When(CreditBy(AdasKey, note with { Found = [note.Found[0] with { Version = 9 }] })).ThenRefused("version-unknown");

        var gone = told.Done(CreditBy(AdasKey, note with { Found = [] }));
        gone.State.Findings[0].ShouldBe(gone.State.Findings[0] with { VanishedAt = Noon, ClosedAt = null });
        gone.When(CreditBy(AdasKey, note with { Found = [note.Found[0] with { FindingId = "f2" }] })).Then(new DiscrepancyReturned("f1", Noon, "key:k1", Noon)).Findings[0].VanishedAt.ShouldBeNull();
    }

    [Fact]
    public void Never_has_two_open_findings_of_one_cause_nor_forgets_one() =>
        Gen.Select(Gen.Int[0, 3], Gen.OneOf("a", "b", "c", "d").Array[0, 3], Gen.Int[-2, 4]).Array[1, 25].Sample(moves =>
        {
            var (environment, history, minutes) = (Registered().State, new List<object>(), 0);
            foreach (var (what, causes, step) in moves)
            {
                minutes += step;
                var open = environment.Findings.Values.Where(f => f.IsOpen).ToList();
                EnvironmentCommand command = what == 0 && open is [var one, ..] ? new CloseEnvironmentFinding(one.Id, null) : Look(minutes, causes);
                var decision = EnvironmentDecider.Decide(environment, command, what == 0 ? Eve : AdasKey, Noon.AddMinutes(Math.Max(0, minutes)));
                history.AddRange(decision.Events);
                environment = decision.Events.Aggregate(environment, DeploymentEnvironment.Evolve);

                open = [.. environment.Findings.Values.Where(f => f.IsOpen)];
                open.Select(f => f.Cause).ShouldBeUnique();
                if (command is not ObserveEnvironment || decision.Events.Count == 0) continue;
                open.Where(f => f.VanishedAt is null).Select(f => f.Cause).ShouldBe(causes.Distinct(), ignoreOrder: true);
            }

            Given.Said(history.Aggregate(Registered().State, DeploymentEnvironment.Evolve)).ShouldBe(Given.Said(environment));
        }, iter: 3_000);

    [Fact]
    public void Keeps_the_latest_closed_findings_and_leaves_the_others_to_the_history()
    {
        var environment = Registered();
        for (var i = 0; i < 60; i++)
            environment = environment.Done(By(AdasKey, Look(i, $"c{i}"), i)).Done(By(Eve, new CloseEnvironmentFinding($"f-c{i}-{i}", null), i));
        environment.State.Findings.Count.ShouldBe(50);
        environment.State.Findings.ShouldContainKey("f-c59-59");
    }

    private static Func<Model, Decision> CreditBy(Actor actor, ModelCommand command) => Models.CreditModel.By(actor, command);
}
