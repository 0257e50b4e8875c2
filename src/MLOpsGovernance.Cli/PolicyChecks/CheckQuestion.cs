using System.Text.Json.Nodes;

namespace MLOpsGovernance.Cli.PolicyChecks;

/// <summary>May this version, with this digest, go to this environment?</summary>
internal sealed record CheckQuestion(string Model, int Version, string Environment, string Action, string ArtifactDigest, bool DryRun)
{
    public JsonObject Body => new()
    {
        ["model"] = Model,
        ["version"] = Version,
        ["environment"] = Environment,
        ["action"] = Action,
        ["artifactDigest"] = ArtifactDigest,
        ["dryRun"] = DryRun,
    };

    public override string ToString() => $"{Action} {Model} version {Version} to {Environment}";
}
