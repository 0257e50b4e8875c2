using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Validations;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Validations;

/// <summary>A validation is a record of its own; an approval refers to it, and never is one.</summary>
public sealed class ValidatingAVersion
{
    private static readonly DateTimeOffset NextWeek = Noon.AddDays(7);

    internal static ValidateVersion Found(string conclusion = Validation.Fit, string id = "v1", int version = 1, DateTimeOffset? until = null, params ConditionDemand[] conditions) =>
        new(version, id, Text("discrimination on held-out loans"), conclusion, Text("no data before 2020"), [Digest(9)], until, conditions, ["ada", "bob"], [Loans]);

    private static ConditionDemand Demand(string? owner = "ada", DateTimeOffset? due = null, string id = "q1") => new(id, Text("recalibrate"), owner, due ?? NextWeek);

    [Fact]
    public void Records_scope_conclusion_limitations_and_evidence_for_the_version_as_it_is()
    {
        var model = Versioned();
        var material = Material.Of(model.State, model.State.Versions[1], [Loans]);
        var validated = model.When(By(Eve, Found())).Then(
            new VersionValidated(1, "v1", Text("discrimination on held-out loans"), "fit", Text("no data before 2020"), [Digest(9)], material, [], null, "eve", null, Noon)).Versions[1];
        ValidationStanding.Of(validated.Validations.ShouldHaveSingleItem(), validated, material, Noon).IsLive.ShouldBeTrue();
        validated.Approvals.ShouldBeEmpty("validation is not approval");
    }

    public static TheoryData<Actor, string> Barred => new()
    {
        { new("ada", true, [Roles.ModelValidator]), "validator-is-author" },
        { new("eve", true, [Roles.ModelValidator], "ada"), "validator-is-author" },
        { new("carl", true, [Roles.ModelValidator]), "validator-requested-review" },
        { EvesKey with { Roles = [Roles.ModelValidator] }, "validator-not-human" },
        { new("root", true, [Roles.Administrator, Roles.ModelValidator]), "administrator-never-validates" },
        { RiskOfficer, "role-not-held" },
    };

    [Theory]
    [MemberData(nameof(Barred))]
    public void Is_refused_to_everybody_with_a_hand_in_it_and_to_everybody_who_is_no_validator(Actor actor, string code) =>
        Versioned().And(new ReviewRequested(1, null, ["carl"], "carl", Noon)).When(By(actor, Found())).ThenRefused(code, RefusalKind.Forbidden);

    [Fact]
    public void Is_refused_for_what_is_not_there_or_over_already()
    {
        Versioned().When(By(Eve, Found(version: 9))).ThenRefused("version-unknown");
        Versioned().When(By(Eve, Found(until: Noon))).ThenRefused("valid-until-out-of-range", RefusalKind.Unprocessable);
        Versioned().And(new ModelVersionRecalled(1, null, "risk", Noon)).When(By(Eve, Found())).ThenRefused("version-recalled");
        Versioned().Done(By(Eve, Found())).When(By(Eve, Found())).ThenRefused("id-taken");
    }

    [Theory]
    [InlineData(null, 7, "condition-without-owner")]
    [InlineData(" ", 7, "condition-without-owner")]
    [InlineData("nobody", 7, "unknown-owner")]
    [InlineData("ada", 0, "condition-due-passed")]
    public void Is_refused_with_a_condition_that_is_nobodys_or_due_already(string? owner, int days, string code)
    {
        Versioned().When(By(Eve, Found(Validation.FitWithConditions, conditions: Demand(owner, Noon.AddDays(days))))).ThenRefused(code, RefusalKind.Unprocessable);
        InReview().When(By(Eve, Approve("a1") with { Conditions = [Demand(owner, Noon.AddDays(days))], People = ["ada"] })).ThenRefused(code, RefusalKind.Unprocessable);
    }

    [Fact]
    public void Takes_conditions_only_with_the_conclusion_that_says_so() =>
        Versioned().When(By(Eve, Found(Validation.Fit, conditions: Demand()))).ThenRefused("conditions-not-expected", RefusalKind.Unprocessable);

    [Fact]
    public void Takes_each_condition_under_an_id_of_its_own() =>
        Versioned().When(By(Eve, Found(Validation.FitWithConditions, conditions: [Demand(), Demand()]))).ThenRefused("id-taken", RefusalKind.Conflict);

    [Fact]
    public void Falls_when_something_material_changes_and_the_history_says_why()
    {
        var changed = Versioned().Done(By(Eve, Found())).When(By(Ada, new ReplaceArtifact(1, Digest(50), null))).ThenAccepted();
        var version = changed.Versions[1];
        var lost = ValidationStanding.Of(version.Validations[0], version, Material.Of(changed, version, [Loans]), Noon);
        lost.State.ShouldBe(ApprovalStanding.Superseded);
        version.Validations[0].Superseded.ShouldNotBeEmpty();
    }

    [Fact]
    public void Expires_on_the_day_it_names_and_conflicts_once_its_validator_asks_for_the_review()
    {
        var model = Versioned().Done(By(Eve, Found(until: NextWeek))).State;
        var (version, material) = (model.Versions[1], Material.Of(model, model.Versions[1], [Loans]));
        ValidationStanding.Of(version.Validations[0], version, material, NextWeek).State.ShouldBe("expired");
        var asked = Versioned().Done(By(Eve, Found())).And(new ReviewRequested(1, null, ["eve"], "eve", Noon)).State.Versions[1];
        ValidationStanding.Of(asked.Validations[0], asked, material).Why.ShouldHaveSingleItem().Code.ShouldBe("validator-requested-review");
    }

    [Fact]
    public void Is_what_an_approval_may_rest_on_while_it_stands_and_does_not_say_unfit()
    {
        var validated = InReview().Done(By(Eve, Found())).Done(By(Mallory, Found(Validation.Unfit, "v2")));
        validated.When(By(Eve, Approve("a1") with { Validation = "v1" })).ThenAccepted().Versions[1].Approvals[0].Validation.ShouldBe("v1");
        validated.When(By(Eve, Approve("a1") with { Validation = "v2" })).ThenRefused("validation-unfit", RefusalKind.Conflict);
        validated.When(By(Eve, Approve("a1") with { Validation = "v9" })).ThenRefused("validation-unknown", RefusalKind.Unprocessable);
        InReview().Done(By(Eve, Found(until: NextWeek))).When(By(Eve, Approve("a1") with { Validation = "v1" }, NextWeek)).ThenRefused("validation-lapsed", RefusalKind.Conflict);
    }
}
