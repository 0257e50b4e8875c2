using System.Diagnostics;
using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Observations;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>May this version go to this environment? The decision is durable before it is answered; whatever cannot be judged is not allowed.</summary>
[AnyTeam, RequiresRole(Roles.Pipeline, Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record CheckPolicy(string Model, int Version, string Environment, string Action, string ArtifactDigest, bool DryRun) : ICommand<DecisionView>, IOwnIdempotency
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
    }
}

internal sealed class CheckPolicyHandler(
    FactCollector facts, FrozenFacts frozenFacts, PoliciesInForce policies, EventWriter writer, Decisions decisions, Supersessions supersessions, Caller caller, GrainCommands commands, ObservationFreshness freshness, TimeProvider time)
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

        var collected = await facts.CollectAsync(request.Model, request.Version, request.Environment, request.Action, request.ArtifactDigest);
        var id = caller.NewId("check");
        var decision = await DecideAsync(request, collected);
        try
        {
            // No key in the header: the id itself is made of it.
            await writer.AppendAsync(
                new($"check:{id}", typeof(PolicyChecked), 0, [decision.Event], caller.Context() with { Key = null, Body = null }, [], decision.Facts), CancellationToken.None);
        }
        catch (StaleActivationException) when (caller.IdempotencyKey is not null)
        {
            return await FirstAsync(id, request, cancellationToken);
        }

        Telemetry.Checked(decision.Event, Stopwatch.GetElapsedTime(started));
        supersessions.Note(request.Model, request.Version, collected.Facts, caller.Context() with { Causation = id });
        return DecisionView.Of(id, decision.Event, decision.Set, freshness);
    }

    private async Task<(PolicyChecked Event, ContentRow Facts, PolicySet? Set)> DecideAsync(CheckPolicy request, Collected collected)
    {
        var now = time.GetUtcNow();
        var set = await policies.NowAsync();
        var (frozen, digest) = frozenFacts.Of(collected);
        var verdict = collected.Code is null
            ? Gate.Judge(set, collected.Facts, frozen, now)
            : new(PolicyOutcome.Deny, false, [], new Dictionary<string, string>(StringComparer.Ordinal));
        var allowed = Gate.LetsThrough(verdict);
        var code = collected.Code ?? (set is null ? "no-policy-set" : allowed || verdict.Matched ? null : "no-policy-matched");
        var waits = !allowed && collected.Code is null && set is not null && Gate.WaitsForPeople(set, collected.Facts, now);

        return (new(
            request.Model, request.Version, request.Environment, request.Action, request.ArtifactDigest, collected.Facts.Version.ImageDigest, request.DryRun,
            Json.EnumWord(verdict.Outcome), allowed, code, set?.Digest ?? "none", digest, collected.Read, [.. verdict.Rules.Select(Gate.Record)],
            waits ? "human" : "none", Gate.ValidUntil(verdict, now), Activity.Current?.TraceId.ToHexString(), caller.Actor.Subject, caller.Actor.Owner, now,
            collected.Sources.Environment.Observed?.ObservedAt), new(digest, frozen), set);
    }

    /// <summary>The same caller used the same key before: the first decision stands, if it was for the same question.</summary>
    private async Task<Result<DecisionView>> FirstAsync(string id, CheckPolicy request, CancellationToken cancellationToken)
    {
        if (await decisions.FindAsync(id, cancellationToken) is not { } first) throw new StoreUnavailableException("The first decision under this idempotency key cannot be read.");
        return (first.Model, first.Version, first.Environment, first.Action, first.ArtifactDigest, first.DryRun) ==
               (request.Model, request.Version, request.Environment, request.Action, request.ArtifactDigest, request.DryRun)
            ? DecisionView.Of(id, first, await decisions.PoliciesAsync(first.PolicySet, cancellationToken), freshness)
            : new Refusal("idempotency-key-reused", "This idempotency key was used for another check; take a fresh one.", RefusalKind.Unprocessable);
    }
}
