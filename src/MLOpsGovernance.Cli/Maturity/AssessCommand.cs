using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Maturity;

/// <summary>How mature a team is.</summary>
internal static class AssessCommand
{
    private static readonly string[] Keys = ["team", "instrument", "windowDays", "assessment", "answers", "exemptions", "targets", "weights", "skills"];

    public static Command Create(Globals globals) => new("assess", "Assess how mature a team is: answers from a file, set against what is recorded.") { Answer(globals), Show(globals), Export(globals) };

    private static Command Answer(Globals globals)
    {
        var file = new Option<string>("--file", "-f") { Description = "Team and answers, YAML or JSON; with assessment, goes on with that one", HelpName = "FILE", Required = true };
        var complete = new Option<bool>("--complete") { Description = "Complete it: nothing of it changes any more" };
        return new Command("answer", "Begin an assessment, or go on with one, and give answers as yourself.") { file, complete }.Runs(globals, async (run, cancellationToken) =>
        {
            var path = run.Required(file);
            var body = BodyFile.Read(path);
            if (body.Select(p => p.Key).FirstOrDefault(k => !Keys.Contains(k, StringComparer.Ordinal)) is { } unknown) throw CommandFailedException.Usage($"{path}: '{unknown}' is not known. Known: {string.Join(", ", Keys)}.");
            var id = body.Take("assessment") ?? await BeginAsync(run, body, cancellationToken);
            Answer? answer = null;
            foreach (var (way, what) in Steps(body, id)) answer = await run.SendAsync(HttpMethod.Put, way, what, "result", cancellationToken);
            if (run.Given(complete)) answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"assessments/{id}/completion"), null, "result", cancellationToken);
            answer ??= await run.ReadAsync(ApiPath.Of($"assessments/{id}"), "result", cancellationToken);
            run.Show(answer, () => AssessmentText.Write(run.Screen, answer.Json!.Value));
            return ExitCode.Ok;
        });
    }

    private static Command Show(Globals globals)
    {
        var id = new Argument<string>("ID") { Description = "The assessment" };
        return new Command("show", "What an assessment comes to.") { id }.Runs(globals, async (run, cancellationToken) =>
        {
            var answer = await run.ReadAsync(ApiPath.Of($"assessments/{run.Required(id)}"), "result", cancellationToken);
            run.Show(answer, () => AssessmentText.Write(run.Screen, answer.Json!.Value));
            return ExitCode.Ok;
        });
    }

    private static Command Export(Globals globals)
    {
        var id = new Argument<string>("ID") { Description = "The assessment" };
        return new Command("export", "Everything that an assessment rests on, as JSON: questions, answers, evidence.") { id }.Runs(globals, async (run, cancellationToken) =>
        {
            run.Screen.Raw((await run.ReadAsync(ApiPath.Of($"assessments/{run.Required(id)}/export"), "input", cancellationToken)).Text.TrimEnd());
            return ExitCode.Ok;
        });
    }

    private static async Task<string> BeginAsync(Run run, JsonObject body, CancellationToken cancellationToken)
    {
        var begun = new JsonObject { ["team"] = body.Take("team") ?? throw CommandFailedException.Usage("Say whose assessment it is: team in the file.") };
        foreach (var name in (string[])["instrument", "windowDays"]) if (body.Remove(name, out var value)) begun[name] = value;
        var answer = await run.SendAsync(HttpMethod.Post, "api/v1/assessments", begun, "id", cancellationToken);
        return answer.Json!.Value.TextOf("id")!;
    }

    /// <summary>Each answer is a call of its own, in the order of the file: what was taken stays, whatever comes after it.</summary>
    private static IEnumerable<(string Path, JsonNode? Body)> Steps(JsonObject body, string id)
    {
        if (body["targets"] is not null || body["weights"] is not null)
        {
            var settings = new JsonObject();
            foreach (var name in (string[])["targets", "weights"]) if (body.Remove(name, out var value)) settings[name] = value;
            yield return (ApiPath.Of($"assessments/{id}/settings"), settings);
        }

        foreach (var part in (string[])["answers", "exemptions", "skills"])
        {
            foreach (var (key, value) in body[part] as JsonObject ?? [])
                // An answer may be the step alone.
                yield return (ApiPath.Of($"assessments/{id}/{part}/{key}"), value is JsonValue ? new JsonObject { ["step"] = value.DeepClone() } : value?.DeepClone());
        }
    }
}

internal static class AssessmentText
{
    public static void Write(Screen screen, JsonElement assessment)
    {
        var result = assessment.Of("result") ?? default;
        screen.Say($"{assessment.TextOf("team")}: assessment {assessment.TextOf("id")}, {assessment.TextOf("state")}");
        screen.Say($"{(result.FlagOf("headline") == true ? $"level {result.WholeOf("floor") ?? 0}{(result.WholeOf("floor") == result.WholeOf("floorAtMost") ? ", confirmed" : $", at most {result.WholeOf("floorAtMost") ?? 0}")}" : "no level yet")}, mean {Number(result, "mean")}, {Percent(result, "answered")} answered, {Percent(result, "evidenceShare")} from evidence ({result.TextOf("denominators")})");
        foreach (var contradiction in result.TextsOf("contradictions")) screen.Say($"  [red]contradicted[/]  {contradiction}");
        foreach (var d in result.EachOf("dimensions").Where(d => d.FlagOf("assessed") == true))
            screen.Say($"  {d.TextOf("id")} {d.TextOf("name")}: {Number(d, "display")} {d.TextOf("levelName")}{(d.FlagOf("confirmed") == true ? "" : ", not confirmed")}{(d.FlagOf("provisional") == true ? ", provisional" : "")}");
        foreach (var next in result.EachOf("next")) screen.Say($"  [yellow]next[/]  {next.TextOf("question")} ({next.TextOf("effort")}): {next.TextOf("text")}");
        foreach (var view in (string[])["microsoft", "google"])
            screen.Say($"  {view}: level {result.Of(view)?.WholeOf("level") ?? 0}, held back by {string.Join(", ", (result.Of(view) ?? default).EachOf("blocking").Select(b => b.TextOf("id")).DefaultIfEmpty("nothing"))}");
    }

    private static string Number(JsonElement json, string name) => json.Of(name) is { ValueKind: JsonValueKind.Number } n ? n.GetDouble().ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) : "unknown";

    private static string Percent(JsonElement json, string name) => json.Of(name) is { ValueKind: JsonValueKind.Number } n ? (n.GetDouble() * 100).ToString("0' %'", System.Globalization.CultureInfo.InvariantCulture) : "unknown";
}
