using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Waivers;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Waivers.CreditWaiver;

namespace MLOpsGovernance.Tests.Waivers;

public sealed class DecidingOnAWaiver
{
    [Fact]
    public void Takes_a_second_person_who_holds_the_policys_role_and_keeps_the_roles_they_held()
    {
        var waiver = Asked().When(By(RiskOfficer, Approve)).Then(Approved);
        (waiver.StateAt(Noon.AddDays(10).AddTicks(-1)), waiver.StateAt(Noon.AddDays(10))).ShouldBe((Waiver.Approved, Waiver.Expired));
        Asked().When(By(ChiefRiskOfficer, Approve)).ThenAccepted().Approval!.Roles.ShouldBe([Roles.ChiefRiskOfficer]);
    }

    public static TheoryData<Actor, string> Barred => new()
    {
        { Ada with { Roles = [Roles.AiRiskOfficer] }, "approver-requested" },
        { RiskOfficer.Through("ada"), "approver-requested" },
        { Bob with { Roles = [Roles.AiRiskOfficer] }, "approver-is-author" },
        { RiskOfficer.Through("bob"), "approver-is-author" },
        { Eve, "role-not-held" },
        { Lead, "role-not-held" },
        { Root with { Roles = [Roles.Administrator, Roles.AiRiskOfficer] }, "administrator-never-approves" },
        { Pipeline with { Roles = [Roles.AiRiskOfficer] }, "approver-not-human" },
    };

    [Theory]
    [MemberData(nameof(Barred))]
    public void Is_refused_to(Actor actor, string code) => Asked().When(By(actor, Approve)).ThenRefused(code, RefusalKind.Forbidden);

    [Theory]
    [MemberData(nameof(Barred))]
    public void Is_refused_in_the_negative_too(Actor actor, string code)
    {
        // An author may well say that a rule is not to be waived.
        if (code == "approver-is-author") Asked().When(By(actor, new RejectWaiver(Text("no")))).ThenAccepted();
        else Asked().When(By(actor, new RejectWaiver(Text("no")))).ThenRefused(code);
    }

    public static TheoryData<ApproveWaiver, string> Overtaken => new()
    {
        { Approve with { Rule = null }, "rule-unknown" },
        { Approve with { Rule = Rule with { Waivable = false } }, "rule-not-waivable" },
        { Approve with { Rule = Rule with { MostSeconds = 24 * 3600 } }, "waiver-too-long" },
        { Approve with { Rule = Rule with { ApproverRoles = [Roles.ComplianceOfficer] } }, "role-not-held" },
        { Approve with { Obstacle = new("model-retired", "credit is retired; register a new model.", RefusalKind.Conflict) }, "model-retired" },
    };

    [Theory]
    [MemberData(nameof(Overtaken))]
    public void Goes_by_what_is_in_force_when_it_is_approved(ApproveWaiver approve, string code) => Asked().When(By(RiskOfficer, approve)).ThenRefused(code);

    [Fact]
    public void Needs_the_control_that_is_demanded_by_then() =>
        Given.Events<Waiver>(Waiver.Evolve, Requested with { CompensatingControl = null }).When(By(RiskOfficer, Approve)).ThenRefused("compensating-control-required");

    [Fact]
    public void Ends_by_rejection_withdrawal_or_revocation()
    {
        var then = Noon.AddHours(1);
        Asked().When(By(RiskOfficer, new RejectWaiver(Text("no")))).Then(new WaiverRejected(Text("no"), "risk", then)).StateAt(then).ShouldBe(Waiver.Rejected);
        Asked().When(By(Ada, new WithdrawWaiver(Text("not needed")))).Then(new WaiverWithdrawn(Text("not needed"), "ada", then)).StateAt(then).ShouldBe(Waiver.Withdrawn);
        Agreed().When(By(ChiefRiskOfficer, new RevokeWaiver(Text("worse")))).Then(new WaiverRevoked(Text("worse"), "chief", then)).StateAt(then).ShouldBe(Waiver.Revoked);
    }

    public static TheoryData<object, WaiverCommand, Actor> Late => new()
    {
        { new WaiverRejected(null, "risk", Noon), Approve, RiskOfficer },
        { new WaiverWithdrawn(null, "ada", Noon), Approve, RiskOfficer },
        { Approved, Approve, ChiefRiskOfficer },
        { Approved, new RejectWaiver(null), ChiefRiskOfficer },
        { Approved, new WithdrawWaiver(null), Ada },
        { new WaiverRejected(null, "risk", Noon), new WithdrawWaiver(null), Ada },
    };

    [Theory]
    [MemberData(nameof(Late))]
    public void Is_done_once(object before, WaiverCommand command, Actor actor) => Asked().And(before).When(By(actor, command)).ThenRefused("waiver-not-open", RefusalKind.Conflict);

    [Fact]
    public void Is_refused_for_one_that_lapsed() => Asked().When(By(RiskOfficer, Approve, Noon.AddDays(10))).ThenRefused("waiver-not-open").Why.ShouldContain("lapsed since 2026-12-03");

    [Fact]
    public void Is_withdrawn_by_who_asked() => Asked().When(By(Bob, new WithdrawWaiver(null))).ThenRefused("withdrawer-not-requester", RefusalKind.Forbidden);

    [Theory]
    [InlineData("ada")]
    [InlineData("risk")]
    [InlineData("compliance")]
    public void Is_revoked_by_whoever_may_make_the_gate_stricter(string who)
    {
        Actor[] actors = [Ada, RiskOfficer, ComplianceOfficer];
        Agreed().When(By(actors.Single(a => a.Subject == who), new RevokeWaiver(null))).ThenAccepted();
    }

    [Fact]
    public void Is_revoked_by_nobody_else_and_only_while_it_holds()
    {
        Agreed().When(By(Bob, new RevokeWaiver(null))).ThenRefused("revoker-not-entitled", RefusalKind.Forbidden);
        Agreed().When(By(Pipeline with { Roles = [Roles.AiRiskOfficer] }, new RevokeWaiver(null))).ThenRefused("revoker-not-entitled");
        Asked().When(By(RiskOfficer, new RevokeWaiver(null))).ThenRefused("waiver-not-approved", RefusalKind.Conflict);
        Agreed().When(By(RiskOfficer, new RevokeWaiver(null), Noon.AddDays(10))).ThenRefused("waiver-not-approved");
    }

    [Fact]
    public void Needs_a_waiver_and_only_one()
    {
        Given.Events<Waiver>(Waiver.Evolve).When(By(RiskOfficer, Approve)).ThenRefused("waiver-unknown", RefusalKind.NotFound);
        Asked().When(By(Ada, Request)).ThenRefused("waiver-taken");
        Given.Events<Waiver>(Waiver.Evolve).When(By(Ada, Request, Noon.AddDays(10))).ThenRefused("expiry-passed");
    }

    [Fact]
    public void Looks_at_the_model_as_it_is_by_then()
    {
        var model = Models.CreditModel.Versioned();
        WaiverDecider.Obstacle(model.State, 1).ShouldBeNull();
        WaiverDecider.Obstacle(model.And(new ModelRetired(null, null, [], "ada", Noon)).State, 1)!.Code.ShouldBe("model-retired");
        WaiverDecider.Obstacle(model.And(new ModelVersionRecalled(1, null, "eve", Noon)).State, 1)!.Code.ShouldBe("version-recalled");
        (WaiverDecider.AuthorsOf(model.State, 2), WaiverDecider.AuthorsOf(model.State, null)).ShouldSatisfyAllConditions(a => a.Item1.ShouldBe(["ada"]), a => a.Item2.ShouldBe(["ada", "bob"]));
    }
}
