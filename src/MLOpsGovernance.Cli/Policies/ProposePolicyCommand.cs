using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>Puts the documents of a folder forward as the next policy set.</summary>
internal static class ProposePolicyCommand
{
    public static Command Create(Globals globals)
    {
        var folder = PolicyFolder.Argument();
        var reason = new Option<string>("--reason") { Description = "Why the set should be in force", HelpName = "TEXT", Required = true };
        var author = new Option<string[]>("--author") { Description = "Who wrote a changed document, where that is not only you; once for each", HelpName = "PATH=SUBJECT" };
        return new Command("propose", "Propose the documents of a folder as the next policy set, with their tests. Another officer, who wrote none of what changes, adopts it.") { folder, reason, author }
            .Runs(globals, async (run, cancellationToken) =>
            {
                var read = PolicyFolder.Read(run.Given(folder));
                read.SetOrFail(run.Screen);
                var body = new JsonObject
                {
                    ["documents"] = new JsonArray([.. read.Files.Select(f => (JsonNode)new JsonObject { ["path"] = f.Path, ["text"] = f.Text })]),
                    ["reason"] = run.Required(reason),
                };
                if (run.Given(author) is [_, ..] authors) body["authors"] = new JsonArray([.. authors.Select(Author)]);
                var answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"policies/proposals"), body, "id", cancellationToken);
                run.Show(answer, () => ProposalText.Show(run.Screen, answer.Json!.Value));
                return ExitCode.Ok;
            });
    }

    private static JsonNode Author(string given) => given.Split('=', 2) is [{ Length: > 0 } path, { Length: > 0 } subject]
        ? new JsonObject { ["path"] = path, ["subjects"] = new JsonArray(subject) }
        : throw CommandFailedException.Usage($"'{given}' names no author; write --author gate/release.yaml=ann.");
}
