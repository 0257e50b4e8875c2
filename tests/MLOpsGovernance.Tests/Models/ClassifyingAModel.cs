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
        Versioned().When(By(RiskOfficer.Through("ada"), new ClassifyModel(Limited, false))).Then(new ModelRiskProposed(Limited, "risk", Noon, "ada"));

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
        Classified().And(new ModelRiskProposed(High, "ada", Noon)).When(By(RiskOfficer, new ClassifyModel(Minimal, false))).Then(new ModelRiskConfirmed(Minimal, "risk", Noon, Minimal)).JudgedRisk.ShouldBe(Minimal);

    [Fact]
    public void Records_a_new_basis_or_materiality_though_the_class_stays()
    {
        var basis = Minimal with { OperatorRole = "deployer", Basis = new("III", "5(b)"), Materiality = new(1_000_000m, "EUR", new(2026, 11, 1), 40_000, "lending"), AccountableExecutive = "cfo" };
        var model = Classified().When(By(RiskOfficer, new ClassifyModel(basis, false))).Then(new ModelRiskConfirmed(basis, "risk", Noon, Minimal));
        (model.RiskRaises, model.RiskLowerings).ShouldBe((0, 0));
        Classified().When(By(RiskOfficer, new ClassifyModel(Minimal with { AccountableExecutive = "cfo" }, false))).ThenAccepted();
    }

    public static TheoryData<RiskClass, RiskClass, string[]> Lowerings => new()
    {
        { new("high", 1), new("limited", 1), ["euAiAct"] },
        { new("limited", 1), new("limited", 2), ["tier"] },
        { new("high", 1), new("minimal", 3), ["euAiAct", "tier"] },
        { new("limited", 2), new("minimal", 1), ["euAiAct"] },
        { new("prohibited", 2), new("high", 2), ["euAiAct"] },
    };

    [Theory]
    [MemberData(nameof(Lowerings))]
    public void Says_what_was_lowered_from_what_without_repeating_the_reason(RiskClass before, RiskClass after, string[] parts)
    {
        var model = Registered().And(new ModelRiskConfirmed(before with { Reason = Text("because") }, "risk", Noon))
            .When(By(ComplianceOfficer, new ClassifyModel(after, false))).Then(new ModelRiskConfirmed(after, "compliance", Noon, before, parts));
        model.RiskLowerings.ShouldBe(1);
    }

    [Fact]
    public void Lowers_nothing_the_first_time_nor_by_a_proposal_alone()
    {
        Registered().And(new ModelRiskProposed(High, "ada", Noon)).When(By(RiskOfficer, new ClassifyModel(Minimal, false))).ThenAccepted().RiskLowerings.ShouldBe(0);
        Registered().And(new ModelRiskConfirmed(High, "risk", Noon)).When(By(Ada, new ClassifyModel(Minimal, true))).ThenAccepted().RiskLowerings.ShouldBe(0);
    }

    [Fact]
    public void Counts_what_a_proposal_puts_at_stake_at_once_where_the_currency_is_the_same()
    {
        Materiality small = new(10m, "EUR", new(2026, 11, 1), 50, "lending"), large = new(1000m, "EUR", new(2026, 11, 2), 5), abroad = large with { Currency = "CHF", PeopleAffected = 500 };
        Judged(small, large).ShouldBe(small with { Exposure = 1000m });
        Judged(small, abroad).ShouldBe(small with { PeopleAffected = 500 });
        Judged(small, null).ShouldBe(small);
        Judged(null, large).ShouldBe(large);

        static Materiality? Judged(Materiality? confirmed, Materiality? proposed) =>
            Registered().And(new ModelRiskConfirmed(Minimal with { Materiality = confirmed }, "risk", Noon), new ModelRiskProposed(Minimal with { Materiality = proposed }, "ada", Noon)).State.JudgedRisk.Materiality;
    }

    [Fact]
    public void Is_refused_where_nobody_knows_the_accountable_executive()
    {
        var named = Minimal with { AccountableExecutive = "nobody" };
        Registered().When(By(Ada, new ClassifyModel(named, true, ExecutiveKnown: false))).ThenRefused("unknown-executive", RefusalKind.Unprocessable);
        Registered().When(By(RiskOfficer, new ClassifyModel(named, false, ExecutiveKnown: false))).ThenRefused("unknown-executive");
    }

    [Fact]
    public void Is_refused_with_figures_of_a_day_that_has_come_nowhere_yet()
    {
        Registered().When(By(Ada, new ClassifyModel(Of(new(2026, 11, 25)), true))).ThenRefused("materiality-from-the-future", RefusalKind.Unprocessable);
        Registered().When(By(Ada, new ClassifyModel(Of(new(2026, 11, 24)), true))).ThenAccepted();

        static RiskClass Of(DateOnly day) => Minimal with { Materiality = new(1m, "EUR", day, 1) };
    }
}
