using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Audit;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Verification;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Mirrors;
using MLOpsGovernance.Evidence.Samples;
using MLOpsGovernance.Evidence.Tiles;

namespace MLOpsGovernance.Cli.AuditSamples;

/// <summary>Draws events for an audit on the server, and draws them again without it.</summary>
internal static class AuditSampleCommand
{
    public static Command Create(Globals globals) => new("sample", "Draw events for an audit by a published seed, and draw them again from a mirrored log.") { Draw(globals), Check(globals), Redraw(globals) };

    private static Command Draw(Globals globals)
    {
        var paper = new Argument<string>("PAPER") { Description = "Where the working paper is written, JSON" };
        var seed = new Option<string>("--seed") { Description = "Published before the draw by who is to be convinced", HelpName = "TEXT", Required = true };
        var count = new Option<int>("--count") { Description = "How many events are drawn, 1 to 500", HelpName = "N", Required = true };
        var narrowed = new TrailOptions();
        var command = new Command("draw", "Draw events from all that the log holds by now, and keep the working paper.") { paper, seed, count };
        foreach (var option in narrowed.All) command.Options.Add(option);
        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var population = new JsonObject();
            foreach (var (name, option) in new[] { ("stream", narrowed.Stream), ("actor", narrowed.Actor), ("type", narrowed.Type), ("from", narrowed.From), ("to", narrowed.To) })
                if (run.Given(option) is { } given) population[name] = given;
            var answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"audit/samples"), new JsonObject { ["seed"] = run.Required(seed), ["count"] = run.Required(count), ["population"] = population }, "items", cancellationToken);
            await File.WriteAllTextAsync(run.Required(paper), answer.Text, cancellationToken);
            run.Show(answer, () => Print(run, answer.Json!.Value));
            return ExitCode.Ok;
        });
    }

    private static Command Check(Globals globals)
    {
        var id = new Argument<string>("SAMPLE") { Description = "Id of the sample" };
        var e = new Argument<string>("EVENT") { Description = "Id of the drawn event" };
        var result = Globals.Choice("--result", "What the event shows", "in-order", "exception", "not-applicable");
        result.Required = true;
        var comment = new Option<string>("--comment") { Description = "Why", HelpName = "TEXT" };
        return new Command("check", "Say what a drawn event shows, in the working paper.") { id, e, result, comment }.Runs(globals, async (run, cancellationToken) =>
        {
            var body = new JsonObject { ["result"] = run.Required(result) };
            if (run.Given(comment) is { } why) body["comment"] = why;
            var answer = await run.SendAsync(HttpMethod.Put, ApiPath.Of($"audit/samples/{run.Required(id)}/events/{run.Required(e)}"), body, "items", cancellationToken);
            run.Show(answer, () => Print(run, answer.Json!.Value));
            return ExitCode.Ok;
        });
    }

    private static Command Redraw(Globals globals)
    {
        var paper = new Argument<string>("PAPER") { Description = "The working paper, JSON" };
        var folder = new Option<string>("--folder") { Description = "A mirrored log; without it the server's", HelpName = "FOLDER" };
        var key = VerificationKeys.Option("The log's public keys in their text form, one a line");
        return new Command("redraw", $"Draw a sample again from the log alone, and compare with its working paper. {VerifyCommand.Codes}") { paper, folder, key }.Runs(globals, (run, cancellationToken) => VerificationKeys.JudgeAsync(async () =>
        {
            var (population, seed, items, total) = Read(run.Required(paper));
            var (source, keys) = (LogSource.Of(run, run.Given(folder)), VerificationKeys.OfLog(run.Required(key)));
            // Whoever draws from a log first sees that it is the one that was signed.
            var report = await MirroredLog.VerifyAsync(source, keys, null, cancellationToken);
            if (report.Head.Checkpoint.Size < population.Size) throw new EvidenceRefusedException(EvidenceRefusals.Pack, $"The sample was drawn from {population.Size} entries, and this copy has {report.Head.Checkpoint.Size}: mirror it again.");
            var ids = await IdsAsync(source, population, cancellationToken);
            var again = AuditDraw.Of(ids, seed, items.Count);
            if (ids.Count != total) throw new EvidenceRefusedException(EvidenceRefusals.Pack, $"The population holds {ids.Count} events, and the paper says {total}.");
            if (again.Zip(items).Select((pair, i) => (pair, i)).FirstOrDefault(p => p.pair.First != p.pair.Second) is { pair.First: not null } other)
                throw new EvidenceRefusedException(EvidenceRefusals.Pack, $"Number {other.i + 1} of the sample is {other.pair.First}, and the paper says {other.pair.Second}.");
            run.Screen.Say($"[green]verified[/]  {items.Count} of {total} events, drawn with the seed {seed} from {population.Size} entries of {report.Head.Checkpoint.Origin}");
        }));
    }

    private static async Task<List<string>> IdsAsync(Func<string, CancellationToken, Task<byte[]?>> source, AuditPopulation population, CancellationToken cancellationToken)
    {
        List<string> ids = [];
        for (var bundle = 0UL; TileCoordinate.WidthIn(population.Size, 0, bundle) is > 0 and var width; bundle++)
            foreach (var entry in await PrefixAsync(bundle, width))
                if (population.Holds(entry) is { } id) ids.Add(id);
        return ids;

        // The copy may have grown since, and then holds wider bundles.
        async Task<IEnumerable<byte[]>> PrefixAsync(ulong bundle, int width)
        {
            for (var wider = width; wider <= TileCoordinate.Full; wider++)
                if (await source(EntryBundle.Path(bundle, wider), cancellationToken) is { } bytes) return EntryBundle.Read(bytes, wider).Take(width);
            throw new EvidenceRefusedException(EvidenceRefusals.Tile, $"{EntryBundle.Path(bundle, width)} is missing.");
        }
    }

    private static (AuditPopulation Population, string Seed, IReadOnlyList<string> Items, int Total) Read(string file)
    {
        try
        {
            var paper = JsonNode.Parse(VerificationKeys.Bytes(file))!;
            var p = paper["population"]!;
            return (new(Text(p, "stream"), Text(p, "actor"), Text(p, "type"), Time(p, "from"), Time(p, "to"), p["size"]!.GetValue<ulong>()), Text(paper, "seed")!,
                [.. paper["items"]!.AsArray().Select(item => item!["event"]!.GetValue<string>())], paper["total"]!.GetValue<int>());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException)
        {
            throw CommandFailedException.Usage($"'{file}' is no working paper of a sample.", e);
        }
    }

    private static string? Text(JsonNode json, string field) => json[field]?.GetValue<string>();

    private static DateTimeOffset? Time(JsonNode json, string field) => Text(json, field) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;

    private static void Print(Run run, JsonElement paper)
    {
        run.Screen.Say($"sample {paper.TextOf("id")}: {paper.EachOf("items").Count()} of {paper.GetProperty("total").GetRawText()} events, seed {paper.TextOf("seed")}");
        run.Screen.Table(paper.EachOf("items").Select(i => new[] { i.GetProperty("number").GetRawText(), i.TextOf("event") ?? "", i.TextOf("at") ?? "", i.TextOf("type") ?? "", i.TextOf("stream") ?? "", i.TextOf("actor") ?? "", i.TextOf("result") ?? "" }));
    }
}
