using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Audit;

internal static class HistoryCommand
{
    public static Command Create(Globals globals)
    {
        var model = new Option<string>("--model") { Description = "Everything that happened to this model, and what the gate was asked about it", HelpName = "NAME" };
        var stream = new Option<string>("--stream") { Description = "One stream of the audit trail, such as dataset:iris, team:flowers or environment:production", HelpName = "STREAM" };
        var command = new Command("history", "Show who did what and when, oldest first.") { model, stream };
        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var trail = new AuditTrail(run);
            var events = (run.Has(model), run.Has(stream)) switch
            {
                (true, false) => await trail.OfModelAsync(run.Required(model), cancellationToken),
                (false, true) => await trail.OfStreamAsync(run.Required(stream), cancellationToken),
                _ => throw CommandFailedException.Usage("Say whose history: either --model NAME or --stream STREAM."),
            };
            if (run.IsJson) run.Screen.Raw($$"""{"items":[{{string.Join(',', events.Select(e => e.GetRawText()))}}]}""");
            else run.Screen.Table(events.Select(Row));
            return ExitCode.Ok;
        });
    }

    private static string[] Row(JsonElement e) => [Time(e.TextOf("at")), (e.TextOf("type") ?? "").Replace('_', ' '), e.TextOf("actor") ?? "", EventText.Of(e)];

    private static string Time(string? at) => DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : at ?? "";
}
