using System.CommandLine;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Audit;

/// <summary>Takes events along, each with its proof.</summary>
internal static class ExportCommand
{
    public static Command Create(Globals globals)
    {
        var file = new Argument<string>("FILE") { Description = "Where the events are written; CSV where it ends with .csv, else a line of JSON for each" };
        var narrowed = new TrailOptions();
        var text = new Option<string>("--text") { Description = "Only events in which all of these words stand", HelpName = "WORDS" };
        var command = new Command("export", "Write events with the proof of each into a file. 'mlgov verify event EVENT --export FILE' checks one.") { file };
        foreach (var option in narrowed.All.Append(text)) command.Options.Add(option);
        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var (target, format) = (run.Required(file), run.Required(file).EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? "csv" : "jsonl");
            var words = run.Given(text) is { } given ? $"&text={ApiPath.Segment(given)}" : "";
            await Downloads.SaveAsync(run, ApiPath.Of($"audit/export?format={format}") + narrowed.Query(run) + words, target, cancellationToken);
            run.Screen.Say($"exported into {target}");
            return ExitCode.Ok;
        });
    }
}

/// <summary>Takes along all that shows what was decided about a model.</summary>
internal static class PackCommand
{
    public static Command Create(Globals globals)
    {
        var model = new Argument<string>("MODEL") { Description = "The model" };
        var file = new Argument<string>("FILE") { Description = "Where the zip is written" };
        var from = new Option<string>("--from") { Description = "Decisions from this time on [default: all]", HelpName = "TIME" };
        var to = new Option<string>("--to") { Description = "The model as of this time, and decisions before it [default: now]", HelpName = "TIME" };
        var size = new Option<long?>("--checkpoint") { Description = "Size of the checkpoint that proofs are for [default: the newest]; with it and --to the same bytes can be had again", HelpName = "SIZE" };
        return new Command("pack", "Write all that shows what was decided about a model into one zip. 'mlgov verify pack FILE' checks it.") { model, file, from, to, size }.Runs(globals, async (run, cancellationToken) =>
        {
            string[] parameters = [.. new[] { ("from", run.Given(from)), ("to", run.Given(to)), ("checkpoint", run.Given(size)?.ToString(System.Globalization.CultureInfo.InvariantCulture)) }
                .Where(p => p.Item2 is not null).Select(p => $"{p.Item1}={ApiPath.Segment(p.Item2!)}")];
            await Downloads.SaveAsync(run, ApiPath.Of($"models/{run.Required(model)}/evidence-pack") + (parameters.Length == 0 ? "" : "?" + string.Join('&', parameters)), run.Required(file), cancellationToken);
            run.Screen.Say($"packed into {run.Required(file)}");
            return ExitCode.Ok;
        });
    }
}
