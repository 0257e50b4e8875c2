using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Findings;

/// <summary>Findings, from opening to closing and back.</summary>
internal static class FindingCommand
{
    public static Command Create(Globals globals) => new("finding", "Open, give out, close and re-open findings, and list them by age.")
    {
        Open(globals), Change(globals), Close(globals), Reopen(globals), List(globals),
    };

    private static Option<string> Model(bool required = true) => new("--model") { Description = "Name of the model", HelpName = "NAME", Required = required };

    private static Option<string> Id() => new("--finding") { Description = "Id of the finding", HelpName = "ID", Required = true };

    private static Option<string> Owner() => new("--owner") { Description = "Who has to remedy it", HelpName = "SUBJECT" };

    private static Option<string> Due() => new("--due") { Description = "Until when, RFC 3339 [default: by severity: critical 7 days, high 30, medium 90, low 180]", HelpName = "TIME" };

    private static Option<string> Plan() => new("--plan") { Description = "How it is to be remedied", HelpName = "TEXT" };

    private static Option<string> Reason() => new("--reason") { Description = "Why", HelpName = "TEXT", Required = true };

    private static Command Open(Globals globals)
    {
        var (model, title, severity, version, owner, due, plan) = (
            Model(), new Option<string>("--title") { Description = "What is wrong", HelpName = "TEXT", Required = true },
            new Option<string>("--severity") { Description = "low, medium, high or critical; high and critical ones shut the gate", HelpName = "WORD", Required = true },
            new Option<int?>("--version") { Description = "Number of the version it is about [default: all]", HelpName = "NUMBER" }, Owner(), Due(), Plan());
        return new Command("open", "Open a finding.") { model, title, severity, version, owner, due, plan }.Runs(globals, async (run, cancellationToken) =>
        {
            var body = new JsonObject { ["title"] = run.Required(title), ["severity"] = run.Required(severity) };
            if (run.Given(version) is { } number) body["version"] = number;
            Remedy(run, body, owner, due, plan);
            var answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"models/{run.Required(model)}/findings"), body, "id", cancellationToken);
            run.Show(answer, () => run.Screen.Say($"Opened finding {answer.Json!.Value.TextOf("id")} on {run.Required(model)}."));
            return ExitCode.Ok;
        });
    }

    private static Command Change(Globals globals)
    {
        var (model, id, owner, due, plan) = (Model(), Id(), Owner(), Due(), Plan());
        return new Command("change", "Give a finding to somebody, date it, or plan its remedy.") { model, id, owner, due, plan }.Runs(globals, async (run, cancellationToken) =>
        {
            var body = new JsonObject();
            Remedy(run, body, owner, due, plan);
            if (body.Count == 0) throw CommandFailedException.Usage("Say what changes: --owner, --due or --plan.");
            var answer = await run.SendAsync(HttpMethod.Put, ApiPath.Of($"models/{run.Required(model)}/findings/{run.Required(id)}"), body, "findings", cancellationToken);
            run.Show(answer, () => run.Screen.Say($"Changed finding {run.Required(id)} of {run.Required(model)}."));
            return ExitCode.Ok;
        });
    }

    private static Command Close(Globals globals)
    {
        var (model, id, reason) = (Model(), Id(), Reason());
        var evidence = new Option<string[]>("--evidence") { Description = "Digest of what shows the remedy, sha256:…; once for each", HelpName = "DIGEST" };
        return new Command("close", "Close a finding that somebody else remedied.") { model, id, reason, evidence }.Runs(globals, async (run, cancellationToken) =>
        {
            var body = new JsonObject { ["reason"] = run.Required(reason) };
            if (run.Given(evidence) is [_, ..] digests) body["evidence"] = new JsonArray([.. digests.Select(d => (JsonNode)d)]);
            var answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"models/{run.Required(model)}/findings/{run.Required(id)}") + "/closure", body, "findings", cancellationToken);
            run.Show(answer, () => run.Screen.Say($"Closed finding {run.Required(id)} of {run.Required(model)}."));
            return ExitCode.Ok;
        });
    }

    private static Command Reopen(Globals globals)
    {
        var (model, id, reason, due) = (Model(), Id(), Reason(), Due());
        return new Command("reopen", "Open a closed finding again: its remedy did not hold.") { model, id, reason, due }.Runs(globals, async (run, cancellationToken) =>
        {
            var body = new JsonObject { ["reason"] = run.Required(reason) };
            if (run.Given(due) is { } date) body["due"] = date;
            var answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"models/{run.Required(model)}/findings/{run.Required(id)}") + "/reopening", body, "findings", cancellationToken);
            run.Show(answer, () => run.Screen.Say($"Finding {run.Required(id)} of {run.Required(model)} is open again."));
            return ExitCode.Ok;
        });
    }

    private static Command List(Globals globals)
    {
        var model = Model(required: false);
        var owner = new Option<string>("--owner") { Description = "Only those of this subject", HelpName = "SUBJECT" };
        var (all, overdue) = (new Option<bool>("--all") { Description = "Closed ones too" }, new Option<bool>("--overdue") { Description = "Only those past their date" });
        return new Command("list", "List open findings, of all models or of one.") { model, owner, all, overdue }.Runs(globals, async (run, cancellationToken) =>
        {
            List<string> query = ["limit=500"];
            if (run.Given(model) is { } name) query.Add($"model={Uri.EscapeDataString(name)}");
            if (run.Given(owner) is { } whose) query.Add($"owner={Uri.EscapeDataString(whose)}");
            if (!run.Given(all)) query.Add("open=true");
            if (run.Given(overdue)) query.Add("overdue=true");
            var answer = await run.ReadAsync(ApiPath.Of($"findings") + $"?{string.Join('&', query)}", "items", cancellationToken);
            run.Show(answer, () =>
            {
                var items = answer.Json!.Value.EachOf("items").ToList();
                if (items.Count == 0) run.Screen.Say($"No findings.");
                foreach (var f in items)
                {
                    var about = f.WholeOf("version") is { } version ? $"{f.TextOf("model")} version {version}" : f.TextOf("model");
                    run.Screen.Say($"{f.TextOf("id")}  {f.TextOf("severity")}  {about}  {f.TextOf("owner") ?? "nobody"}  due {f.TextOf("dueAt")}, {f.WholeOf("ageDays") ?? 0} days old  {f.TextOf("title")}");
                }
            });
            return ExitCode.Ok;
        });
    }

    private static void Remedy(Run run, JsonObject body, Option<string> owner, Option<string> due, Option<string> plan)
    {
        if (run.Given(owner) is { } whose) body["owner"] = whose;
        if (run.Given(due) is { } date) body["due"] = date;
        if (run.Given(plan) is { } how) body["plan"] = how;
    }
}
