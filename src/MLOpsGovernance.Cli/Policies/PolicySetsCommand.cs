using System.CommandLine;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>Which sets were in force, and which somebody would like to be.</summary>
internal static class PolicySetsCommand
{
    public static Command Create(Globals globals)
    {
        var proposals = new Option<bool>("--proposals") { Description = "Those that were proposed, instead of those that were adopted" };
        return new Command("sets", "List the policy sets that were in force, the latest first, or those that were proposed.") { proposals }.Runs(globals, async (run, cancellationToken) =>
        {
            var proposed = run.Given(proposals);
            var answer = await run.ReadAsync(ApiPath.Of($"policies/{(proposed ? "proposals" : "sets")}") + "?limit=500", "items", cancellationToken);
            run.Show(answer, () =>
            {
                foreach (var set in answer.Json!.Value.EachOf("items"))
                {
                    if (proposed) run.Screen.Say($"{set.TextOf("id")}  {set.TextOf("state")}  {set.TextOf("digest")}  {set.TextOf("proposedAt")}  by {string.Join(", ", set.TextsOf("proposedBy"))}");
                    else run.Screen.Say($"{set.TextOf("digest")}  {(set.FlagOf("inForce") is true ? "in force" : "earlier")}  {set.TextOf("adoptedAt")}  proposed by {set.TextOf("proposedBy")}, adopted by {set.TextOf("adoptedBy")}");
                }

                if (!answer.Json.Value.EachOf("items").Any()) run.Screen.Say($"None.");
            });
            return ExitCode.Ok;
        });
    }
}
