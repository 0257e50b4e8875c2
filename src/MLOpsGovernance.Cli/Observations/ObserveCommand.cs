using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Manifests;

namespace MLOpsGovernance.Cli.Observations;

internal static class ObserveCommand
{
    private const int MostItems = 5_000;
    private static readonly string[] Keys = ["environment", "observedAt", "source", "items"], ItemKeys = ["name", "digest", "replicas"];

    public static Command Create(Globals globals)
    {
        var file = new Option<string>("--file", "-f") { Description = "What runs, YAML or JSON: observedAt, source, items of name, digest and replicas", HelpName = "FILE", Required = true };
        var environment = new Option<string>("--environment") { Description = "Name of the environment; else the file names it", HelpName = "NAME" };
        var command = new Command("observe", "Report what really runs in an environment. Each difference from what is on record opens one finding.") { file, environment };
        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var (named, body) = Read(run, run.Required(file));
            var name = run.Given(environment) ?? named ?? throw CommandFailedException.Usage("Say which environment was observed: --environment NAME, or environment in the file.");
            if (named is not null && named != name) throw CommandFailedException.Usage($"The file is of environment {named}, not {name}.");
            var answer = await run.SendAsync(HttpMethod.Put, ApiPath.Of($"environments/{name}/observed"), body, "discrepancies", cancellationToken);
            run.Show(answer, () => Write(run.Screen, answer.Json!.Value));
            return ExitCode.Ok;
        });
    }

    private static (string? Environment, JsonObject Body) Read(Run run, string path)
    {
        var mistakes = new ManifestMistakes(path);
        var map = ManifestMap.Of(mistakes, ManifestReader.Root(path, mistakes), "the observation", Keys);
        if (!map.Has("items")) map.Wrong("items", "they are missing. An environment in which nothing runs has items: [].");
        var items = map.Each("items", ItemKeys, Item) ?? [];
        if (items.Count > MostItems) map.Wrong("items", $"there are {items.Count} of them, and an observation holds at most {MostItems}.");
        // Without a time it is of now.
        var body = new JsonObject { ["observedAt"] = map.OptionalText("observedAt") ?? run.Around.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture) };
        if (map.OptionalText("source") is { } source) body["source"] = source;
        body["items"] = new JsonArray([.. items]);
        var environment = map.OptionalText("environment");
        mistakes.RefuseIfAny();
        return (environment, body);
    }

    private static JsonNode Item(ManifestMap map)
    {
        var item = new JsonObject { ["name"] = map.Text("name"), ["digest"] = map.Digest("digest") };
        if (map.OptionalWhole("replicas", 0, int.MaxValue) is { } replicas) item["replicas"] = replicas;
        return item;
    }

    private static void Write(Screen screen, JsonElement observation)
    {
        var discrepancies = observation.EachOf("discrepancies").ToList();
        screen.Say($"{observation.TextOf("environment")} at {observation.TextOf("at")}: {observation.WholeOf("items") ?? 0} running, {discrepancies.Count} different from what is on record");
        foreach (var d in discrepancies)
        {
            var what = d.TextOf("model") is { } model ? $"{model} version {d.WholeOf("version") ?? 0}" : d.TextOf("name");
            screen.Say($"  [yellow]{d.TextOf("kind") ?? "unknown"}[/]  {what}, {d.TextOf("digest")}; finding {d.TextOf("finding")}");
        }
    }
}
