using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Observations;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Readiness;

/// <summary>What the gate would say now of a version's registered artifact. Nothing is recorded, and nothing can be deployed on it.</summary>
[AnyRole]
internal sealed record ReadReadiness(string Model, int Version, string? Environment, string Action, string? Stage = null) : IQuery<ReadinessView>;

internal sealed class ReadReadinessRules : AbstractValidator<ReadReadiness>
{
    public ReadReadinessRules()
    {
        RuleFor(q => q.Environment).IsName();
        RuleFor(q => q.Action).IsOneOf(PolicyChecked.Actions);
        RuleFor(q => q.Stage!).IsOneOf(DeploymentStage.All).When(q => q.Stage is not null);
    }
}

/// <param name="Ready">Whether the gate would let it through.</param>
/// <param name="Code">Why it could not be judged, such as <c>no-policy-matched</c>; else null.</param>
/// <param name="WaitingFor"><c>human</c> when nothing but human steps is missing, else <c>none</c>.</param>
/// <param name="Missing">All that is missing before the gate would let it through, each step once; of rules that only warn see <paramref name="Rules"/>.</param>
/// <param name="Annotations">What policies would keep besides pass and fail, by <c>policy/key</c>.</param>
internal sealed record ReadinessView(
    string Model, int Version, string Environment, string Action, string ArtifactDigest, bool Ready, string Outcome, string? Code, string WaitingFor, string PolicySet, string FactsDigest,
    DateTimeOffset AsOf, IReadOnlyList<MissingStep> Missing, IReadOnlyList<DecisionRuleView> Rules, ObservationState Observation, IReadOnlyDictionary<string, string> Annotations);

internal sealed class ReadinessReader(FactCollector collector, Judge judge, RuleExplanations explanations, ObservationFreshness freshness) : IRequestHandler<ReadReadiness, Result<ReadinessView>>
{
    public async Task<Result<ReadinessView>> Handle(ReadReadiness request, CancellationToken cancellationToken)
    {
        if (!Name.IsValid(request.Model)) return ModelViews.UnknownModel;
        var (model, environment) = (request.Model, request.Environment!);
        var collected = await collector.CollectAsync(model, request.Version, environment, request.Action, stage: request.Stage);
        switch (collected.Code)
        {
            case "model-unknown": return ModelViews.UnknownModel;
            case "version-unknown": return ModelViews.UnknownVersion(model, request.Version);
            case "environment-unknown": return new Refusal("environment-unknown", $"There is no environment {environment}.", RefusalKind.NotFound);
        }

        var judged = await judge.OfAsync(collected);
        var digest = collected.Facts.Release.ArtifactDigest;
        var rules = await explanations.OfAsync(
            judged.Rules, judged.Set, collected.Facts, judged.Frozen.Digest, new(model, request.Version, environment, request.Action, digest, collected.Read, collected.Facts.Release.Stage ?? DeploymentStage.Full), judged.At, cancellationToken);
        return new ReadinessView(
            model, request.Version, environment, request.Action, digest, judged.Allowed, judged.Outcome, judged.Code, judged.WaitingFor, judged.SetDigest, judged.Frozen.Digest, judged.At,
            Missing(rules), rules, freshness.Of(collected.Sources.Environment.Observed?.ObservedAt, judged.At), judged.Verdict.Annotations);
    }

    private static IReadOnlyList<MissingStep> Missing(IReadOnlyList<DecisionRuleView> rules) =>
        [.. rules.Where(r => r.Level == "mandatory").SelectMany(r => r.Missing ?? []).DistinctBy(m => (m.What, m.Role))];
}

internal static class ReadinessEndpoints
{
    public static void MapReadiness(this IEndpointRouteBuilder api) =>
        api.MapGet("/models/{name}/versions/{version:int}/readiness", async (string name, int version, string? environment, string? action, string? stage, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReadReadiness(name, version, environment, action ?? "deploy", stage), cancellationToken)).ToHttp())
            .Answers<ReadinessView>(200, 429).RequireRateLimiting(CheckLimit.Name).WithTags("Readiness").WithSummary("What is missing before a version may go to an environment");
}
