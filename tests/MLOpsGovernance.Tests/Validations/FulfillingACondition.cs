using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Validations;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Validations;

/// <summary>A condition is somebody's, by a date; its owner says that it is fulfilled, and another person agrees.</summary>
public sealed class FulfillingACondition
{
    private static readonly DateTimeOffset Due = Noon.AddDays(7);
    private static readonly ReportCondition Report = new(1, "q1", [Digest(7)], Text("recalibrated"));
    private static readonly ConfirmCondition Confirm = new(1, "q1", Text("seen"));

    private static Given<Model> Conditioned() =>
        InReview().Done(By(Eve, Approve("a1") with { Conditions = [new("q1", Text("recalibrate"), "ada", Due)], People = ["ada"] }));

    private static string StateOf(Model model) => Of(model).StateIn(model.Versions[1], Material.Of(model, model.Versions[1], [Loans]));

    private static Condition Of(Model model) => model.Versions[1].Conditions.ShouldHaveSingleItem();

    [Fact]
    public void Goes_from_open_over_reported_to_met()
    {
        StateOf(Conditioned().State).ShouldBe("open");
        var reported = Conditioned().When(By(Ada, Report)).Then(new ConditionReported(1, "q1", [Digest(7)], Text("recalibrated"), "ada", null, Noon));
        StateOf(reported).ShouldBe("reported");
        StateOf(Conditioned().Done(By(Ada, Report)).When(By(Eve, Confirm)).Then(new ConditionMet(1, "q1", Text("seen"), "eve", Noon))).ShouldBe("met");
    }

    [Theory]
    [InlineData(false, -1, false)]
    [InlineData(false, 0, true)]
    [InlineData(true, 0, true)]
    public void Is_overdue_from_its_date_on_while_nobody_else_has_agreed(bool reported, int seconds, bool overdue)
    {
        var model = reported ? Conditioned().Done(By(Ada, Report)).State : Conditioned().State;
        Of(model).IsOverdue(model.Versions[1], Material.Of(model, model.Versions[1], [Loans]), Due.AddSeconds(seconds)).ShouldBe(overdue);
    }

    [Fact]
    public void Is_reported_by_its_owner_and_by_nobody_else()
    {
        Conditioned().When(By(Eve, Report)).ThenRefused("reporter-not-owner", RefusalKind.Forbidden);
        Conditioned().When(By(Ada, Report with { Id = "q9" })).ThenRefused("condition-unknown", RefusalKind.NotFound);
        Conditioned().When(By(Ada, Report with { Version = 9 })).ThenRefused("version-unknown");
        Conditioned().Done(By(Ada, Report)).Done(By(Eve, Confirm)).When(By(Ada, Report)).ThenRefused("condition-met", RefusalKind.Conflict);
    }

    public static TheoryData<Actor, string> Barred => new()
    {
        { new("ada", true, [Roles.ModelValidator]), "confirmer-is-owner" },
        { new("eve", true, [Roles.ModelValidator], "ada"), "confirmer-is-owner" },
        { new("bob", true, [Roles.ModelValidator]), "confirmer-is-author" },
        { EvesKey with { Roles = [Roles.ModelValidator] }, "confirmer-not-human" },
        { Root, "administrator-never-approves" },
        { Lead, "role-not-held" },
    };

    [Theory]
    [MemberData(nameof(Barred))]
    public void Is_agreed_to_by_an_approver_who_is_neither_its_owner_nor_an_author(Actor actor, string code) =>
        Conditioned().Done(By(Ada, Report)).When(By(actor, Confirm)).ThenRefused(code, RefusalKind.Forbidden);

    [Fact]
    public void Is_agreed_to_after_its_owner_said_so_and_once()
    {
        Conditioned().When(By(Eve, Confirm)).ThenRefused("condition-not-reported", RefusalKind.Conflict);
        Conditioned().Done(By(Ada, Report)).Done(By(Eve, Confirm)).When(By(Eve, Confirm)).ThenRefused("condition-met");
    }

    [Fact]
    public void Outlives_the_expiry_of_the_approval_and_falls_with_its_revocation()
    {
        StateOf(Conditioned().State).ShouldBe("open");
        StateOf(Conditioned().Done(By(Eve, new RevokeApproval(1, "a1", null))).State).ShouldBe("lapsed");
    }
}
