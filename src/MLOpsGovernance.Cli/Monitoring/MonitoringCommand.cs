using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Monitoring;

/// <summary>How versions look in use.</summary>
internal static class MonitoringCommand
{
    public static Command Create(Globals globals) => new("monitoring", "Report how versions look in use, and read what was reported.") { Report(globals), Show(globals) };

    private static Command Report(Globals globals)
    {
        var file = new Option<string>("--file", "-f") { Description = "What was seen, YAML or JSON: observedAt, baseline, features, metrics, watched", HelpName = "FILE", Required = true };
        var (model, version) = Subject();
        var fail = new Option<bool>("--fail-on-alarm") { Description = "End with 1 where something drifted, broke its limit or is suspended" };
        return new Command("report", "Report a version in use. Values become counts at once and are kept nowhere.") { file, model, version, fail }.Runs(globals, async (run, cancellationToken) =>
        {
            var body = BodyFile.Read(run.Required(file));
            var (inFile, number) = (body.Take("model"), body.Take("version"));
            var name = run.Given(model) ?? inFile ?? throw CommandFailedException.Usage("Say which model was watched: --model NAME, or model in the file.");
            var which = run.Has(version) ? run.Given(version).ToString(CultureInfo.InvariantCulture) : number ?? throw CommandFailedException.Usage("Say which version was watched: --version N, or version in the file.");
            // Without a time it is of now.
            body["observedAt"] ??= run.Around.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
            var answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"models/{name}/versions/{which}/monitoring"), body, "verdict", cancellationToken);
            run.Show(answer, () => Write(run.Screen, answer.Json!.Value));
            return run.Given(fail) && Alarms(answer.Json!.Value) ? ExitCode.Refused : ExitCode.Ok;
        });
    }

    private static Command Show(Globals globals)
    {
        var (model, version) = Subject();
        (model.Required, version.Required) = (true, true);
        return new Command("show", "What was reported of a version, the latest first.") { model, version }.Runs(globals, async (run, cancellationToken) =>
        {
            var answer = await run.ReadAsync(ApiPath.Of($"models/{run.Required(model)}/versions/{run.Required(version)}/monitoring"), "items", cancellationToken);
            run.Show(answer, () =>
            {
                foreach (var report in answer.Json!.Value.EachOf("items"))
                    run.Screen.Say($"{report.TextOf("observedAt")}  {report.TextOf("environment") ?? "everywhere"}  {report.TextOf("verdict")}{Drifted(report)}{string.Concat(report.EachOf("metrics").Select(Metric))}");
            });
            return ExitCode.Ok;
        });
    }

    private static (Option<string> Model, Option<int> Version) Subject() => (
        new("--model") { Description = "Name of the model; else the file names it", HelpName = "NAME" },
        new("--version") { Description = "Number of the version; else the file names it", HelpName = "N" });

    private static bool Alarms(JsonElement report) =>
        report.TextOf("verdict") == "drift" || report.FlagOf("suspended") == true || report.EachOf("metrics").Any(m => m.FlagOf("breached") == true);

    private static void Write(Screen screen, JsonElement report)
    {
        screen.Say($"{report.TextOf("model")} version {report.WholeOf("version") ?? 0} at {report.TextOf("observedAt")}: {report.TextOf("verdict")}");
        foreach (var feature in report.EachOf("features"))
        {
            var index = feature.EachOf("statistics").FirstOrDefault(s => s.TextOf("name") == "psi");
            screen.Say($"  {feature.TextOf("name")}: {feature.TextOf("verdict")}, stability index {Number(index, "value")} (p {Number(feature, "adjusted")}){string.Concat(feature.TextsOf("unseen").Select(u => $", new: {u}"))}");
        }

        foreach (var metric in report.EachOf("metrics")) screen.Say($"  {Metric(metric).TrimStart()}");
        if (report.TextOf("incident") is { } incident) screen.Say($"  [yellow]incident[/] {incident} was opened");
        if (report.FlagOf("suspended") == true) screen.Say($"  [red]suspended[/]: a policy says that it does not go on running");
    }

    private static string Drifted(JsonElement report) => report.TextsOf("drifted") is [_, ..] drifted ? $" ({string.Join(", ", drifted)})" : "";

    private static string Metric(JsonElement metric) => $"  {metric.TextOf("name")} {Number(metric, "value")}{(metric.FlagOf("breached") == true ? " out of its limits" : "")}";

    private static string Number(JsonElement json, string name) => json.Of(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble().ToString("0.####", CultureInfo.InvariantCulture) : "unknown";
}
