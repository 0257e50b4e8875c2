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
        var replaces = model.LiveIn(command.Environment)?.Id;
        if (decision.Action != "rollback")
            return Accept(new ModelDeployed(command.Id, command.Version, command.Environment, decision.Id, version.ArtifactDigest, version.ImageDigest, decision.Action, replaces, actor.Subject, at));

        return Accept(
            new ModelRolledBack(command.Id, command.Version, command.Environment, decision.Id, version.ArtifactDigest, version.ImageDigest, replaces, actor.Subject, at),
            new FindingOpened(command.FollowUpId, command.FollowUp, "medium", command.Version, "rollback", actor.Subject, at, Due: FindingDue.After(at, "medium"), CredentialOwner: actor.Owner));
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
