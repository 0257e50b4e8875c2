using System.Text.Json.Nodes;

namespace MLOpsGovernance.Cli.PolicyChecks;

/// <summary>May this version, with this digest, go to this environment?</summary>
internal sealed record CheckQuestion(string Model, int Version, string Environment, string Action, string ArtifactDigest, bool DryRun, string? Stage = null)
{
    public JsonObject Body
    {
        get
        {
            var body = new JsonObject
            {
                ["model"] = Model,
                ["version"] = Version,
                ["environment"] = Environment,
                ["action"] = Action,
                ["artifactDigest"] = ArtifactDigest,
                ["dryRun"] = DryRun,
            };
            if (Stage is not null) body["stage"] = Stage;
            return body;
        }
    }

    public override string ToString() => $"{Action} {Model} version {Version} to {Environment}{(Stage is null ? "" : $" as {Stage}")}";
}
