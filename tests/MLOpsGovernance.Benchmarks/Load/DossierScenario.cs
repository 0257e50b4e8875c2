using System.Net.Http.Json;
using System.Text.Json;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>The dossier of a version with a thousand events, over HTTP, beside the reading of the same version without its dossier.</summary>
internal static class DossierScenario
{
    private const string Digest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const int Documents = 400, Findings = 250, Checks = 100;

    public static async Task RunAsync()
    {
        var (postgresFolder, dataFolder) = (LoadScenarios.TemporaryFolder(), LoadScenarios.TemporaryFolder());
        await using var postgres = await LoadScenarios.PostgresAsync(postgresFolder);
        await using var server = await ServerProcess.StartAsync(dataFolder, postgres.ConnectionString);
        await FoundAsync(server.Address);

        using var reader = Calls.As(server.Address, "dev:compliance-officer:carl", 1);
        var events = JsonDocument.Parse(await reader.GetStringAsync("/api/v1/models/credit/versions/1/dossier")).RootElement.GetProperty("history").GetArrayLength();
        foreach (var (what, path) in new[] { ($"dossier of a version with {events} events (≤ 30 ms)", "/dossier"), ("the version alone", "") })
        {
            var measured = await Latencies.MeasureAsync(1, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), async _ =>
            {
                using var answer = await reader.GetAsync($"/api/v1/models/credit/versions/1{path}");
                await answer.Content.CopyToAsync(Stream.Null);
                return answer.IsSuccessStatusCode;
            });
            LoadScenarios.Row(what, $"p50 {measured.P50:F1} ms, p99 {measured.P99:F1} ms, {measured.Failures} failed");
        }
    }

    private static async Task FoundAsync(Uri address)
    {
        using var ann = Calls.As(address, "dev:contributor:ann", 1);
        using var vera = Calls.As(address, "dev:model-validator:vera", 1);
        using var pipeline = Calls.As(address, "dev:pipeline", 1);
        await Calls.DoneAsync(ann.PostAsJsonAsync("/api/v1/teams", new { name = "lending" }));
        await Calls.DoneAsync(ann.PostAsJsonAsync("/api/v1/models", new { name = "credit", team = "lending", purpose = "load" }));
        const string Version = "/api/v1/models/credit/versions";
        await Calls.DoneAsync(ann.PostAsJsonAsync(Version, new { artifactDigest = Digest, datasets = Array.Empty<object>(), authors = new[] { "ann" } }));
        for (var i = 0; i < Documents; i++)
            await Calls.DoneAsync(pipeline.PostAsJsonAsync($"{Version}/1/evidence", new { kind = "evaluation-report", digest = $"sha256:{i:x64}", producedAt = "2026-01-01T00:00:00Z" }));
        for (var i = 0; i < Findings; i++)
        {
            using var opened = JsonDocument.Parse(await Calls.DoneAsync(ann.PostAsJsonAsync("/api/v1/models/credit/findings", new { version = 1, title = "load", severity = "low" })));
            await Calls.DoneAsync(vera.PostAsJsonAsync($"/api/v1/models/credit/findings/{opened.RootElement.GetProperty("id").GetString()}/closure", new { reason = "load" }));
        }

        for (var i = 0; i < Checks; i++)
            await Calls.DoneAsync(pipeline.PostAsJsonAsync("/api/v1/policy-checks", new { model = "credit", version = 1, environment = "staging", artifactDigest = Digest }));
    }
}
