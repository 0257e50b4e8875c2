using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Recertification;

internal static class RecertifyCommand
{
    public static Command Create(Globals globals)
    {
        var model = new Option<string>("--model") { Description = "A model that your team owns", HelpName = "NAME" };
        var unused = new Option<bool>("--not-in-use") { Description = "Say that the model is no longer in use, and can be retired" };
        var subject = new Option<string>("--subject") { Description = "Who holds the role; you are another administrator", HelpName = "SUBJECT" };
        var role = new Option<string>("--role") { Description = "The role that they still need", HelpName = "ROLE" };
        var reason = new Option<string>("--reason") { Description = "What you looked at", HelpName = "TEXT", Required = true };
        var command = new Command("recertify", "Confirm again, every quarter, that a model is in use and on record as it is, or that somebody still needs a role.") { model, unused, subject, role, reason };
        return command.Runs(globals, (run, cancellationToken) => (run.Has(model), run.Has(subject), run.Has(role), run.Given(unused)) switch
        {
            (true, false, false, var gone) => ModelAsync(run, run.Required(model), !gone, run.Required(reason), cancellationToken),
            (false, true, true, false) => RoleAsync(run, run.Required(subject), run.Required(role), run.Required(reason), cancellationToken),
            _ => throw CommandFailedException.Usage("Say what to confirm again: either --model NAME, with --not-in-use where it is not, or --subject SUBJECT and --role ROLE."),
        });
    }

    private static async Task<int> ModelAsync(Run run, string model, bool inUse, string reason, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["stillInUse"] = inUse, ["reason"] = reason };
        var answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"models/{model}") + "/recertification", body, "recertification", cancellationToken);
        run.Show(answer, () =>
        {
            if (inUse) run.Screen.Say($"{model} is confirmed as it is on record; due again {Day(answer.Json!.Value.Of("recertification")?.TextOf("dueAt"))}.");
            else run.Screen.Say($"{model} is said to be no longer in use; its team has yet to retire it.");
        });
        return ExitCode.Ok;
    }

    private static async Task<int> RoleAsync(Run run, string subject, string role, string reason, CancellationToken cancellationToken)
    {
        var answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"subjects/{subject}/roles/{role}") + "/recertification", new JsonObject { ["reason"] = reason }, "grants", cancellationToken);
        run.Show(answer, () => run.Screen.Say(
            $"{subject} keeps the role {role}; due again {Day(answer.Json!.Value.EachOf("grants").Where(g => g.TextOf("role") == role).Select(g => g.TextOf("recertificationDueAt")).FirstOrDefault())}."));
        return ExitCode.Ok;
    }

    private static string Day(string? time) => time is { Length: >= 10 } ? time[..10] : "later";
}
