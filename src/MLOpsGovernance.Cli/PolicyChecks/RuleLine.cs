using System.Text.Json;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.PolicyChecks;

/// <summary>What a decision says about one rule.</summary>
/// <param name="Origins">Which events made the facts what they are.</param>
/// <param name="Missing">What is missing before it holds, and who can do it.</param>
internal sealed record RuleLine(
    string Policy, string Rule, string Result, string Level, string Message, string? Remediation, string? Waiver, string? WaivedUntil, string? Underlying, IReadOnlyList<string> Why, IReadOnlyList<string> Origins, IReadOnlyList<MissingLine> Missing,
    string? EffectiveFrom)
{
    public string Name => $"{Policy}/{Rule}";

    /// <summary>It stands in the way of the deployment.</summary>
    public bool Blocks => Result is "fail" or "error" && Level == "mandatory";

    public bool Warns => Result is "fail" or "error" && Level == "advisory";

    public static RuleLine Of(JsonElement rule) => new(
        rule.TextOf("policy") ?? "", rule.TextOf("rule") ?? "", rule.TextOf("result") ?? "", rule.TextOf("level") ?? "", rule.TextOf("message") ?? rule.TextOf("title") ?? "",
        rule.TextOf("remediation"), rule.Of("waiver")?.TextOf("name"), rule.Of("waiver")?.TextOf("expiresAt"), rule.Of("waiver")?.TextOf("underlying"),
        [.. rule.EachOf("why").Select(why => $"{why.TextOf("expr")} is {Value(why)}")],
        [.. rule.EachOf("facts").Select(fact => $"{fact.TextOf("fact")}: {(fact.FlagOf("before") is true ? "so since before " : "")}{fact.TextOf("type")} by {fact.TextOf("by")}, {fact.TextOf("at")} ({fact.TextOf("stream")} #{fact.WholeOf("version") ?? 0})")],
        [.. rule.EachOf("missing").Select(MissingLine.Of)], rule.TextOf("effectiveFrom"));

    private static string Value(JsonElement why) => why.Of("value") switch
    {
        { ValueKind: JsonValueKind.String } => why.TextOf("value") ?? "",
        { } other => other.GetRawText(),
        null => "null",
    };
}

/// <summary>A step that somebody has to take.</summary>
internal sealed record MissingLine(string What, string Who)
{
    public static MissingLine Of(JsonElement step) => new(step.TextOf("what")?.TrimEnd('.') ?? "", string.Join(" or ", [step.TextOf("role") ?? "somebody", .. step.TextsOf("orRoles")]));
}
