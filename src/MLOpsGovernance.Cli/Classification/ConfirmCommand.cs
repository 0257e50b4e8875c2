using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Classification;

internal static class ConfirmCommand
{
    private static readonly Classified
        Dataset = new("dataset", "classification", "classification", ["sensitivity", "personalData", "legalBasis", "permittedPurposes", "retentionDays"]),
        Model = new("model", "risk", "risk", ["euAiAct", "tier", "role", "basis", "materiality", "reason"]);

    public static Command Create(Globals globals)
    {
        var dataset = new Option<string>("--dataset") { Description = "Confirm the classification of this dataset", HelpName = "NAME" };
        var model = new Option<string>("--model") { Description = "Confirm the risk class of this model", HelpName = "NAME" };
        var command = new Command("confirm", "Confirm a class as the team proposed it. For an AI risk officer or compliance officer outside the team.") { dataset, model };
        return command.Runs(globals, (run, cancellationToken) => (run.Has(dataset), run.Has(model)) switch
        {
            (true, false) => ConfirmAsync(run, Dataset, run.Required(dataset), cancellationToken),
            (false, true) => ConfirmAsync(run, Model, run.Required(model), cancellationToken),
            _ => throw CommandFailedException.Usage("Say what to confirm: either --dataset NAME or --model NAME."),
        });
    }

    private static async Task<int> ConfirmAsync(Run run, Classified kind, string name, CancellationToken cancellationToken)
    {
        var path = ApiPath.Of($"{kind.Noun + "s"}/{name}");
        var before = await run.ReadAsync(path, kind.Field, cancellationToken);
        if (before.Json!.Value.Of(kind.Field)?.Of("proposed") is not { } proposed)
        {
            if (State(before, kind) != "confirmed") throw new CommandFailedException(ExitCode.Refused, $"Nobody proposed a class for {kind.Noun} {name}, so there is nothing to confirm.");
            run.Show(before, () => run.Screen.Say($"The class of {kind.Noun} {name} is confirmed already."));
            return ExitCode.Ok;
        }

        var answer = await run.SendAsync(HttpMethod.Put, $"{path}/{kind.Verb}", kind.Body(proposed), kind.Field, cancellationToken);
        run.Show(answer, () => run.Screen.Say($"{kind.Noun} {name}: {kind.Summary(proposed)}"));
        if (State(answer, kind) == "confirmed" && answer.Json!.Value.Of(kind.Field)?.Of("proposed") is null)
        {
            if (!run.IsJson) run.Screen.Say($"[green]Confirmed.[/]");
            return ExitCode.Ok;
        }

        throw new CommandFailedException(ExitCode.Refused, "Still only proposed: a class is confirmed by an ai-risk-officer or compliance-officer who is no member of the owning team.");
    }

    private static string? State(Answer answer, Classified kind) => answer.Json!.Value.Of(kind.Field)?.TextOf("state");

    /// <param name="Fields">What the request takes: of what the answer shows, nothing else is sent back.</param>
    private sealed record Classified(string Noun, string Field, string Verb, IReadOnlyList<string> Fields)
    {
        public JsonObject Body(JsonElement proposed) => new(Fields
            .Where(field => proposed.Of(field) is not null || field == "reason")
            .Select(field => KeyValuePair.Create(field, proposed.Of(field) is { } value ? JsonNode.Parse(value.GetRawText()) : "Confirmed as proposed."))); // its key may be gone

        public string Summary(JsonElement proposed) => string.Join(", ", Fields.Where(field => proposed.Of(field) is not null).Select(field => $"{field} {Shown(proposed.Of(field)!.Value)}"));

        private static string Shown(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Array when value.GetArrayLength() == 0 => "none",
            _ => value.ToString(),
        };
    }
}
