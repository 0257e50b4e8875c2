using System.Text.Json;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.PolicyChecks;

/// <summary>A rule of a decision as reports show it.</summary>
/// <param name="Document">The policy's file.</param>
internal sealed record ReportedRule(
    string Policy, string Id, string Title, string Result, string Level, string Message, string Remedy, string Severity, string Document, IReadOnlyList<string> Controls, string? Waiver, string? WaivedUntil, IReadOnlyList<MissingLine> Missing)
{
    public bool IsAgainst => Result is "fail" or "error";

    public bool IsWaived => Result == "waived";

    /// <summary>What is wrong and who has to do what.</summary>
    public string Text => Missing.Count == 0 ? Message : $"{Message.TrimEnd('.')}. Missing: {string.Join("; ", Missing.Select(m => $"{m.What} ({m.Who})"))}.";

    /// <summary>Every rule; and where none was asked, the code that says why as one.</summary>
    public static IReadOnlyList<ReportedRule> Of(GateDecision decision)
    {
        List<ReportedRule> rules = [.. decision.Json.EachOf("rules").Select(Of)];
        if (!decision.Allowed && decision.Json.TextOf("code") is { } code)
            rules.Add(new("gate", code, "The gate can judge the question", "error", "mandatory", $"Nothing was judged: {code}.", "Ask about what is on record, in an environment that a policy covers.", "high", "gate", [], null, null, []));
        return rules;
    }

    private static ReportedRule Of(JsonElement rule)
    {
        var policy = rule.TextOf("policy") ?? "policy";
        var (id, message) = (rule.TextOf("rule") ?? "rule", rule.TextOf("message"));
        var title = rule.TextOf("title") ?? id;
        return new(
            policy, id, title, rule.TextOf("result") ?? "error", rule.TextOf("level") ?? "mandatory", message ?? title, rule.TextOf("remediation") ?? title, rule.TextOf("severity") ?? "high",
            rule.TextOf("document") ?? $"{policy}.yaml", [.. rule.EachOf("controls").Select(c => $"{c.TextOf("framework")} {c.TextOf("ref")}")],
            rule.Of("waiver")?.TextOf("name"), rule.Of("waiver")?.TextOf("expiresAt"), [.. rule.EachOf("missing").Select(MissingLine.Of)]);
    }
}
