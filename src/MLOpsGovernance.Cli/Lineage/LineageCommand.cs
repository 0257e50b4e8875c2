using System.CommandLine;
using System.Text.Json;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Lineage;

/// <summary>Where data comes from and goes to.</summary>
internal static class LineageCommand
{
    private const string Nodes = "dataset:NAME, dataset:NAME@VERSION, dataset:NAMESPACE:NAME, job:NAMESPACE:NAME, run:ID, model:NAME@VERSION or deployment:ID";

    public static Command Create(Globals globals) => new("lineage", "Show where data, jobs and model versions come from and go to.") { Show(globals), Impact(globals) };

    private static Command Show(Globals globals)
    {
        var (node, asOf, depth) = Options();
        var direction = new Option<string>("--direction") { Description = "upstream, downstream or both", HelpName = "WAY", DefaultValueFactory = _ => "both" };
        var latest = new Option<bool>("--latest") { Description = "Only what the latest finished run of each job did" };
        return new Command("show", "Show everything that something comes from or goes to.") { node, direction, latest, depth, asOf }.Runs(globals, async (run, cancellationToken) =>
        {
            var query = $"lineage?nodeId={Uri.EscapeDataString(run.Required(node))}&direction={Uri.EscapeDataString(run.Given(direction)!)}{(run.Given(latest) ? "&mode=latest" : "")}{Common(run, asOf, depth)}";
            var answer = await run.ReadAsync($"api/v1/{query}", "graph", cancellationToken);
            run.Show(answer, () => WriteGraph(run.Screen, answer.Json!.Value));
            return ExitCode.Ok;
        });
    }

    private static Command Impact(Globals globals)
    {
        var (node, asOf, depth) = Options();
        return new Command("impact", "Show which model versions and deployments rest on something, and who owns them.") { node, depth, asOf }.Runs(globals, async (run, cancellationToken) =>
        {
            var answer = await run.ReadAsync($"api/v1/lineage/impact?nodeId={Uri.EscapeDataString(run.Required(node))}{Common(run, asOf, depth)}", "summary", cancellationToken);
            run.Show(answer, () => ImpactText.Write(run.Screen, answer.Json!.Value));
            return ExitCode.Ok;
        });
    }

    private static (Argument<string> Node, Option<string> AsOf, Option<int?> Depth) Options() => (
        new("NODE") { Description = $"What it is about: {Nodes}" }, new("--as-of") { Description = "As it was known then, such as 2026-01-31T12:00:00Z", HelpName = "TIME" },
        new("--depth") { Description = "How many steps to go at most", HelpName = "NUMBER" });

    private static string Common(Run run, Option<string> asOf, Option<int?> depth) =>
        $"{(run.Given(asOf) is { } at ? $"&asOf={Uri.EscapeDataString(at)}" : "")}{(run.Given(depth) is { } steps ? FormattableString.Invariant($"&depth={steps}") : "")}";

    private static void WriteGraph(Screen screen, JsonElement answer)
    {
        foreach (var node in answer.EachOf("graph").OrderBy(n => n.WholeOf("depth")))
        {
            screen.Say($"{node.WholeOf("depth") ?? 0,3}  {node.TextOf("id")}");
            foreach (var edge in node.EachOf("outEdges")) screen.Say($"       {edge.TextOf("kind")} → {edge.TextOf("destination")}");
        }

        if (answer.FlagOf("truncated") is true) screen.Note($"There is more: go deeper with --depth, or ask for one direction.");
    }
}
