using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Subjects;
using MLOpsGovernance.Domain.Tasks;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Tasks;

/// <summary>What waits about datasets, subjects and environments; models are played at random.</summary>
public sealed class WaitingForSomebody
{
    private static readonly DataClass Public = new("public", false, null, [], null);

    [Fact]
    public void A_proposed_class_of_data_waits_for_an_officer_outside_the_team_until_it_is_confirmed()
    {
        var book = new TaskBook().Add("dataset:loans", new DatasetRegistered("loans", "lending", null, "ada", Noon));
        book.Rows().ShouldBeEmpty();

        var task = book.Add("dataset:loans", new DatasetClassProposed(Public, "ada", Noon)).Rows().ShouldHaveSingleItem();
        (task.Kind, task.About.Dataset, task.Team, task.OutsideTeam, task.Due).ShouldBe((TaskKind.ConfirmClass, "loans", "lending", true, Noon.AddDays(5)));
        task.Roles.ShouldBe(Roles.Confirmers);
        book.Add("dataset:loans", new DatasetWithdrawn(null, "ada", Noon)).Rows().ShouldBeEmpty("nobody waits for the class of what is out of use");
        book.Add("dataset:loans", new DatasetRestored(null, "bob", Noon)).Rows().ShouldHaveSingleItem().Id.ShouldBe(task.Id);
        book.Add("dataset:loans", new DatasetClassified(Public, "carl", Noon)).Rows().ShouldBeEmpty();
    }

    [Fact]
    public void A_granted_role_waits_for_another_administrator_every_three_months_until_it_is_taken_back()
    {
        var book = new TaskBook().Add("subject:eve", new RoleGranted("eve", Roles.ModelValidator, null, "root", Noon), new RoleGranted("eve", Roles.Viewer, null, "root", Noon));
        book.Rows().Select(t => (t.Kind, t.About.Subject, t.About.Role, t.Due, t.Ahead)).ShouldBe(
            [(TaskKind.RecertifyRole, "eve", Roles.ModelValidator, Noon.AddMonths(3), true), (TaskKind.RecertifyRole, "eve", Roles.Viewer, Noon.AddMonths(3), true)], ignoreOrder: true);
        book.Rows().ShouldAllBe(t => t.Excluded.Contains("eve") && t.Roles.Contains(Roles.Administrator));

        book.Add("subject:eve", new RoleRevoked("eve", Roles.Viewer, null, "root", Noon), new RoleRecertified("eve", Roles.ModelValidator, null, "root", null, Noon.AddDays(80)));
        book.Rows().ShouldHaveSingleItem().Due.ShouldBe(Noon.AddDays(80).AddMonths(3));
    }

    [Fact]
    public void A_gate_that_is_to_be_taken_away_and_a_stranger_that_runs_wait_for_a_second_person()
    {
        var book = new TaskBook().Add("environment:live", new EnvironmentRegistered("live", null, "other", "root", Noon), new EnvironmentUngatingProposed(null, ["root"], "root", Noon),
            new EnvironmentFindingOpened("f1", null, "high", "unknown-digest:live:sha256:00", ["pipeline", "ada"], "pipeline", Noon));
        book.Rows().Select(t => (t.Kind, t.About.Item, t.Due, string.Join(' ', t.Excluded))).ShouldBe(
            [(TaskKind.ConfirmUngating, null, Noon.AddDays(5), "root"), (TaskKind.CloseFinding, "f1", Noon.AddDays(30), "ada pipeline")], ignoreOrder: true);
        book.Add("environment:live", new EnvironmentUngated(null, "carl", Noon), new EnvironmentFindingClosed("f1", null, "eve", Noon)).Rows().ShouldBeEmpty();
    }

    [Fact]
    public void The_same_thing_has_the_same_id_and_no_two_things_share_one()
    {
        var since = Noon;
        string Id(string kind, TaskAbout about) => new OpenTask(kind, about, "lending", since, since).Id;

        Id(TaskKind.Approve, new("credit", 1)).ShouldBe(new OpenTask(TaskKind.Approve, new("credit", 1), "other", since.AddDays(1), since.AddDays(2)).Id);
        new[]
        {
            Id(TaskKind.Approve, new("credit", 1)), Id(TaskKind.Approve, new("credit", 11)), Id(TaskKind.Approve, new("credit1", 1)), Id(TaskKind.Revalidate, new("credit", 1)),
            Id(TaskKind.FulfilCondition, new("credit", 1, Item: "a")), Id(TaskKind.FulfilCondition, new("credit", 1, Item: "b")), Id(TaskKind.ConfirmClass, new(Dataset: "credit")),
        }.ShouldBeUnique();
    }
}
