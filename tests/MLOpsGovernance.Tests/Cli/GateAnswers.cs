using System.Globalization;
using System.Text.Json.Nodes;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>Decisions as the service words them.</summary>
internal static class GateAnswers
{
    public static string Allow { get; } = Decision("allow", allowed: true).ToJsonString();

    public static string Warn { get; } = Decision("warn", allowed: true, Rule("evaluation", "metrics-recorded", "fail", "advisory", "No metrics are on record.")).ToJsonString();

    public static string Deny { get; } = Decision(
        "deny", allowed: false,
        Rule("approval", "independent-approval", "fail", "mandatory", "Nobody independent approved this version.", "Ask for a review: mlgov request-review."),
        Rule("approval", "artifact-matches", "pass", "mandatory", "The artifact is the registered one.")).ToJsonString();

    public static string DenyUntilPeopleAct { get; } = With(Deny, json => json["waitingFor"] = "human");

    public static string Error { get; } = Decision("error", allowed: false, Rule("data", "purpose", "error", "mandatory", "A fact is missing.")).ToJsonString();

    /// <summary>A decision with something changed about it.</summary>
    public static string With(string decision, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(decision)!.AsObject();
        change(json);
        return json.ToJsonString();
    }

    private static JsonObject Decision(string outcome, bool allowed, params JsonNode[] rules) => new()
    {
        ["decisionId"] = "0199c0de-0000-7000-8000-000000000001",
        ["outcome"] = outcome,
        ["allowed"] = allowed,
        ["action"] = "deploy",
        ["model"] = CommandLine.Model,
        ["version"] = 1,
        ["environment"] = "production",
        ["artifactDigest"] = CommandLine.Digest,
        ["dryRun"] = false,
        ["requestedBy"] = "pipeline",
        ["policySet"] = "sha256:" + new string('a', 64),
        ["factsDigest"] = "sha256:" + new string('b', 64),
        ["checkedAt"] = "2026-11-23T12:00:00Z",
        ["validUntil"] = "2026-11-23T13:00:00Z",
        ["waitingFor"] = "none",
        ["rules"] = new JsonArray(rules),
    };

    private static JsonObject Rule(string policy, string rule, string result, string level, string message, string? remediation = null) => new()
    {
        ["policy"] = policy,
        ["rule"] = rule,
        ["title"] = rule.Replace('-', ' ').ToLower(CultureInfo.InvariantCulture),
        ["result"] = result,
        ["level"] = level,
        ["message"] = message,
        ["remediation"] = remediation,
        ["why"] = result == "fail" ? new JsonArray(new JsonObject { ["expr"] = "size(approvals)", ["offset"] = 0, ["value"] = "0" }) : null,
        ["controls"] = new JsonArray(new JsonObject { ["framework"] = "eu-ai-act", ["ref"] = "Art. 14" }),
    };
}
