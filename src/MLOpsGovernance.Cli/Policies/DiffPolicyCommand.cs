using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Policy.Differences;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>What would be different if the documents of a folder, or a proposal, were in force.</summary>
internal static class DiffPolicyCommand
{
    public static Command Create(Globals globals)
    {
        var folder = PolicyFolder.Argument();
        var proposal = new Option<string>("--proposal") { Description = "Show what this proposal would change, instead of a folder", HelpName = "ID" };
        return new Command("diff", "Say in plain language what the documents of a folder would change in the policy set in force: what is relaxed first.") { folder, proposal }.Runs(globals, async (run, cancellationToken) =>
        {
            if (run.Given(proposal) is { } id)
            {
                if (run.Given(folder) is not null) throw CommandFailedException.Usage("Either a folder is compared or a proposal, not both.");
                var answer = await run.ReadAsync(ApiPath.Of($"policies/proposals/{id}"), "difference", cancellationToken);
                run.Show(answer, () => ProposalText.Show(run.Screen, answer.Json!.Value));
                return ExitCode.Ok;
            }

            var set = PolicyFolder.Read(run.Given(folder)).SetOrFail(run.Screen);
            Show(run, await InForceAsync(run, cancellationToken), set);
            return ExitCode.Ok;
        });
    }

    /// <summary>Null where none is in force.</summary>
    private static async Task<PolicySet?> InForceAsync(Run run, CancellationToken cancellationToken)
    {
        var answer = await run.ReadAsync(ApiPath.Of($"policies/sets") + "?limit=1", "items", cancellationToken);
        if (answer.Json!.Value.EachOf("items").FirstOrDefault() is not { ValueKind: JsonValueKind.Object } latest || latest.TextOf("digest") is not { } digest) return null;
        var documents = await run.ReadAsync(ApiPath.Of($"policies/sets/{digest}"), "documents", cancellationToken);
        var load = PolicySet.Load(documents.Json!.Value.EachOf("documents").Select(d => new PolicyFile(d.TextOf("path") ?? "", d.TextOf("text") ?? "")));
        return load.Set ?? throw CommandFailedException.NoAnswer($"The policy set in force, {digest}, cannot be read by this version of mlgov: {load.Errors[0].Message}");
    }

    private static void Show(Run run, PolicySet? before, PolicySet after)
    {
        var changes = SetDifference.Between(before, after);
        if (run.IsJson)
        {
            run.Screen.Raw(new JsonObject
            {
                ["base"] = before?.Digest,
                ["digest"] = after.Digest,
                ["changes"] = new JsonArray([.. changes.Select(c => (JsonNode)new JsonObject { ["effect"] = Word(c.Effect), ["what"] = c.What, ["policy"] = c.Policy, ["rule"] = c.Rule, ["sentence"] = c.Sentence })]),
            }.ToJsonString());
            return;
        }

        if (changes.Count == 0) run.Screen.Say($"Nothing would be different: {after.Digest} says the same.");
        foreach (var change in changes) ProposalText.Change(run.Screen, Word(change.Effect), change.Sentence);
    }

    private static string Word(ChangeEffect effect) => effect switch
    {
        ChangeEffect.Relaxed => "relaxed",
        ChangeEffect.Tightened => "tightened",
        ChangeEffect.Changed => "changed",
        _ => "wording",
    };
}
