using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Models;

public sealed class ClassifyingAModel
{
    private static readonly RiskClass High = new("high", 1);

    public static TheoryData<string, string[], bool, bool> Callers => new()
    {
        // subject, roles, in the team, confirms
        { "risk", [Roles.AiRiskOfficer], false, true },
        { "compliance", [Roles.ComplianceOfficer], false, true },
        { "risk", [Roles.AiRiskOfficer], true, false },
        { "eve", [Roles.ModelValidator], false, false },
        { "chief", [Roles.ChiefRiskOfficer], false, false },
        { "root", [Roles.Administrator], false, false },
        { "ada", [Roles.Contributor, Roles.AiRiskOfficer], false, false },
    };

    [Theory]
    [MemberData(nameof(Callers))]
    public void Is_confirmed_only_by_a_confirming_role_outside_the_team_with_no_hand_in_a_version(string subject, string[] roles, bool inTeam, bool confirms) =>
        Versioned().When(By(new(subject, true, roles), new ClassifyModel(Limited, inTeam))).Decision.Events
            .ShouldHaveSingleItem().ShouldBeOfType(confirms ? typeof(ModelRiskConfirmed) : typeof(ModelRiskProposed));

    [Fact]
    public void Is_only_proposed_by_a_machine_whatever_its_role() =>
        Registered().When(By(new("robot", false, [Roles.AiRiskOfficer]), new ClassifyModel(Limited, false))).Then(new ModelRiskProposed(Limited, "robot", Noon));

    [Fact]
    public void Is_only_proposed_with_a_credential_of_an_author() =>
        Versioned().When(By(RiskOfficer.Through("ada"), new ClassifyModel(Limited, false))).Then(new ModelRiskProposed(Limited, "risk", Noon));

    [Fact]
    public void Leaves_the_highest_in_force_while_it_is_only_proposed() =>
        Registered().When(By(Ada, new ClassifyModel(Minimal, true))).Then(new ModelRiskProposed(Minimal, "ada", Noon)).JudgedRisk.ShouldBe(RiskClass.Highest);

    [Theory]
    [InlineData("limited", 3, "limited", 3, 1)]
    [InlineData("minimal", 2, "minimal", 2, 1)]
    [InlineData("high", 1, "high", 1, 1)]
    [InlineData("prohibited", 3, "high", 3, 1)]
    public void Counts_a_proposal_that_raises_it_at_once_though_never_as_prohibited(string proposed, int tier, string judged, int judgedTier, int raises)
    {
        var model = Classified().When(By(Ada, new ClassifyModel(new(proposed, tier), true))).ThenAccepted();
        (model.JudgedRisk.EuAiAct, model.JudgedRisk.Tier, model.RiskRaises).ShouldBe((judged, judgedTier, raises));
    }

    [Fact]
    public void Ignores_a_proposal_that_lowers_it() =>
        Classified().And(new ModelRiskConfirmed(High, "risk", Noon)).When(By(Ada, new ClassifyModel(Minimal, true))).ThenAccepted().JudgedRisk.ShouldBe(High);

    [Fact]
    public void Drops_the_proposal_when_it_is_confirmed()
    {
        var model = Registered().And(new ModelRiskProposed(High, "ada", Noon)).When(By(RiskOfficer, new ClassifyModel(Limited, false))).Then(new ModelRiskConfirmed(Limited, "risk", Noon));
        (model.ProposedRisk, model.JudgedRisk).ShouldBe((null, Limited));
    }

    [Fact]
    public void Counts_a_raise_once_when_its_proposal_is_confirmed() =>
        Classified().Done(By(Ada, new ClassifyModel(High, true))).Done(By(RiskOfficer, new ClassifyModel(High, false))).State.RiskRaises.ShouldBe(1);

    [Fact]
    public void Is_nothing_when_it_is_so_already()
    {
        Classified().When(By(RiskOfficer, new ClassifyModel(Minimal, false))).ThenNothing();
        Classified().When(By(Ada, new ClassifyModel(Minimal, true))).ThenNothing();
        Classified().And(new ModelRiskProposed(Limited, "ada", Noon)).When(By(Bob, new ClassifyModel(Limited, true))).ThenNothing();
    }

    [Fact]
    public void Confirms_the_class_in_force_to_drop_a_proposal() =>
        Classified().And(new ModelRiskProposed(High, "ada", Noon)).When(By(RiskOfficer, new ClassifyModel(Minimal, false))).Then(new ModelRiskConfirmed(Minimal, "risk", Noon)).JudgedRisk.ShouldBe(Minimal);

    [Fact]
    public void Records_a_new_basis_or_materiality_though_the_class_stays()
    {
        var basis = Minimal with { OperatorRole = "deployer", Basis = new("III", "5(b)"), Materiality = new(1_000_000m, "EUR", new(2026, 11, 1), 40_000, "lending") };
        Classified().When(By(RiskOfficer, new ClassifyModel(basis, false))).Then(new ModelRiskConfirmed(basis, "risk", Noon)).RiskRaises.ShouldBe(0);
    }
}
