using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Classification;

public sealed class ConfirmingARiskClass
{
    private static readonly ConfirmRisk Outside = new(null, CallerInTeam: false);

    /// <summary>Ada, through a key that she answers for, proposed it.</summary>
    private static Given<Model> Proposed() => Versioned().And(new ModelRiskProposed(Limited with { Reason = Text("a chat") }, "key:k1", Noon, "ada"));

    [Fact]
    public void Takes_the_class_as_it_was_proposed()
    {
        var model = Proposed().When(By(RiskOfficer, Outside)).Then(new ModelRiskConfirmed(Limited with { Reason = Text("a chat") }, "risk", Noon, Minimal));
        (model.ProposedRisk, model.RiskProposers.Count, model.ConfirmedRisk).ShouldBe((null, 0, Limited with { Reason = Text("a chat") }));
    }

    [Fact]
    public void Keeps_the_reason_of_who_confirms_where_one_is_given() =>
        Proposed().When(By(ComplianceOfficer, Outside with { Reason = Text("agreed") })).ThenAccepted().ConfirmedRisk!.Reason.ShouldBe(Text("agreed"));

    public static TheoryData<Actor, bool, string> Barred => new()
    {
        { EvesKey with { Roles = [Roles.AiRiskOfficer] }, false, "confirmer-not-human" },
        { Ada with { Roles = [Roles.AiRiskOfficer] }, true, "confirmer-is-proposer" },
        { RiskOfficer.Through("ada"), false, "confirmer-is-proposer" },
        { new("zoe", true, [Roles.AiRiskOfficer]), true, "confirmer-in-team" },
        { new("bob", true, [Roles.AiRiskOfficer]), false, "confirmer-is-author" },
        { Eve, false, "role-cannot-confirm" },
        { ChiefRiskOfficer, false, "role-cannot-confirm" },
        { Root, false, "role-cannot-confirm" },
        { new("nobody", true, []), false, "role-cannot-confirm" },
    };

    [Theory]
    [MemberData(nameof(Barred))]
    public void Is_refused_to_whoever_is_not_outside(Actor actor, bool inTeam, string code) =>
        Proposed().When(By(actor, new ConfirmRisk(null, inTeam))).ThenRefused(code, RefusalKind.Forbidden);

    [Fact]
    public void Is_refused_where_nothing_is_proposed()
    {
        Classified().When(By(RiskOfficer, Outside)).ThenRefused("class-not-proposed", RefusalKind.Conflict);
        Proposed().Done(By(RiskOfficer, Outside)).When(By(ComplianceOfficer, Outside)).ThenRefused("class-not-proposed");
    }

    [Fact]
    public void Is_refused_to_the_proposer_who_has_left_the_team_also_by_saying_the_same_class_again()
    {
        var own = Registered().And(new ModelRiskProposed(Limited, "risk", Noon));
        own.When(By(RiskOfficer, Outside)).ThenRefused("confirmer-is-proposer");
        own.When(By(RiskOfficer, new ClassifyModel(Limited, false))).ThenRefused("confirmer-is-proposer");
        own.When(By(ComplianceOfficer, new ClassifyModel(Limited, false))).Then(new ModelRiskConfirmed(Limited, "compliance", Noon));
    }

    [Fact]
    public void Is_about_the_last_proposal_and_who_made_that()
    {
        var twice = Registered().And(new ModelRiskProposed(Limited, "risk", Noon), new ModelRiskProposed(Minimal, "ada", Noon));
        twice.When(By(RiskOfficer, Outside)).Then(new ModelRiskConfirmed(Minimal, "risk", Noon));
    }
}
