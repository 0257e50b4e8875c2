using System.CommandLine;
using System.Text.Json;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.BuyOrBuild;

/// <summary>Whether to buy or to build a platform.</summary>
internal static class AdviseCommand
{
    public static Command Create(Globals globals) => new("advise", "Weigh buying a platform against building it: your figures from a file, all combinations, one recommendation.") { Ask(globals), Show(globals), Export(globals) };

    private static Command Ask(Globals globals)
    {
        var file = new Option<string>("--file", "-f") { Description = "Capabilities, options, prices and constraints, YAML or JSON", HelpName = "FILE", Required = true };
        return new Command("ask", "Ask for a recommendation. Ends with 1 where nothing is feasible.") { file }.Runs(globals, async (run, cancellationToken) =>
        {
            var answer = await run.SendAsync(HttpMethod.Post, "api/v1/buy-or-build", BodyFile.Read(run.Required(file)), "id", cancellationToken);
            run.Show(answer, () => Write(run.Screen, answer.Json!.Value));
            return answer.Json!.Value.Of("choice") is null ? ExitCode.Refused : ExitCode.Ok;
        });
    }

    private static Command Show(Globals globals)
    {
        var id = new Argument<string>("ID") { Description = "The recommendation" };
        return new Command("show", "A recommendation that was given, and what its sentences rest on.") { id }.Runs(globals, async (run, cancellationToken) =>
        {
            var answer = await run.ReadAsync(ApiPath.Of($"buy-or-build/{run.Required(id)}"), "sentences", cancellationToken);
            run.Show(answer, () => Write(run.Screen, answer.Json!.Value));
            return ExitCode.Ok;
        });
    }

    private static Command Export(Globals globals)
    {
        var id = new Argument<string>("ID") { Description = "The recommendation" };
        return new Command("export", "The request and the result with all digits, as JSON.") { id }.Runs(globals, async (run, cancellationToken) =>
        {
            run.Screen.Raw((await run.ReadAsync(ApiPath.Of($"buy-or-build/{run.Required(id)}/export"), "result", cancellationToken)).Text.TrimEnd());
            return ExitCode.Ok;
        });
    }

    private static void Write(Screen screen, JsonElement advice)
    {
        screen.Say($"recommendation {advice.TextOf("id")}");
        foreach (var sentence in advice.EachOf("sentences"))
        {
            screen.Say($"{sentence.TextOf("text")}");
            var rests = sentence.EachOf("restsOn").ToList();
            screen.Say($"    rests on {string.Join(", ", rests.Take(4).Select(Trace))}{(rests.Count > 4 ? $" and {rests.Count - 4} more" : "")}");
        }
    }

    private static string Trace(JsonElement trace) => $"{trace.TextOf("kind")} {trace.TextOf("name")}{(trace.TextOf("source") is { } source ? $" ({source}{(trace.TextOf("asOf") is { } asOf ? $", {asOf}" : "")})" : "")}";
}
