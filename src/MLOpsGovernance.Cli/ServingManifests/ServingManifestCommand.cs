using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Models;
using MLOpsGovernance.Cli.PolicyChecks;

namespace MLOpsGovernance.Cli.ServingManifests;

/// <summary>Writes what a serving platform is given to run, with the decision that lets it run and the digest that it was made for.</summary>
internal static class ServingManifestCommand
{
    public static Command Create(Globals globals) => new("manifest", "Write the manifest of a serving platform for an allowed decision. It carries the decision's id and the artifact's digest.")
    {
        Platform(globals, "kserve", "An InferenceService for KServe", ServingManifest.KServe), Platform(globals, "seldon", "A Model for Seldon Core 2", ServingManifest.Seldon),
    };

    private static Command Platform(Globals globals, string name, string description, Func<ServingManifest, string> write)
    {
        var version = new VersionOptions();
        var environment = CheckCommand.Environment();
        var decision = new Option<string>("--decision") { Description = "Id of the decision that allows it", HelpName = "ID", Required = true };
        var storage = new Option<string>("--storage-uri") { Description = "Where the artifact lies, for example s3://models/iris/1", HelpName = "URI", Required = true };
        var format = new Option<string>("--model-format") { Description = "What the platform takes it for, for example sklearn", HelpName = "NAME", Required = true };
        var resource = new Option<string>("--name") { Description = "Name of the resource [default: made of the model's name]", HelpName = "NAME" };
        var space = new Option<string>("--namespace") { Description = "Namespace of the resource", HelpName = "NAME" };
        var command = new Command(name, description);
        version.AddTo(command);
        foreach (var option in (Option[])[environment, decision, storage, format, resource, space]) command.Options.Add(option);

        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var manifest = new ServingManifest(
                ResourceName.Of(run.Given(resource), version.Model(run)), run.Given(space) is { } given ? ResourceName.Of(given, given) : null,
                version.Model(run), version.Version(run), run.Required(environment), run.Required(storage), run.Required(format), run.Required(decision), "", "");
            run.Screen.Raw(write(await BoundAsync(run, manifest, cancellationToken)).TrimEnd());
            return ExitCode.Ok;
        });
    }

    /// <summary>Bound to a decision that allows exactly this and still holds, or on which it was deployed.</summary>
    /// <exception cref="CommandFailedException">There is no such decision.</exception>
    private static async Task<ServingManifest> BoundAsync(Run run, ServingManifest manifest, CancellationToken cancellationToken)
    {
        var decision = (await run.ReadAsync(ApiPath.Of($"policy-checks/{manifest.Decision}"), "decisionId", cancellationToken)).Json!.Value;
        if (decision.FlagOf("allowed") is not true) throw Refused($"Decision {manifest.Decision} does not allow it: {decision.TextOf("outcome")}.");
        if (decision.FlagOf("dryRun") is not false) throw Refused($"Decision {manifest.Decision} was a dry run; nothing is deployed on it.");
        if ((decision.TextOf("model"), decision.WholeOf("version"), decision.TextOf("environment")) != (manifest.Model, manifest.Version, manifest.Environment))
            throw Refused($"Decision {manifest.Decision} is for {decision.TextOf("model")} version {decision.WholeOf("version") ?? 0} in {decision.TextOf("environment")}.");
        if (!StillHolds(run, decision) && !await IsLiveAsync(run, manifest, cancellationToken))
            throw Refused($"Decision {manifest.Decision} held until {decision.TextOf("validUntil")} and nothing that is live was deployed on it. Ask the gate again.");
        return manifest with
        {
            Digest = decision.TextOf("artifactDigest") ?? throw CommandFailedException.NoAnswer("The decision names no artifact digest."),
            PolicySet = decision.TextOf("policySet") ?? throw CommandFailedException.NoAnswer("The decision names no policy set."),
        };
    }

    private static bool StillHolds(Run run, JsonElement decision) =>
        DateTimeOffset.TryParse(decision.TextOf("validUntil"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until) && run.Around.Time.GetUtcNow() < until;

    private static async Task<bool> IsLiveAsync(Run run, ServingManifest manifest, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var after = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = (await run.ReadAsync(ApiPath.Of($"environments/{manifest.Environment}/deployments") + $"?limit=500{after}", "items", cancellationToken)).Json!.Value;
            if (page.EachOf("items").Any(d => d.TextOf("decisionId") == manifest.Decision)) return true;
            cursor = page.TextOf("nextCursor");
        }
        while (cursor is not null);

        return false;
    }

    private static CommandFailedException Refused(string why) => new(ExitCode.Refused, why);
}
