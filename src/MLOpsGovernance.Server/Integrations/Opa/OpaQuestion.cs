using System.Text.Json;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.PolicyChecks;

namespace MLOpsGovernance.Server.Integrations.Opa;

/// <summary>A check as a client of OPA's data API asks for it.</summary>
/// <param name="Question">Null where there is nothing to ask the gate.</param>
/// <param name="Fault">Then why: it becomes a denial, because an absent result is one only for clients that were written so.</param>
internal sealed record OpaQuestion(GateQuestion? Question, bool DryRun, OpaFinding? Fault)
{
    private static readonly string[] Fields = ["model", "version", "environment", "artifactDigest", "action", "stage", "dryRun"];

    /// <param name="whole">Whether the body is the input itself, as in OPA's version 0.</param>
    /// <exception cref="BadRequestException">It is no JSON object.</exception>
    public static async Task<OpaQuestion> ReadAsync(HttpContext context, bool whole)
    {
        var body = await JsonBody.ReadAsync<Dictionary<string, JsonElement>>(context, optional: false);
        if (whole) return Of(body!);
        return !body!.TryGetValue("input", out var input) || input.ValueKind == JsonValueKind.Null ? Bad("missing-input", "'input' is missing: nobody knows what to decide")
            : input.ValueKind != JsonValueKind.Object ? Bad("invalid-input", "'input' must be a JSON object")
            : Of(input.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal));
    }

    private static OpaQuestion Of(Dictionary<string, JsonElement> input)
    {
        if (input.Keys.Any(field => !Fields.Contains(field, StringComparer.Ordinal))) return Bad("invalid-input", $"'input' has a field that is not known; the fields are {string.Join(", ", Fields)}");
        if (Text(input, "model") is not { } model || Text(input, "environment") is not { } environment || Text(input, "artifactDigest") is not { } digest)
            return Bad("invalid-input", "'input' must have the texts model, environment and artifactDigest");
        if (!input.TryGetValue("version", out var number) || number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out var version))
            return Bad("invalid-input", "'input.version' must be a whole number from 1");
        if (Has(input, "action") && Text(input, "action") is null) return Bad("invalid-input", $"'input.action' must be one of {string.Join(", ", PolicyChecked.Actions)}");
        if (Has(input, "stage") && Text(input, "stage") is null) return Bad("invalid-input", $"'input.stage' must be one of {string.Join(", ", DeploymentStage.All)}");
        if (Has(input, "dryRun") && input["dryRun"].ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return Bad("invalid-input", "'input.dryRun' must be true or false");
        return new(new(model, version, environment, Text(input, "action") ?? "deploy", digest, Text(input, "stage")), Has(input, "dryRun") && input["dryRun"].GetBoolean(), null);
    }

    private static bool Has(Dictionary<string, JsonElement> input, string field) => input.TryGetValue(field, out var value) && value.ValueKind != JsonValueKind.Null;

    private static string? Text(Dictionary<string, JsonElement> input, string field) => input.TryGetValue(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static OpaQuestion Bad(string id, string message) => new(null, false, new(message, id));
}
