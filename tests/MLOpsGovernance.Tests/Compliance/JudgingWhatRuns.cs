using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Domain.Tasks;
using MLOpsGovernance.Tests.Tasks;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Compliance;

public sealed class JudgingWhatRuns
{
    private static readonly Actor Service = new("system:compliance", false, []);

    private static readonly FoundFailure Failure = new("f1", Text("not approved any more"), "high", "d1", "REL-002", 1, "ada");

    private static readonly NoteCompliance Note = new(Noon, [Failure], []);

    private static Given<Model> Running() => Approved().And(new ModelDeployed("d1", 1, "production", "c1", Digest(1), Digest(101), "deploy", null, "pipeline", Noon));

    private static FindingOpened Opened => new("f1", Text("not approved any more"), "high", 1, "not-compliant:d1:REL-002", "system:compliance", Noon, "ada", Noon.AddDays(30));

    [Fact]
    public void Opens_one_finding_for_each_failure_with_an_owner_and_a_date() => Running().When(By(Service, Note)).Then(Opened).Findings.ShouldHaveSingleItem().Blocks.ShouldBeTrue();

    [Fact]
    public void Opens_none_again_and_another_one_for_another_rule()
    {
        var once = Running().Done(By(Service, Note));
        once.When(By(Service, Note with { Found = [Failure with { FindingId = "f2" }] })).ThenNothing();
        once.When(By(Service, Note with { Found = [Failure with { FindingId = "f2" }, Failure with { FindingId = "f3", What = "REL-006" }] })).ThenAccepted().Findings.Count.ShouldBe(2);
        Running().When(By(Service, Note with { Found = [Failure, Failure with { FindingId = "f2" }] })).Then(Opened);
    }

    [Fact]
    public void Notes_what_holds_again_and_never_closes_it()
    {
        var gone = Running().Done(By(Service, Note)).When(By(Service, new NoteCompliance(Noon.AddDays(1), [], []), Noon.AddDays(1))).Then(new DiscrepancyVanished("f1", Noon.AddDays(1), "system:compliance", Noon.AddDays(1)));
        gone.Findings.ShouldHaveSingleItem().IsOpen.ShouldBeTrue();

        var again = Running().Done(By(Service, Note)).Done(By(Service, new NoteCompliance(Noon, [], []))).When(By(Service, Note with { Found = [Failure with { FindingId = "f9" }] }));
        again.Then(new DiscrepancyReturned("f1", Noon, "system:compliance", Noon));
    }

    [Fact]
    public void Opens_another_one_after_people_closed_the_first() =>
        Running().Done(By(Service, Note)).Done(By(Eve, new CloseFinding("f1", Text("approved again")))).When(By(Service, Note with { Found = [Failure with { FindingId = "f2" }] })).ThenAccepted().Findings.Count(f => f.IsOpen).ShouldBe(1);

    [Fact]
    public void Leaves_the_findings_of_others_alone() =>
        Running().Done(By(Ada, new OpenFinding("f0", null, "low", 1))).When(By(Service, new NoteCompliance(Noon, [], []))).ThenNothing();

    [Theory]
    [InlineData("ada")]
    [InlineData("compliance")]
    [InlineData("pipeline")]
    public void Is_the_services_own_doing(string who)
    {
        Actor[] actors = [Ada, ComplianceOfficer, Pipeline];
        Running().When(By(actors.Single(a => a.Subject == who), Note)).ThenRefused("judged-by-service-only", RefusalKind.Forbidden);
    }

    [Fact]
    public void Is_about_versions_that_there_are_and_ids_that_are_free()
    {
        Running().When(By(Service, Note with { Found = [Failure with { Version = 9 }] })).ThenRefused("version-unknown");
        Running().Done(By(Ada, new OpenFinding("f1", null, "low", 1))).When(By(Service, Note)).ThenRefused("id-taken");
    }

    [Fact]
    public void Leaves_the_remedy_to_a_person_who_made_it()
    {
        var version = Running().State.Versions[1];
        ComplianceFindings.OwnerOf(version).ShouldBe("ada", "she registered it");
        ComplianceFindings.OwnerOf(version with { RegisteredBy = "key:k1" }).ShouldBe("ada", "the first of its authors");
        ComplianceFindings.OwnerOf(version with { HumanAuthors = [] }).ShouldBeNull();
    }

    [Fact]
    public void Waits_for_its_owner_and_then_for_a_second_person()
    {
        var book = new TaskBook().Add("model:credit", new ModelRegistered("credit", "lending", null, [], "ada", Noon), Version(1, "ada"), Opened);
        book.Rows().ShouldContain(t => t.Kind == TaskKind.RemedyFinding && t.Assignee == "ada" && t.Due == Noon.AddDays(30));
        book.Add("model:credit", new DiscrepancyVanished("f1", Noon, "system:compliance", Noon));
        book.Rows().ShouldContain(t => t.Kind == TaskKind.CloseFinding && t.Excluded.Contains("ada"));
    }
}
