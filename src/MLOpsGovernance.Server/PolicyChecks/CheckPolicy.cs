using System.Diagnostics;
using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>May this version go to this environment? The decision is durable before it is answered; whatever cannot be judged is not allowed.</summary>
[AnyTeam, RequiresRole(Roles.Pipeline, Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record CheckPolicy(string Model, int Version, string Environment, string Action, string ArtifactDigest, bool DryRun, string? Stage = null) : ICommand<DecisionView>, IOwnIdempotency
{
    public string Stream => $"model:{Model}";
}

internal sealed class CheckPolicyRules : AbstractValidator<CheckPolicy>
{
    public CheckPolicyRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Version).IsVersion();
        RuleFor(c => c.Environment).IsName();
        RuleFor(c => c.Action).IsOneOf(PolicyChecked.Actions);
        RuleFor(c => c.ArtifactDigest).IsDigest();
        RuleFor(c => c.Stage!).IsOneOf(DeploymentStage.All).When(c => c.Stage is not null);
        RuleFor(c => c.Stage).Must(stage => stage is null or DeploymentStage.Full).WithErrorCode("rollback-is-full").WithMessage("a rollback takes all of the traffic: leave the stage out.").When(c => c.Action == "rollback");
    }
}

internal sealed class CheckPolicyHandler(
    Judge judge, EventWriter writer, Decisions decisions, DecisionViews views, Supersessions supersessions, Caller caller, GrainCommands commands)
    : IRequestHandler<CheckPolicy, Result<DecisionView>>
{
    public async Task<Result<DecisionView>> Handle(CheckPolicy request, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        if (!caller.CoversEnvironment(request.Environment))
        {
            var refusal = new Refusal("out-of-scope", $"The credential of {caller.Actor.Subject} does not cover environment {request.Environment}.", RefusalKind.Forbidden);
            await commands.NoteAsync(request.Stream, UseCase.Of(request), refusal);
            return refusal;
        }

        var judgement = await judge.OfAsync(new GateQuestion(request.Model, request.Version, request.Environment, request.Action, request.ArtifactDigest, request.Stage));
        var id = caller.NewId("check");
        var decision = Record(request, judgement);
        try
        {
            // No key in the header: the id itself is made of it.
            await writer.AppendAsync(
                new($"check:{id}", typeof(PolicyChecked), 0, [decision], caller.Context() with { Key = null, Body = null }, [], new(judgement.Frozen.Digest, judgement.Frozen.Bytes)), CancellationToken.None);
        }
        catch (StaleActivationException) when (caller.IdempotencyKey is not null)
        {
            return await FirstAsync(id, request, cancellationToken);
        }

        Telemetry.Checked(decision, Stopwatch.GetElapsedTime(started));
        supersessions.Note(request.Model, request.Version, judgement.Collected.Facts, caller.Context() with { Causation = id });
        return await views.OfAsync(id, decision, judgement.Set, judgement.Collected.Facts, cancellationToken);
    }

    private PolicyChecked Record(CheckPolicy request, Judgement judgement) => new(
        request.Model, request.Version, request.Environment, request.Action, request.ArtifactDigest, judgement.Collected.Facts.Version.ImageDigest, request.DryRun,
        judgement.Outcome, judgement.Allowed, judgement.Code, judgement.SetDigest, judgement.Frozen.Digest, judgement.Collected.Read, judgement.Rules,
        judgement.WaitingFor, Gate.ValidUntil(judgement.Verdict, judgement.At), Activity.Current?.TraceId.ToHexString(), caller.Actor.Subject, caller.Actor.Owner, judgement.At,
        judgement.Collected.Sources.Environment.Observed?.ObservedAt, Gate.Annotations(judgement.Verdict),
        request.Stage == DeploymentStage.Full ? null : request.Stage);

    /// <summary>The same caller used the same key before: the first decision stands, if it was for the same question.</summary>
    private async Task<Result<DecisionView>> FirstAsync(string id, CheckPolicy request, CancellationToken cancellationToken)
    {
        if (await decisions.FindAsync(id, cancellationToken) is not { } first) throw new StoreUnavailableException("The first decision under this idempotency key cannot be read.");
        return (first.Model, first.Version, first.Environment, first.Action, first.ArtifactDigest, first.DryRun, first.Stage ?? DeploymentStage.Full) ==
               (request.Model, request.Version, request.Environment, request.Action, request.ArtifactDigest, request.DryRun, request.Stage ?? DeploymentStage.Full)
            ? await views.OfAsync(id, first, cancellationToken)
            : new Refusal("idempotency-key-reused", "This idempotency key was used for another check; take a fresh one.", RefusalKind.Unprocessable);
    }
}
