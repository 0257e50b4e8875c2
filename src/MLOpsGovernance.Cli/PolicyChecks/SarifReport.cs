using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.PolicyChecks;

/// <summary>A decision as SARIF 2.1.0: a result for each rule that is against it or was waived. Ids, places and fingerprints stay the same from run to run.</summary>
internal static class SarifReport
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(GateDecision decision, CheckQuestion question, int exitCode)
    {
        var rules = ReportedRule.Of(decision);
        var run = new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "mlgov",
                    ["version"] = Mlgov.Version,
                    ["rules"] = new JsonArray([.. rules.Select(Rule)]),
                },
            },
            ["automationDetails"] = new JsonObject { ["id"] = $"mlgov/{question.Environment}/{question.Model}/" },
            ["invocations"] = new JsonArray(new JsonObject { ["executionSuccessful"] = decision.Outcome != GateDecision.Error, ["exitCode"] = exitCode, ["exitCodeDescription"] = decision.Outcome }),
            ["results"] = new JsonArray([.. rules.Select((rule, index) => (rule, index)).Where(r => r.rule.IsAgainst || r.rule.IsWaived).Select(r => Result(r.rule, r.index, question))]),
            ["properties"] = new JsonObject
            {
                ["decisionId"] = decision.Id,
                ["policySet"] = decision.Json.TextOf("policySet"),
                ["factsDigest"] = decision.Json.TextOf("factsDigest"),
                ["artifactDigest"] = question.ArtifactDigest,
            },
        };
        return new JsonObject { ["$schema"] = Schema, ["version"] = "2.1.0", ["runs"] = new JsonArray(run) }.ToJsonString(Readable);
    }

    private static JsonObject Rule(ReportedRule rule) => new()
    {
        ["id"] = rule.Id,
        ["shortDescription"] = Message(rule.Title),
        ["help"] = Message(rule.Remedy),
        ["defaultConfiguration"] = new JsonObject { ["level"] = Level(rule) },
        ["properties"] = new JsonObject
        {
            ["tags"] = new JsonArray([.. new[] { rule.Policy }.Concat(rule.Controls).Distinct(StringComparer.Ordinal).Select(t => (JsonNode)t)]),
            ["security-severity"] = rule.Severity switch { "critical" => "9.5", "high" => "8.0", "medium" => "5.5", _ => "2.0" },
        },
    };

    private static JsonObject Result(ReportedRule rule, int index, CheckQuestion question)
    {
        var result = new JsonObject
        {
            ["ruleId"] = rule.Id,
            ["ruleIndex"] = index,
            ["kind"] = "fail",
            ["level"] = Level(rule),
            ["message"] = Message(rule.Text),
            ["locations"] = new JsonArray(new JsonObject
            {
                ["physicalLocation"] = new JsonObject
                {
                    ["artifactLocation"] = new JsonObject { ["uri"] = $"policies/{string.Join('/', rule.Document.Split('/').Select(Uri.EscapeDataString))}" },
                    ["region"] = new JsonObject { ["startLine"] = 1 },
                },
            }),
            ["partialFingerprints"] = new JsonObject { ["primaryLocationLineHash"] = Fingerprint(rule, question) },
        };
        if (rule.IsWaived)
        {
            result["suppressions"] = new JsonArray(new JsonObject
            {
                ["kind"] = "external", ["status"] = "accepted", ["justification"] = $"waived by {rule.Waiver ?? "a waiver"} until {rule.WaivedUntil ?? "an unknown time"}",
            });
        }

        return result;
    }

    private static string Level(ReportedRule rule) => rule.Level switch { "mandatory" => "error", "advisory" => "warning", _ => "note" };

    private static JsonObject Message(string text) => new() { ["text"] = text };

    private static string Fingerprint(ReportedRule rule, CheckQuestion question) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{rule.Policy}\n{rule.Id}\n{question.Model}\n{question.Environment}")))[..16]}:1";
}
