using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Tasks;
using MLOpsGovernance.Tests.Tasks;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Compliance;

/// <summary>Where a policy says so, what breaks it does not go on running: the version is suspended, and somebody is to end what runs.</summary>
public sealed class TakingDownWhatRuns
{
    private static readonly Actor Service = new(ComplianceFindings.Service, false, []);

    private static readonly NoteCompliance Note = new(Noon, [], [new("d1", ["REL-002"], Text("not approved any more"), "ada")]);

    private static readonly TakedownAsked Asked = new("d1", 1, "production", "full", ["REL-002"], "ada", Noon.AddDays(1), Service.Subject, Noon);

    private static readonly ModelSuspended Suspended = new(1, Text("not approved any more"), Service.Subject, Noon);

    private static ModelDeployed Deployed(string id = "d1", string? stage = null, string? replaces = null) => new(id, 1, "production", "c1", Digest(1), Digest(101), "deploy", replaces, "pipeline", Noon, stage);

    private static Given<Model> Running() => Approved().And(Deployed());

    [Fact]
    public void Suspends_the_version_and_asks_somebody_to_take_it_down()
    {
        var model = Running().When(By(Service, Note)).Then(Suspended, Asked);
        (model.Versions[1].Suspended?.By, model.LiveIn("production")!.TakedownAskedAt).ShouldBe((Service.Subject, Noon));
    }

    [Fact]
    public void Asks_once_and_suspends_no_version_twice()
    {
        Running().Done(By(Service, Note)).When(By(Service, Note)).ThenNothing();
        Running().Done(By(Lead, new SuspendModel(1, null))).When(By(Service, Note)).Then(Asked);
        Running().And(Deployed("d2", "canary")).When(By(Service, Note with { Takedowns = [Note.Takedowns[0], Note.Takedowns[0] with { Deployment = "d2" }] }))
            .Then(Suspended, Asked, Asked with { Deployment = "d2", Stage = "canary" });
    }

    [Fact]
    public void Is_taken_back_by_whoever_lifts_the_suspension_and_asked_again_where_it_still_breaks_the_policy()
    {
        var lifted = Running().Done(By(Service, Note)).Done(By(Eve, new ResumeModel(1, null)));
        lifted.State.LiveIn("production")!.TakedownAskedAt.ShouldBeNull();
        lifted.When(By(Service, Note)).Then(Suspended, Asked);
    }

    [Fact]
    public void Asks_nothing_about_what_has_ended() =>
        Approved().And(Deployed(), new ModelRolledBack("d2", 1, "production", "c2", Digest(1), Digest(101), "d1", "pipeline", Noon)).When(By(Service, Note)).ThenNothing();

    public static TheoryData<object> Ends => new()
    {
        new ModelRolledBack("d2", 1, "production", "c2", Digest(1), Digest(101), "d1", "pipeline", Noon),
        new ModelRetired(1, null, ["d1"], "lead", Noon),
        new ModelRetired(null, null, ["d1"], "lead", Noon),
        new ModelResumed(1, null, "eve", Noon),
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Waits_for_the_owner_until_it_runs_no_more_or_may_again(object end)
    {
        var book = new TaskBook().Add("model:credit", new ModelRegistered("credit", "lending", null, [], "ada", Noon), Version(1, "ada"), Deployed(), Suspended, Asked);
        var task = book.Rows().Single(t => t.Kind == TaskKind.TakeDown);
        (task.Assignee, task.About, task.Due).ShouldBe(("ada", new TaskAbout("credit", 1, Environment: "production", Item: "d1"), Noon.AddDays(1)));
        book.Add("model:credit", new ModelVersionRecalled(1, null, "lead", Noon)).Rows().ShouldContain(t => t.Kind == TaskKind.TakeDown, "what was recalled runs still");
        book.Add("model:credit", end).Rows().ShouldNotContain(t => t.Kind == TaskKind.TakeDown);
    }

    [Fact]
    public void Waits_for_the_team_where_nobody_else_made_it() =>
        new TaskBook().Add("model:credit", new ModelRegistered("credit", "lending", null, [], "ada", Noon), Version(1, "ada"), Deployed(), Asked with { Owner = null })
            .Rows().Single(t => t.Kind == TaskKind.TakeDown).ForTeam.ShouldBeTrue();
}
