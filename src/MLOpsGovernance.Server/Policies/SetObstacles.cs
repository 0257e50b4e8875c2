using System.Text.Json;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Policies;

/// <summary>What keeps a set from being adopted, whoever wants it: tests that fail, gates that it would leave without a rule, environments that there are not.</summary>
internal sealed class SetObstacles(IGrainFactory grains, StreamNames streams, TimeProvider time)
{
    /// <returns>The obstacles, and guards on everything that they were looked for in.</returns>
    public async Task<(IReadOnlyList<Refusal> Found, IReadOnlyList<Guard> Guards)> OfAsync(PolicySet set, PolicyTestSummary tests, CancellationToken cancellationToken)
    {
        var environments = await EnvironmentsAsync(cancellationToken);
        List<Refusal> found = [];
        if (tests.Failures > 0)
            found.Add(new("policy-tests-failed", $"{tests.Failures} of the set's own {tests.Cases} tests fail, the first of them {tests.Failed[0].TrimEnd('.')}. Propose a set that keeps its promises.", RefusalKind.Unprocessable));

        var gated = environments.Values.Where(e => e.State is { Exists: true, Gated: true }).Select(e => e.State).ToList();
        if (set.Policies.Count == 0 && gated is [var first, ..])
            found.Add(new("policy-set-empty", $"The set has no policy while {first.Name} is gated: nothing could ever be deployed there.", RefusalKind.Unprocessable));
        else found.AddRange(gated.Where(e => !IsCovered(set, e.Name!, time.GetUtcNow())).Select(e => new Refusal(
            "environment-not-covered", $"{e.Name} is gated, but no mandatory rule in force is meant for a deployment there, so every one would be denied.", RefusalKind.Unprocessable)));

        found.AddRange(set.Environments.Where(m => !(environments.GetValueOrDefault(m.Environment)?.State.Exists ?? false)).Select(m => new Refusal(
            "set-environment-unknown", $"{m.File}({m.Line},{m.Column}) names the environment '{m.Environment}', which is not registered: what is said of it would never be asked.", RefusalKind.Unprocessable)));
        return (found, [.. environments.Select(e => new Guard($"environment:{e.Key}", e.Value.Version))]);
    }

    private static bool IsCovered(PolicySet set, string environment, DateTimeOffset now)
    {
        var facts = JsonSerializer.SerializeToUtf8Bytes(new { environment = new { name = environment, gated = true } }, Json.Lenient);
        return set.Covers(new(PolicyActions.Deploy, environment, true, facts, now));
    }

    private async Task<Dictionary<string, Snapshot<DeploymentEnvironment>>> EnvironmentsAsync(CancellationToken cancellationToken)
    {
        var (names, _) = await streams.PageAsync("environment:", new Page(Limit: Page.Most), cancellationToken);
        var read = await Task.WhenAll(names.Select(name => grains.GetGrain<IEnvironmentGrain>(name).Read()));
        return names.Zip(read).ToDictionary(e => e.First, e => e.Second, StringComparer.Ordinal);
    }
}
