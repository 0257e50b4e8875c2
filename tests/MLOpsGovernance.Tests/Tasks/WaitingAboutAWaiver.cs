using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Tasks;
using MLOpsGovernance.Domain.Waivers;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Waivers.CreditWaiver;

namespace MLOpsGovernance.Tests.Tasks;

public sealed class WaitingAboutAWaiver
{
    [Fact]
    public void Is_for_the_roles_that_the_policy_names_and_for_nobody_who_had_a_hand_in_it()
    {
        var task = new TaskBook().Add("waiver:w1", Requested).Rows().ShouldHaveSingleItem();
        (task.Kind, task.About, task.Team, task.Due, task.Until).ShouldBe((TaskKind.ApproveWaiver, new TaskAbout("credit", 1, Environment: "production", Item: "w1"), "lending", Noon.AddDays(5), Noon.AddDays(10)));
        task.Roles.ShouldBe([Roles.AiRiskOfficer, Roles.ChiefRiskOfficer]);
        task.Excluded.ShouldBe(["ada", "bob"]);
        new TaskBook().Add("waiver:w1", Requested with { ExpiresAt = Noon.AddDays(1) }).Rows().ShouldHaveSingleItem().Due.ShouldBe(Noon.AddDays(1), "after that nobody can approve it");
    }

    [Fact]
    public void Is_then_for_its_owner_until_it_ends()
    {
        var task = new TaskBook().Add("waiver:w1", Requested, Approved).Rows().ShouldHaveSingleItem();
        (task.Kind, task.Assignee, task.Due, task.Until, task.Ahead).ShouldBe((TaskKind.RenewWaiver, "ada", Noon.AddDays(10), Noon.AddDays(10), true));
    }

    public static TheoryData<object[]> Endings => new()
    {
        new object[] { new WaiverRejected(null, "risk", Noon) },
        new object[] { new WaiverWithdrawn(null, "ada", Noon) },
        new object[] { Approved, new WaiverRevoked(null, "risk", Noon) },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void Ends_with_it(object[] ending)
    {
        var book = new TaskBook().Add("waiver:w1", Requested);
        book.Rows().Count.ShouldBe(1);
        book.Add("waiver:w1", ending).Rows().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ends_once_the_one_that_follows_it_is_approved(bool page)
    {
        var next = Requested with { Id = "w2", Renews = "w1", ExpiresAt = Noon.AddDays(20) };
        var book = new TaskBook().Add("waiver:w1", Requested, Approved);
        if (page) book.Turn();
        book.Add("waiver:w2", next);
        book.Rows().Select(t => (t.Kind, t.About.Item)).ShouldBe([(TaskKind.RenewWaiver, "w1"), (TaskKind.ApproveWaiver, "w2")], ignoreOrder: true);

        book.Add("waiver:w2", Approved).Rows().ShouldHaveSingleItem().About.Item.ShouldBe("w2");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Comes_back_where_the_one_that_follows_it_is_revoked(bool page)
    {
        var book = new TaskBook().Add("waiver:w1", Requested, Approved).Add("waiver:w2", Requested with { Id = "w2", Renews = "w1", ExpiresAt = Noon.AddDays(20) }, Approved);
        if (page) book.Turn();
        var task = book.Add("waiver:w2", new WaiverRevoked(null, "risk", Noon)).Rows().ShouldHaveSingleItem();
        (task.Kind, task.About.Item, task.Due).ShouldBe((TaskKind.RenewWaiver, "w1", Noon.AddDays(10)));

        book.Add("waiver:w3", Requested with { Id = "w3", Renews = "w1", ExpiresAt = Noon.AddDays(30) }, Approved).Rows().ShouldHaveSingleItem().About.Item.ShouldBe("w3");
    }
}
