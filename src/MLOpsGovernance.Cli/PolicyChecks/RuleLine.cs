using System.Text.Json;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.PolicyChecks;

/// <summary>What a decision says about one rule.</summary>
internal sealed record RuleLine(string Name, string Result, string Level, string Message, string? Remediation, string? Waiver, string? WaivedUntil, IReadOnlyList<string> Why)
{
    /// <summary>It stands in the way of the deployment.</summary>
    public bool Blocks => Result is "fail" or "error" && Level == "mandatory";

    public bool Warns => Result is "fail" or "error" && Level == "advisory";

    public static RuleLine Of(JsonElement rule) => new(
        $"{rule.TextOf("policy")}/{rule.TextOf("rule")}", rule.TextOf("result") ?? "", rule.TextOf("level") ?? "", rule.TextOf("message") ?? rule.TextOf("title") ?? "",
        rule.TextOf("remediation"), rule.Of("waiver")?.TextOf("name"), rule.Of("waiver")?.TextOf("expiresAt"),
        [.. rule.EachOf("why").Select(why => $"{why.TextOf("expr")} is {Value(why)}")]);

    private static string Value(JsonElement why) => why.Of("value") switch
    {
        { ValueKind: JsonValueKind.String } => why.TextOf("value") ?? "",
        { } other => other.GetRawText(),
        null => "null",
    };
}
