using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Models;
using static MLOpsGovernance.Domain.Decision;
using static MLOpsGovernance.Domain.Models.ModelDecider;

namespace MLOpsGovernance.Domain.Deployments;

/// <summary>A deployment stands on one allowed, current decision for exactly this version, environment and digest.</summary>
internal static class DeploymentRules
{
    internal static Decision Record(Model model, RecordDeployment command, Actor actor, DateTimeOffset at)
    {
        if (!model.Versions.TryGetValue(command.Version, out var version)) return UnknownVersion(model, command.Version);
        var decision = command.Checked;

        if (Mismatch(model, command) is { } mismatch) return Conflict("decision-mismatch", $"Decision {decision.Id} is for {mismatch}.");
        if (decision.DryRun) return Conflict("decision-is-dry-run", $"Decision {decision.Id} was a dry run; ask again without it.");
        if (!decision.Allowed) return Conflict("decision-not-allowed", $"Decision {decision.Id} is {decision.Outcome}; only an allowed decision can be deployed on.");
        if (model.Deployments.Exists(d => d.DecisionId == decision.Id)) return Conflict("decision-used", $"Decision {decision.Id} was deployed on already; ask again.");
        if (at >= decision.ValidUntil) return Conflict("decision-stale", $"Decision {decision.Id} was valid until {decision.ValidUntil:yyyy-MM-dd'T'HH:mm:ss'Z'}; ask again.");
        if (command.Overtaken is { } overtaken) return Conflict("decision-overtaken", $"Decision {decision.Id} was overtaken: {overtaken.Why}.");
        if (Unfit(model, version) is { } unfit) return unfit;
        // What was replaced since overtook the decision, and that says more; a digest that never fitted is left for here.
        if (decision.ArtifactDigest != version.ArtifactDigest && decision.ArtifactDigest != version.ImageDigest)
            return Conflict("decision-mismatch", $"Decision {decision.Id} is for digest {decision.ArtifactDigest}; the version's artifact is {version.ArtifactDigest}.");
        if (decision.ImageDigest != version.ImageDigest)
            return Conflict("decision-mismatch", $"Decision {decision.Id} is for image {decision.ImageDigest ?? "none"}; the version's image is {version.ImageDigest ?? "none"}.");

        // A decision may be for the image; what runs is the version, with both of its digests.
        var replaces = model.Live.TryGetValue(DeploymentStage.Place(command.Environment, decision.Stage), out var place) ? model.Deployments[place].Id : null;
        string[]? ended = decision.Stage == DeploymentStage.Full ? [.. model.StagesOf(command.Version, command.Environment).Select(d => d.Id)] : [];
        if (ended.Length == 0) ended = null;
        if (decision.Action != "rollback")
        {
            return Accept(new ModelDeployed(
                command.Id, command.Version, command.Environment, decision.Id, version.ArtifactDigest, version.ImageDigest, decision.Action, replaces, actor.Subject, at,
                decision.Stage == DeploymentStage.Full ? null : decision.Stage, ended));
        }

        return Accept(
            new ModelRolledBack(command.Id, command.Version, command.Environment, decision.Id, version.ArtifactDigest, version.ImageDigest, replaces, actor.Subject, at, ended),
            new FindingOpened(command.FollowUpId, command.FollowUp, "medium", command.Version, "rollback", actor.Subject, at, Due: FindingDue.After(at, "medium"), CredentialOwner: actor.Owner));
    }

    /// <summary>A shadow or canary ends when it fails, or where that is said; what answers all of the traffic ends only by what comes after it.</summary>
    internal static Decision Conclude(Model model, ConcludeDeployment command, Actor actor, DateTimeOffset at)
    {
        if (model.Deployments.Find(d => d.Id == command.Id) is not { } deployment) return NotFound("deployment-unknown", $"{model.Name} has no deployment {command.Id}.");
        if (deployment.Outcome is { } known)
            return Conflict("outcome-recorded", $"Deployment {command.Id} is on record as {known.Result} since {known.At:yyyy-MM-dd'T'HH:mm:ss'Z'}.");
        if (deployment.IsFull && command.Ended == true)
            return Unprocessable("full-deployment-stays", "A full deployment ends by the next one, by a rollback or by retirement; only a shadow or canary ends by itself.");

        var ends = !deployment.IsFull && deployment.EndedAt is null && (command.Ended ?? (command.Outcome == DeploymentOutcome.Failed));
        return Accept(new DeploymentConcluded(
            command.Id, deployment.Version, deployment.Environment, deployment.Stage, command.Outcome, command.Reason, command.Evidence, ends, actor.Subject, at));
    }

    /// <summary>Held here as well as by the gate, because an environment without a gate asks no policy.</summary>
    private static Decision? Unfit(Model model, ModelVersion version) =>
        Unusable(model, version) is { } unusable ? unusable
        : model.Suspended is not null ? Conflict("model-suspended", $"{model.Name} is suspended; have that lifted first.")
        : version.Suspended is not null ? Conflict("version-suspended", $"Version {version.Number} of {model.Name} is suspended; have that lifted first.")
        : null;

    private static string? Mismatch(Model model, RecordDeployment command) => command.Checked switch
    {
        { } d when d.Model != model.Name => $"model {d.Model}, not {model.Name}",
        { } d when d.Version != command.Version => $"version {d.Version}, not {command.Version}",
        { } d when d.Environment != command.Environment => $"environment {d.Environment}, not {command.Environment}",
        _ => null,
    };
}
