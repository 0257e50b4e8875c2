using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>Durable policy checks over HTTP: an approved version of each of a hundred models is asked for, and allowed.</summary>
internal static class CheckScenario
{
    private const string Digest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const int Models = 100;

    public static async Task RunAsync()
    {
        var (postgresFolder, dataFolder) = (LoadScenarios.TemporaryFolder(), LoadScenarios.TemporaryFolder());
        await using var postgres = await LoadScenarios.PostgresAsync(postgresFolder);
        await using var server = await ServerProcess.StartAsync(dataFolder, LoadScenarios.ForServer(postgres));
        await FoundAsync(server.Address);

        foreach (var (connections, target) in new[] { (64, "≥ 3,000/s, p99 ≤ 60 ms"), (1, "p50 ≤ 4 ms") })
        {
            using var client = Calls.As(server.Address, "dev:pipeline", connections);
            var bodies = Enumerable.Range(0, Models).Select(i => $$"""{"model":"model-{{i}}","version":1,"environment":"production","artifactDigest":"{{Digest}}"}""").ToArray();
            var count = 0;
            var measured = await Latencies.MeasureAsync(connections, TimeSpan.FromSeconds(connections > 1 ? 60 : 8), TimeSpan.FromSeconds(20), async _ =>
            {
                var body = new StringContent(bodies[Interlocked.Increment(ref count) % Models], MediaTypeHeaderValue.Parse("application/json"));
                using var answer = await client.PostAsync("/api/v1/policy-checks", body);
                return (await answer.Content.ReadAsStringAsync()).Contains("\"outcome\":\"allow\"", StringComparison.Ordinal);
            });
            var inserts = await PgBench.InsertsAsync(postgres.ConnectionString, connections, TimeSpan.FromSeconds(8));
            LoadScenarios.Row($"checks, {connections} connections ({target})",
                $"{measured.PerSecond:F0}/s, p50 {measured.P50:F1} ms, p99 {measured.P99:F1} ms, max {measured.Max:F0} ms, {measured.Failures} failed; pgbench {inserts:F0}/s, ratio {measured.PerSecond / inserts:F2}");
        }

        LoadScenarios.Row("resident after the load (target 400 MB)", $"{server.ResidentBytes / 1e6:F0} MB");
    }

    private static async Task FoundAsync(Uri address)
    {
        using var ann = Calls.As(address, "dev:contributor:ann", 8);
        using var carl = Calls.As(address, "dev:compliance-officer:carl", 8);
        using var eve = Calls.As(address, "dev:model-validator:eve", 8);
        await Calls.DoneAsync(ann.PostAsJsonAsync("/api/v1/teams", new { name = "flowers" }));
        await Calls.DoneAsync(ann.PostAsJsonAsync("/api/v1/datasets", new { name = "iris", team = "flowers" }));
        await Calls.DoneAsync(ann.PostAsJsonAsync("/api/v1/datasets/iris/versions", new { version = "1", digest = Digest }));
        await Calls.DoneAsync(carl.PutAsJsonAsync("/api/v1/datasets/iris/classification", new { sensitivity = "public", personalData = false }));
        await Parallel.ForEachAsync(Enumerable.Range(0, Models), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var model = $"model-{i}";
            await Calls.DoneAsync(ann.PostAsJsonAsync("/api/v1/models", new { name = model, team = "flowers", purpose = "load" }, CancellationToken.None));
            await Calls.DoneAsync(carl.PutAsJsonAsync($"/api/v1/models/{model}/risk", new { euAiAct = "minimal", tier = 3, reason = "load" }, CancellationToken.None));
            await Calls.DoneAsync(ann.PostAsJsonAsync($"/api/v1/models/{model}/versions", new { artifactDigest = Digest, datasets = new[] { new { name = "iris", version = "1" } }, authors = Array.Empty<string>() }, CancellationToken.None));
            await Calls.DoneAsync(ann.PostAsJsonAsync($"/api/v1/models/{model}/versions/1/reviews", new { }, CancellationToken.None));
            await Calls.DoneAsync(eve.PostAsJsonAsync($"/api/v1/models/{model}/versions/1/approvals", new { outcome = "approved", role = "model-validator", reason = "load" }, CancellationToken.None));
        });
    }
}
