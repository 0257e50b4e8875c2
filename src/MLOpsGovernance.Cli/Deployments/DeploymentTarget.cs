using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.PolicyChecks;

namespace MLOpsGovernance.Cli.Deployments;

/// <summary>A version, and where it is to run.</summary>
internal sealed record DeploymentTarget(string Model, int Version, string Environment)
{
    public CheckQuestion Question(string action, string artifactDigest, string? stage = null) => new(Model, Version, Environment, action, artifactDigest, DryRun: false, stage);

    /// <summary>Asks the gate and records the deployment when, and only when, it allows.</summary>
    /// <returns>The exit code of the check where it ends there.</returns>
    public async Task<int> CheckAndRecordAsync(Run run, CheckOptions check, Func<Task<CheckQuestion>> question, CancellationToken cancellationToken)
    {
        CheckQuestion? asked = null;
        var (decision, exitCode) = await check.AskAsync(run, async () => asked = await question(), cancellationToken);
        if (exitCode != ExitCode.Ok || !run.IsJson) run.Show(decision.Answer, () => DecisionText.Write(run.Screen, decision, asked!));
        return exitCode == ExitCode.Ok ? await RecordAsync(run, decision.Id, cancellationToken) : exitCode;
    }

    public async Task<int> RecordAsync(Run run, string decision, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["model"] = Model, ["version"] = Version, ["environment"] = Environment, ["decisionId"] = decision };
        var answer = await run.SendAsync(HttpMethod.Post, "api/v1/deployments", body, "id", cancellationToken);
        var deployment = answer.Json!.Value;
        run.Show(answer, () => run.Screen.Say($"[green]Recorded[/] {Model} version {Version} in {Environment}{(deployment.TextOf("stage") is "shadow" or "canary" ? $" as {deployment.TextOf("stage")}" : "")}: deployment {deployment.TextOf("id")} on decision {decision}."));
        return ExitCode.Ok;
    }
}
