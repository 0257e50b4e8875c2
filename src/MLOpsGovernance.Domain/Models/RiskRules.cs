using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Classification;
using static MLOpsGovernance.Domain.Decision;
using static MLOpsGovernance.Domain.Models.ModelDecider;

namespace MLOpsGovernance.Domain.Models;

/// <summary>A model's risk is proposed by its team and confirmed from outside it.</summary>
internal static class RiskRules
{
    /// <summary>A confirming role outside the team proposes and confirms in one act; everybody else proposes. An author of a version is not outside, whatever team they are in.</summary>
    internal static Decision Classify(Model model, ClassifyModel classify, Actor actor, DateTimeOffset at)
    {
        if (Faulty(classify, at) is { } faulty) return faulty;
        var confirmation = Of(model, actor, classify.CallerInTeam);
        if (!confirmation.IsFor(actor))
        {
            return classify.Risk.IsSameAs(model.ProposedRisk ?? model.ConfirmedRisk)
                ? Nothing
                : AcceptAndSupersede(model, actor, at, new ModelRiskProposed(classify.Risk, actor.Subject, at, actor.Owner));
        }

        // Who proposed it from within, and has left the team since, does not confirm it from outside.
        if (classify.Risk.IsSameAs(model.ProposedRisk) && confirmation.OwnProposal(actor) is { } own) return own;
        return classify.Risk.IsSameAs(model.ConfirmedRisk) && model.ProposedRisk is null ? Nothing : Confirm(model, classify.Risk, actor, at);
    }

    internal static Decision Confirm(Model model, ConfirmRisk confirm, Actor actor, DateTimeOffset at) =>
        model.ProposedRisk is not { } proposed ? Conflict("class-not-proposed", $"Nobody proposed a risk class for {model.Name} that is not confirmed yet.")
        : Of(model, actor, confirm.CallerInTeam).Barred(actor) ?? Confirm(model, proposed with { Reason = confirm.Reason ?? proposed.Reason }, actor, at);

    /// <summary>The event says what was lowered and which approvals fell with it, so that a report need not work it out again.</summary>
    private static Decision Confirm(Model model, RiskClass risk, Actor actor, DateTimeOffset at)
    {
        var lowered = model.ConfirmedRisk is { } before ? risk.LoweredFrom(before) : [];
        var confirmed = new ModelRiskConfirmed(risk, actor.Subject, at, model.ConfirmedRisk is null ? null : model.ConfirmedRisk with { Reason = null }, lowered is [] ? null : lowered);
        var decision = AcceptAndSupersede(model, actor, at, confirmed);
        string[] fallen = [.. decision.Events.OfType<ApprovalSuperseded>().Select(e => e.Approval)];
        return fallen is [] ? decision : decision with { Events = [confirmed with { Approvals = fallen }, .. decision.Events.Skip(1)] };
    }

    private static Confirmation Of(Model model, Actor actor, bool callerInTeam) => new(
        model.Name!, Roles.Confirmers, model.RiskProposers, callerInTeam, model.Versions.Values.Any(v => actor.Parties.Any(v.Authors.Contains)));

    private static Decision? Faulty(ClassifyModel classify, DateTimeOffset at) =>
        !classify.ExecutiveKnown ? Unprocessable("unknown-executive",
            $"{classify.Risk.AccountableExecutive} is not known as a person: who is accountable must have signed in or be a member of a team.")
        : classify.Risk.Materiality is { } materiality && materiality.Date > LatestDay(at) ? Unprocessable("materiality-from-the-future",
            $"The figures of the materiality are of a day that has come, and {materiality.Date:yyyy-MM-dd} has not.")
        : null;

    /// <summary>Where the day begins first it is fourteen hours ahead.</summary>
    private static DateOnly LatestDay(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime.AddHours(14));
}
