using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Waivers;

/// <summary>Waivers, from asking to their end.</summary>
internal static class WaiverCommand
{
    public static Command Create(Globals globals) => new("waiver", "Ask that a rule be waived for a while, decide on what others ask, and list what is waived until when.")
    {
        Request(globals),
        Decide(globals, "approve", "approval", "Approve a waiver that somebody else asked for, in the role that the policy names."),
        Decide(globals, "reject", "rejection", "Reject a waiver that somebody else asked for."),
        Decide(globals, "withdraw", "withdrawal", "No longer ask for a waiver."),
        Decide(globals, "revoke", "revocation", "Revoke an approved waiver: from now on the rule counts again."),
        List(globals), Show(globals),
    };

    private static Option<string> Model(bool required) => new("--model") { Description = required ? "Name of the model" : "Only those for this model", HelpName = "NAME", Required = required };

    private static Option<string> Environment(bool required) => new("--environment") { Description = required ? "Name of the environment" : "Only those for this environment", HelpName = "NAME", Required = required };

    private static Option<string> Rule(bool required) => new("--rule") { Description = required ? "Id of the rule, such as REL-006" : "Only those of this rule", HelpName = "ID", Required = required };

    private static Option<string> Id() => new("--waiver") { Description = "Id of the waiver", HelpName = "ID", Required = true };

    private static Option<string> Reason() => new("--reason") { Description = "Why", HelpName = "TEXT", Required = true };

    private static Command Request(Globals globals)
    {
        var (model, environment, rule, reason) = (Model(true), Environment(true), Rule(true), Reason());
        var version = new Option<int?>("--version") { Description = "Number of the version, as it is now [default: every version]", HelpName = "NUMBER" };
        var digest = new Option<string>("--digest") { Description = "The same by the digest of its artifact or image", HelpName = "DIGEST" };
        var expires = new Option<string>("--expires") { Description = "When it ends, RFC 3339; how late, the policy says", HelpName = "TIME", Required = true };
        var control = new Option<string>("--control") { Description = "What is done instead; most policies ask for it", HelpName = "TEXT" };
        var ticket = new Option<string>("--ticket") { Description = "An identifier from elsewhere", HelpName = "ID" };
        return new Command("request", "Ask that a rule be waived for a model in an environment.") { model, environment, rule, version, digest, expires, reason, control, ticket }.Runs(globals, async (run, cancellationToken) =>
        {
            var body = new JsonObject
            {
                ["model"] = run.Required(model),
                ["environment"] = run.Required(environment),
                ["rule"] = run.Required(rule),
                ["expiresAt"] = run.Required(expires),
                ["reason"] = run.Required(reason),
            };
            if (run.Given(version) is { } number) body["version"] = number;
            foreach (var (name, option) in new[] { ("artifactDigest", digest), ("compensatingControl", control), ("ticket", ticket) })
                if (run.Given(option) is { } value) body[name] = value;
            var answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"waivers"), body, "state", cancellationToken);
            run.Show(answer, () =>
            {
                var waiver = answer.Json!.Value;
                run.Screen.Say($"Asked for waiver {waiver.TextOf("id")} of {waiver.TextOf("policy")}/{waiver.TextOf("rule")} until {waiver.TextOf("expiresAt")}.");
                run.Screen.Say($"  A second person approves it: {string.Join(", ", waiver.TextsOf("approverRoles"))}.");
            });
            return ExitCode.Ok;
        });
    }

    private static Command Decide(Globals globals, string verb, string noun, string description)
    {
        var (id, reason) = (Id(), Reason());
        return new Command(verb, description) { id, reason }.Runs(globals, async (run, cancellationToken) =>
        {
            var answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"waivers/{run.Required(id)}/{noun}"), new JsonObject { ["reason"] = run.Required(reason) }, "state", cancellationToken);
            run.Show(answer, () => run.Screen.Say($"Waiver {answer.Json!.Value.TextOf("id")} is {answer.Json!.Value.TextOf("state")}."));
            return ExitCode.Ok;
        });
    }

    private static Command List(Globals globals)
    {
        var (model, environment, rule) = (Model(false), Environment(false), Rule(false));
        var state = Globals.Choice("--state", "Only those that stand so", "requested", "approved", "rejected", "withdrawn", "revoked", "expired", "lapsed");
        var before = new Option<string>("--expiring-before") { Description = "Only those that hold now and end before then, RFC 3339", HelpName = "TIME" };
        return new Command("list", "List waivers, of all models or of one.") { model, environment, rule, state, before }.Runs(globals, async (run, cancellationToken) =>
        {
            List<string> query = ["limit=500"];
            foreach (var (name, option) in new[] { ("model", model), ("environment", environment), ("rule", rule), ("state", state), ("expiringBefore", before) })
                if (run.Given(option) is { } value) query.Add($"{name}={Uri.EscapeDataString(value)}");
            var answer = await run.ReadAsync(ApiPath.Of($"waivers") + $"?{string.Join('&', query)}", "items", cancellationToken);
            run.Show(answer, () =>
            {
                var items = answer.Json!.Value.EachOf("items").ToList();
                if (items.Count == 0) run.Screen.Say($"No waivers.");
                foreach (var w in items) run.Screen.Say($"{w.TextOf("id")}  {w.TextOf("state")}  {w.TextOf("policy")}/{w.TextOf("rule")}  {About(w)} in {w.TextOf("environment")}  until {w.TextOf("expiresAt")}");
            });
            return ExitCode.Ok;
        });
    }

    private static Command Show(Globals globals)
    {
        var id = Id();
        return new Command("show", "Show a waiver, and whether the gate would heed it now.") { id }.Runs(globals, async (run, cancellationToken) =>
        {
            var answer = await run.ReadAsync(ApiPath.Of($"waivers/{run.Required(id)}"), "state", cancellationToken);
            run.Show(answer, () => Write(run.Screen, answer.Json!.Value));
            return ExitCode.Ok;
        });
    }

    private static void Write(Screen screen, JsonElement waiver)
    {
        screen.Say($"{waiver.TextOf("state")}  {waiver.TextOf("policy")}/{waiver.TextOf("rule")}, {About(waiver)} in {waiver.TextOf("environment")}, until {waiver.TextOf("expiresAt")}");
        screen.Say($"  asked for by {waiver.TextOf("requestedBy")} at {waiver.TextOf("requestedAt")}: {waiver.TextOf("reason")}");
        if (waiver.TextOf("compensatingControl") is { } control) screen.Say($"  instead: {control}");
        if (waiver.TextOf("approvedBy") is { } approver) screen.Say($"  approved by {approver} at {waiver.TextOf("approvedAt")}: {waiver.TextOf("approvalReason")}");
        if (waiver.TextOf("endedBy") is { } ender) screen.Say($"  {waiver.TextOf("state")} by {ender} at {waiver.TextOf("endedAt")}: {waiver.TextOf("endingReason")}");
        if (waiver.TextOf("whyNot") is { } why) screen.Say($"  The gate does not heed it: {why}.");
        else screen.Say($"  The gate heeds it.");
    }

    private static string About(JsonElement waiver) => waiver.WholeOf("version") is { } version ? $"{waiver.TextOf("model")} version {version}" : $"every version of {waiver.TextOf("model")}";
}
