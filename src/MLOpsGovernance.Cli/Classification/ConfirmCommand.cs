using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Classification;

internal static class ConfirmCommand
{
    private static readonly Classified
        Dataset = new("dataset", "classification", ["sensitivity", "personalData", "anonymised", "legalBasis", "permittedPurposes", "retentionDays", "purpose", "reason"]),
        Model = new("model", "risk", ["euAiAct", "tier", "role", "basis", "materiality", "accountableExecutive", "reason"]);

    public static Command Create(Globals globals)
    {
        var dataset = new Option<string>("--dataset") { Description = "Confirm the classification of this dataset", HelpName = "NAME" };
        var model = new Option<string>("--model") { Description = "Confirm the risk class of this model", HelpName = "NAME" };
        var reason = new Option<string>("--reason") { Description = "Why; else the reason it was proposed with stays", HelpName = "TEXT" };
        var command = new Command("confirm", "Confirm a class as it was proposed. For an AI risk officer or compliance officer outside the team, who did not propose it.") { dataset, model, reason };
        return command.Runs(globals, (run, cancellationToken) => (run.Has(dataset), run.Has(model)) switch
        {
            (true, false) => ConfirmAsync(run, Dataset, run.Required(dataset), run.Given(reason), cancellationToken),
            (false, true) => ConfirmAsync(run, Model, run.Required(model), run.Given(reason), cancellationToken),
            _ => throw CommandFailedException.Usage("Say what to confirm: either --dataset NAME or --model NAME."),
        });
    }

    /// <summary>What is shown is what is confirmed: when somebody proposes another class in between, nothing is.</summary>
    private static async Task<int> ConfirmAsync(Run run, Classified kind, string name, string? reason, CancellationToken cancellationToken)
    {
        var path = ApiPath.Of($"{kind.Noun + "s"}/{name}");
        var before = await run.ReadAsync(path, kind.Field, cancellationToken);
        var onRecord = before.Json!.Value.Of(kind.Field);
        if (onRecord?.Of("proposed") is not { } proposed)
        {
            if (onRecord?.TextOf("state") != "confirmed") throw new CommandFailedException(ExitCode.Refused, $"Nobody proposed a class for {kind.Noun} {name}, so there is nothing to confirm.");
            run.Show(before, () => run.Screen.Say($"The class of {kind.Noun} {name} is confirmed already."));
            return ExitCode.Ok;
        }

        var body = reason is null ? null : new JsonObject { ["reason"] = reason };
        var answer = await run.SendAsync(HttpMethod.Post, $"{path}/{kind.Field}/confirmation", body, kind.Field, cancellationToken, before.ETag);
        run.Show(answer, () =>
        {
            run.Screen.Say($"{kind.Noun} {name}: {kind.Summary(proposed)}");
            run.Screen.Say($"[green]Confirmed.[/]");
        });
        return ExitCode.Ok;
    }

    /// <param name="Field">Where the answer shows it, and what the path of the call is.</param>
    /// <param name="Parts">What is worth showing, in order.</param>
    private sealed record Classified(string Noun, string Field, IReadOnlyList<string> Parts)
    {
        public string Summary(JsonElement proposed) => string.Join(", ", Parts.Where(part => proposed.Of(part) is not null).Select(part => $"{part} {Shown(proposed.Of(part)!.Value)}"));

        private static string Shown(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Array when value.GetArrayLength() == 0 => "none",
            _ => value.ToString(),
        };
    }
}
