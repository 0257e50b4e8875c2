using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Deployments;

/// <summary>A version went live. Refused unless its decision is an allow for exactly this, still valid, unused, and nothing it rested on has changed.</summary>
[AnyTeam, RequiresRole(Roles.Pipeline, Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record RecordDeployment(string Model, int Version, string Environment, string DecisionId) : ICommand<DeploymentView>
{
    public string Stream => $"model:{Model}";
}

internal sealed class RecordDeploymentRules : AbstractValidator<RecordDeployment>
{
    public RecordDeploymentRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Version).IsVersion();
        RuleFor(c => c.Environment).IsName();
        RuleFor(c => c.DecisionId).Must(id => Guid.TryParseExact(id, "D", out _)).WithErrorCode("invalid-decision-id").WithMessage("a decision id is a UUID in lower case with hyphens.");
    }
}

internal sealed class RecordDeploymentHandler(
    IGrainFactory grains, Decisions decisions, FactCollector collector, OvertakingFinder overtakings, SealingKeys sealing, Caller caller, GrainCommands commands, TimeProvider time)
    : IRequestHandler<RecordDeployment, Result<DeploymentView>>
{
    public async Task<Result<DeploymentView>> Handle(RecordDeployment request, CancellationToken cancellationToken)
    {
        if (!caller.CoversEnvironment(request.Environment)) return await OutOfScopeAsync(request);
        if (await decisions.FindAsync(request.DecisionId, cancellationToken) is not { } decision)
            return await RefusedAsync(request, new("decision-unknown", $"There is no decision {request.DecisionId}.", RefusalKind.NotFound));

        caller.Causation = request.DecisionId;
        // Facts that were tampered with could hide that something changed.
        var (then, lost) = await decisions.FactsAsync(request.DecisionId, decision, cancellationToken);
        if (lost is not null) return await RefusedAsync(request, lost);
        var grain = grains.GetGrain<IModelGrain>(request.Model);
        Overtaking? overtaken = null;
        var id = caller.NewId("deployment");
        var followUp = await sealing.SealAsync(
            $"{request.Model} version {request.Version} was rolled back to in {request.Environment}: find the cause and close this finding.", caller.Actor.Subject, cancellationToken);

        var outcome = await commands.ExecuteAsync(grain, request.Stream, async () =>
        {
            // The facts are bound anew: what was true when the decision was made need not be true now.
            var now = await collector.CollectAsync(decision.Model, decision.Version, decision.Environment, decision.Action, decision.ArtifactDigest, decision.Stage);
            overtaken = await overtakings.FindAsync(decision, then!, now, time.GetUtcNow(), cancellationToken);
            var guards = now.Read.Select(r => new Guard(r.Stream, r.Version)).ToList();
            return new(new Domain.Models.RecordDeployment(id, request.Version, request.Environment, Checked(request.DecisionId, decision), overtaken, caller.NewId("follow-up"), followUp), guards);
        });
        if (outcome.Refusal is { } refusal)
        {
            return refusal.Code == "decision-overtaken" && overtaken is not null
                ? Result<DeploymentView>.Refused(refusal, null, new { OvertakenCode = overtaken.Code, OvertakenBy = overtaken.Event })
                : refusal;
        }

        var deployment = (await grain.Read()).State.Deployments.Find(d => d.Id == id)!;
        return new(await DeploymentView.OfAsync(request.Model, deployment, sealing, cancellationToken), Created: $"/api/v1/environments/{request.Environment}/deployments");
    }

    private Task<Result<DeploymentView>> OutOfScopeAsync(RecordDeployment request) =>
        RefusedAsync(request, new("out-of-scope", $"The credential of {caller.Actor.Subject} does not cover environment {request.Environment}.", RefusalKind.Forbidden));

    private async Task<Result<DeploymentView>> RefusedAsync(RecordDeployment request, Refusal refusal)
    {
        await commands.NoteAsync(request.Stream, UseCase.Of(request), refusal);
        return refusal;
    }

    private static CheckedDecision Checked(string id, Domain.PolicyChecks.PolicyChecked d) => new(
        id, d.Model, d.Version, d.Environment, d.Action, d.ArtifactDigest, d.ImageDigest, d.Allowed, d.Outcome, d.DryRun, d.At, d.ValidUntil, d.Stage ?? DeploymentStage.Full);
}
