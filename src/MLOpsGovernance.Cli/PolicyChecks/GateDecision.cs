using System.Text.Json;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.PolicyChecks;

/// <summary>A decision that was read and makes sense; nothing else is ever acted on.</summary>
internal sealed record GateDecision(string Id, string Outcome, bool Allowed, Answer Answer)
{
    public const string Allow = "allow", Warn = "warn", Deny = "deny", Error = "error";

    public JsonElement Json => Answer.Json!.Value;

    /// <summary>Asking again later may help: nothing but people's steps are missing.</summary>
    public bool WaitsForPeople => Outcome == Deny && Json.TextOf("waitingFor") == "human";

    public IEnumerable<RuleLine> Rules => Json.EachOf("rules").Select(RuleLine.Of);

    public int ExitCode(bool failOnWarn) => Outcome switch
    {
        Allow => Cli.ExitCode.Ok,
        Warn => failOnWarn ? Cli.ExitCode.Warnings : Cli.ExitCode.Ok,
        Deny => Cli.ExitCode.Refused,
        _ => Cli.ExitCode.NoAnswer,
    };

    /// <summary>Takes an answer for a decision only if it is one, whole, consistent in itself, and about what was asked.</summary>
    /// <exception cref="CommandFailedException">It is not.</exception>
    public static GateDecision Read(Answer answer, CheckQuestion question)
    {
        if (answer.Status != 200) throw new CommandFailedException(Cli.ExitCode.OfCheck(answer.Status), answer.Explanation);
        if (answer.Json is not { } json) throw Unreadable($"{answer.Described} that is no JSON object");

        var id = json.TextOf("decisionId");
        var outcome = json.TextOf("outcome");
        var allowed = json.FlagOf("allowed");
        return (outcome, allowed) switch
        {
            _ when string.IsNullOrEmpty(id) => throw Unreadable("no decisionId"),
            _ when Difference(json, question) is { } difference => throw Unreadable(difference),
            _ when json.Of("rules") is { ValueKind: not JsonValueKind.Array } => throw Unreadable("rules that are no list"),
            (Allow or Warn, true) or (Deny or Error, false) => new(id!, outcome!, allowed!.Value, answer),
            _ => throw Unreadable($"outcome {json.Of("outcome")?.GetRawText() ?? "missing"} and allowed {json.Of("allowed")?.GetRawText() ?? "missing"}, which do not go together"),
        };
    }

    private static string? Difference(JsonElement json, CheckQuestion question)
    {
        (string Name, string Asked)[] asked =
        [
            ("model", question.Model), ("environment", question.Environment), ("action", question.Action), ("artifactDigest", question.ArtifactDigest),
        ];
        if (json.Of("version") is not null && json.WholeOf("version") != question.Version) return $"version {json.Of("version")}, where {question.Version} was asked about";
        if (question.Stage is { } stage && json.TextOf("stage") != stage) return $"stage {json.Of("stage")?.GetRawText() ?? "missing"}, where {stage} was asked about";
        if (json.Of("dryRun") is not null && json.FlagOf("dryRun") != question.DryRun) return $"dryRun {json.Of("dryRun")}, where the opposite was asked for";
        return asked.Where(field => json.Of(field.Name) is not null && json.TextOf(field.Name) != field.Asked)
            .Select(field => $"{field.Name} {json.Of(field.Name)}, where {field.Asked} was asked about").FirstOrDefault();
    }

    private static CommandFailedException Unreadable(string what) =>
        CommandFailedException.NoAnswer($"No decision: the server answered with {what}. Nothing is allowed by that.");
}
