using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Marten;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Server.Deployments;
using MLOpsGovernance.Server.Findings;
using MLOpsGovernance.Server.Maturity;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>An assessment of a team with 1,000 models, of each ten versions with documents and reviews, ten deployments and five findings. They are put straight into the registers.</summary>
internal static class AssessmentScenario
{
    private const int Models = 1_000, Each = 10, Findings = 5;
    private const string Team = "team-7";

    public static async Task RunAsync()
    {
        var (postgresFolder, dataFolder) = (LoadScenarios.TemporaryFolder(), LoadScenarios.TemporaryFolder());
        await using var postgres = await LoadScenarios.PostgresAsync(postgresFolder);
        await using var server = await ServerProcess.StartAsync(dataFolder, LoadScenarios.ForServer(postgres));
        using var client = Calls.As(server.Address, "dev:contributor:ann", 1);
        await Calls.DoneAsync(client.PostAsJsonAsync("/api/v1/teams", new { name = Team }));
        await FillAsync(postgres.ConnectionString);
        var id = JsonNode.Parse(await Calls.DoneAsync(client.PostAsJsonAsync("/api/v1/assessments", new { team = Team })))!["id"]!.GetValue<string>();
        var measured = await Latencies.MeasureAsync(1, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), async _ => (await client.GetStringAsync($"/api/v1/assessments/{id}")).Contains("\"denominator\":10000", StringComparison.Ordinal));
        LoadScenarios.Row($"assessment over {Models:N0} models' history (≤ 1 s)", $"p50 {measured.P50:F0} ms, p99 {measured.P99:F0} ms, max {measured.Max:F0} ms, {measured.Failures} failed");
    }

    private static async Task FillAsync(string connection)
    {
        using var store = DocumentStore.For(options =>
        {
            MartenSetup.Configure(options);
            options.Connection(connection);
        });
        var now = TimeProvider.System.GetUtcNow();
        await store.BulkInsertAsync(Enumerable.Range(0, Models).Select(m => new ModelRow($"model:m{m}") { Name = $"m{m}", Team = Team, RiskState = "confirmed" }).ToList());
        await store.BulkInsertAsync(Enumerable.Range(0, Models * Each).Select(i => Practice(i / Each, 1 + (i % Each), now.AddDays(-(i % 170)))).ToList());
        await store.BulkInsertAsync(Enumerable.Range(0, Models * Each).Select(i => new DeploymentRow
        {
            Id = $"d{i}", Model = $"m{i / Each}", Version = 1 + (i % Each), Environment = "production", DecisionId = $"c{i}", ArtifactDigest = "sha256:0", Action = "deploy", By = "key:ci", At = now.AddDays(-(i % 170)),
            EndedAt = i % Each == 9 ? null : now, Replaces = i % Each == 0 ? null : $"d{i - 1}", Stage = DeploymentStage.Full,
        }).ToList());
        await store.BulkInsertAsync(Enumerable.Range(0, Models * Findings).Select(i => new FindingRow { Id = $"f{i}", Model = $"m{i / Findings}", Version = 1, Severity = "low", Cause = "reported", OpenedBy = "ann", OpenedAt = now.AddDays(-20), DueAt = now.AddDays(-1), Open = true }).ToList());
    }

    private static PracticeRow Practice(int model, int number, DateTimeOffset at) => new()
    {
        Id = $"m{model}@{number}", Model = $"m{model}", Number = number, At = at, By = "key:ci", Authors = ["ann", "bob"], HumanAuthors = ["ann", "bob"], Datasets = ["iris@1"], Commit = $"{model:x8}{number:x8}", Run = true, Metrics = true,
        Environment = true, Image = true, Trigger = "schedule", Documents = [new("ci-attestation", at, null, "key:ci"), new("baseline-comparison", at, null, "key:ci"), new("provenance", at, null, "key:ci")],
        Reviews = [new("", "asked", "ann", at), new($"a{model}-{number}", "approved", "eve", at.AddHours(3))],
    };
}
