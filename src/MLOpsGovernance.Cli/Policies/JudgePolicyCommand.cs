using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>What officers do with sets that are proposed, or were in force.</summary>
internal static class JudgePolicyCommand
{
    public static Command Adopt(Globals globals) => Proposal(globals, "adopt", "adoption", "Put a proposed policy set in force. For an officer who neither proposed it nor wrote what it changes.", required: false);

    public static Command Reject(Globals globals) => Proposal(globals, "reject", "rejection", "Lay a proposed policy set aside; who proposed it takes it back so.", required: true);

    public static Command RollBack(Globals globals)
    {
        var digest = new Argument<string>("DIGEST") { Description = "Digest of a set that was in force, from 'mlgov policy sets'" };
        var reason = Reason(required: true);
        return new Command("rollback", "Propose a policy set that was in force before. Another officer adopts it.") { digest, reason }.Runs(globals, (run, cancellationToken) =>
            SendAsync(run, ApiPath.Of($"policies/sets/{run.Required(digest)}") + "/rollback", run.Given(reason), cancellationToken));
    }

    private static Command Proposal(Globals globals, string name, string act, string description, bool required)
    {
        var id = new Argument<string>("ID") { Description = "Id of the proposal" };
        var reason = Reason(required);
        return new Command(name, description) { id, reason }.Runs(globals, (run, cancellationToken) =>
            SendAsync(run, $"{ApiPath.Of($"policies/proposals/{run.Required(id)}")}/{act}", run.Given(reason), cancellationToken));
    }

    private static Option<string> Reason(bool required) => new("--reason") { Description = "Why", HelpName = "TEXT", Required = required };

    private static async Task<int> SendAsync(Run run, string path, string? reason, CancellationToken cancellationToken)
    {
        var answer = await run.SendAsync(HttpMethod.Post, path, reason is null ? null : new JsonObject { ["reason"] = reason }, "id", cancellationToken);
        run.Show(answer, () => ProposalText.Show(run.Screen, answer.Json!.Value));
        return ExitCode.Ok;
    }
}
