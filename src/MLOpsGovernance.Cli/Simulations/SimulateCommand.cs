using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Cli.Simulations;

internal static class SimulateCommand
{
    private const string Path = "api/v1/policies/simulations";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static Command Create(Globals globals)
    {
        var folder = new Argument<string>("FOLDER") { Description = "Folder with the draft of the policy set [default: policies]", Arity = ArgumentArity.ZeroOrOne };
        var from = new Option<string>("--from") { Description = "Decisions made from then on [default: 90 days before --to]", HelpName = "TIME" };
        var to = new Option<string>("--to") { Description = "Decisions made before then [default: now]", HelpName = "TIME" };
        var fail = new Option<bool>("--fail-on-flips") { Description = "End with 1 where a decision would come out otherwise" };
        var command = new Command("simulate", "Judge past decisions again under a draft of the policy set, and show which would come out otherwise and why. Changes nothing.") { folder };
        foreach (var option in (Option[])[from, to, fail]) command.Options.Add(option);

        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var begun = await BeginAsync(run, Body(run.Given(folder) ?? "policies", run.Given(from), run.Given(to)), cancellationToken);
            var ended = await FollowAsync(run, begun, cancellationToken);
            var simulation = ended.Json!.Value;
            if (simulation.TextOf("state") != "completed") throw CommandFailedException.NoAnswer($"The simulation is {simulation.TextOf("state")}: {simulation.TextOf("why") ?? "begin it again"}.");
            run.Show(ended, () => SimulationText.Write(run.Screen, simulation));
            return run.Given(fail) && simulation.Of("result")?.WholeOf("flipped") is not 0 ? ExitCode.Refused : ExitCode.Ok;
        });
    }

    private static JsonObject Body(string folder, string? from, string? to)
    {
        try
        {
            // Tests and waivers are no part of a set.
            var documents = PolicySet.ReadFolder(folder).Where(f => !f.Path.EndsWith(".test.yaml", StringComparison.Ordinal)).ToList();
            if (documents.Count == 0) throw CommandFailedException.Usage($"'{folder}' holds no policy documents: no file in it is named *.yaml.");
            var body = new JsonObject { ["policySet"] = new JsonObject { ["documents"] = new JsonArray([.. documents.Select(d => new JsonObject { ["path"] = d.Path, ["text"] = d.Text })]) } };
            if (from is not null) body["from"] = from;
            if (to is not null) body["to"] = to;
            return body;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandFailedException.Usage($"'{folder}' cannot be read: {e.Message}", e);
        }
    }

    private static async Task<string> BeginAsync(Run run, JsonObject body, CancellationToken cancellationToken)
    {
        var answer = await run.Server.SendAsync(HttpMethod.Post, Path, body, cancellationToken);
        foreach (var error in answer.Json?.EachOf("policyErrors") ?? [])
            run.Screen.Note($"{error.TextOf("file")}:{error.WholeOf("line") ?? 1}:{error.WholeOf("column") ?? 1}: {error.TextOf("code")}: {error.TextOf("message")}");
        if (answer.Status != 202) throw new CommandFailedException(ExitCode.OfCommand(answer.Status), answer.Explanation);
        return answer.Json?.TextOf("id") ?? throw CommandFailedException.NoAnswer($"The server answered {answer.Described}, which names no simulation.");
    }

    private static async Task<Answer> FollowAsync(Run run, string id, CancellationToken cancellationToken)
    {
        for (var noted = -1; ;)
        {
            var answer = await run.ReadAsync(ApiPath.Of($"policies/simulations/{id}"), "state", cancellationToken);
            var now = answer.Json!.Value;
            if (now.TextOf("state") != "running") return answer;
            if (now.WholeOf("judged") is { } judged && judged != noted)
            {
                noted = judged;
                run.Screen.Note($"Judged {judged.ToString(CultureInfo.InvariantCulture)} of {now.WholeOf("total") ?? 0} decisions.");
            }

            await Task.Delay(Pause, run.Around.Time, cancellationToken);
        }
    }
}

internal static class SimulationText
{
    private const int Most = 20;

    public static void Write(Screen screen, JsonElement simulation)
    {
        var result = simulation.GetProperty("result");
        screen.Say($"{result.WholeOf("judged") ?? 0} decisions judged again, {result.WholeOf("flipped") ?? 0} would come out otherwise");
        foreach (var turn in result.EachOf("outcomes")) screen.Say($"  {turn.WholeOf("decisions") ?? 0} from {turn.TextOf("was")} to {turn.TextOf("now")}");
        foreach (var rule in result.EachOf("rules")) screen.Say($"  {rule.TextOf("policy")}/{rule.TextOf("rule")} turned {rule.WholeOf("decisions") ?? 0} ({rule.TextOf("because")})");
        foreach (var flip in result.EachOf("flips").Take(Most))
        {
            screen.Say($"{flip.TextOf("model")} version {flip.WholeOf("version") ?? 0} to {flip.TextOf("environment")}, {flip.TextOf("at")}: {flip.TextOf("was")} would be {flip.TextOf("now")} (decision {flip.TextOf("decisionId")})");
            foreach (var cause in flip.EachOf("causes")) screen.Say($"    {cause.TextOf("why")}: {Turn(cause.TextOf("was") ?? "absent", cause.TextOf("now") ?? "absent")}");
        }

        if (result.EachOf("flips").Count() > Most) screen.Say($"and more; --output json has the latest 1000");
    }

    private static string Turn(string was, string now) => was == now ? $"still {now}" : $"{was} would be {now}";
}
