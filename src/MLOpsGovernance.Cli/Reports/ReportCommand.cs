using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Reports;

/// <summary>Has a report made, waits for it, and keeps the file with its signature.</summary>
internal static class ReportCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public static Command Create(Globals globals)
    {
        var kind = new Argument<string>("KIND") { Description = "model-compliance, portfolio, audit-period or recall" };
        var subject = new Argument<string>("SUBJECT") { Description = "The model's name, or the id of the recall", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string>("--file") { Description = "Where to write it; the signature goes beside it as FILE.dsse.json [default: the name that the server gives]", HelpName = "FILE" };
        var format = new Option<string>("--format") { Description = "pdf, html or json [default: pdf]", HelpName = "NAME" };
        var asOf = new Option<string>("--as-of") { Description = "The moment whose state it shows [default: now]", HelpName = "TIME" };
        var from = new Option<string>("--from") { Description = "Begin of the period [default: 90 days before its end]", HelpName = "TIME" };
        var to = new Option<string>("--to") { Description = "End of the period, not included [default: --as-of]", HelpName = "TIME" };
        var command = new Command("report", "Have a report made and keep it: for a board, an auditor or an archive.") { kind, subject };
        foreach (var option in (Option[])[file, format, asOf, from, to]) command.Options.Add(option);
        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var form = run.Given(format) ?? "pdf";
            if (form is not ("pdf" or "html" or "json")) throw CommandFailedException.Usage($"--format is pdf, html or json, not '{form}'.");
            var body = new JsonObject { ["kind"] = run.Required(kind) };
            foreach (var (name, value) in new[] { ("subject", run.Given(subject)), ("asOf", run.Given(asOf)), ("from", run.Given(from)), ("to", run.Given(to)) })
                if (value is not null) body[name] = value;
            var id = await BeginAsync(run, body, cancellationToken);
            var report = await FollowAsync(run, id, cancellationToken);
            var target = run.Given(file) ?? $"{run.Required(kind)}{(run.Given(subject) is { } about ? $"-{about}" : "")}.{form}";
            await KeepAsync(run, ApiPath.Of($"reports/{id}/content"), form, target, cancellationToken);
            await KeepAsync(run, ApiPath.Of($"reports/{id}/content"), "signature", $"{target}.dsse.json", cancellationToken);
            foreach (var warning in report.Json!.Value.TextsOf("warnings")) run.Screen.Note($"{warning}");
            run.Show(report, () => run.Screen.Say($"{target}: report {id}, {report.Json.Value.Of("digests")?.TextOf(form)}"));
            return ExitCode.Ok;
        });
    }

    private static async Task<string> BeginAsync(Run run, JsonObject body, CancellationToken cancellationToken)
    {
        var answer = await run.Server.SendAsync(HttpMethod.Post, "api/v1/reports", body, cancellationToken);
        if (answer.Status != 202) throw new CommandFailedException(ExitCode.OfCommand(answer.Status), answer.Explanation);
        return answer.Json?.TextOf("id") ?? throw CommandFailedException.NoAnswer($"The server answered {answer.Described}, which names no report.");
    }

    private static async Task<Answer> FollowAsync(Run run, string id, CancellationToken cancellationToken)
    {
        for (var noted = ""; ;)
        {
            var answer = await run.ReadAsync(ApiPath.Of($"reports/{id}"), "state", cancellationToken);
            var now = answer.Json!.Value;
            switch (now.TextOf("state"))
            {
                case "issued": return answer;
                case "failed": throw new CommandFailedException(ExitCode.Refused, $"The report could not be made: {now.TextOf("why")}");
            }

            if (now.TextOf("progress") is { } progress && progress != noted)
            {
                noted = progress;
                run.Screen.Note($"{progress}");
            }

            await Task.Delay(Pause, run.Around.Time, cancellationToken);
        }
    }

    private static async Task KeepAsync(Run run, string path, string format, string file, CancellationToken cancellationToken)
    {
        var answer = await run.Server.GetAsync($"{path}?format={format}", cancellationToken);
        if (answer.Status != 200)
        {
            // A service without a key signs nothing; the digest in the log stands all the same.
            if (format == "signature" && answer.Status == 404) return;
            throw new CommandFailedException(ExitCode.OfCommand(answer.Status), answer.Explanation);
        }

        try
        {
            await File.WriteAllBytesAsync(file, answer.Body, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandFailedException.Usage($"'{file}' cannot be written: {e.Message}", e);
        }
    }
}
