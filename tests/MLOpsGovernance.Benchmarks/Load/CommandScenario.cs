using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Teams;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>Commands through grains and the group-commit writer with the full settings: a member joins or leaves the caller's own team, and each is durable before the next. The registers follow both.</summary>
internal static class CommandScenario
{
    private static readonly Actor Ann = new("ann", true, [Roles.Contributor]);
    private static readonly TeamCommand Joins = new PutMember("bob", ["ml-engineer"], []), Leaves = new RemoveMember("bob");
    private static readonly EventContext Context = new("ann", null, "load", null, "0af7651916cd43dd8448eb211c80319c", null, null);

    public static async Task RunAsync()
    {
        var folder = LoadScenarios.TemporaryFolder();
        await using var postgres = await LoadScenarios.PostgresAsync(folder);
        foreach (var projections in new[] { false, true })
        {
            await using var app = await StartAsync(LoadScenarios.ForServer(postgres), projections);
            var grains = app.Services.GetRequiredService<IGrainFactory>();
            foreach (var (callers, target) in new[] { (512, projections ? "≥ 5,000/s" : "≥ 10,000/s"), (1, "p50 ≤ 2.5 ms") })
            {
                var turns = new int[callers];
                var run = Guid.CreateVersion7().ToString("N")[..12];
                var teams = Enumerable.Range(0, callers).Select(i => (Name: string.Create(CultureInfo.InvariantCulture, $"t-{run}-{i}"), Grain: grains.GetGrain<Server.Teams.ITeamGrain>(string.Create(CultureInfo.InvariantCulture, $"t-{run}-{i}")))).ToArray();
                await Task.WhenAll(teams.Select(t => t.Grain.Execute(new(new FormTeam(t.Name, null), Ann, Context, []))));
                var measured = await Latencies.MeasureAsync(callers, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(12), async caller =>
                    (await teams[caller].Grain.Execute(new(turns[caller]++ % 2 == 0 ? Joins : Leaves, Ann, Context, []))).Refusal is null);
                var inserts = await PgBench.InsertsAsync(postgres.ConnectionString, callers, TimeSpan.FromSeconds(6));
                LoadScenarios.Row($"commands, {callers} callers, projections {(projections ? "on" : "off")}{(target.Length == 0 ? "" : $" ({target})")}",
                    $"{measured.PerSecond:F0}/s, p50 {measured.P50:F1} ms, p99 {measured.P99:F1} ms, {measured.Failures} failed; pgbench {inserts:F0}/s, ratio {measured.PerSecond / inserts:F2}");
            }

            await app.StopAsync();
        }
    }

    private static async Task<WebApplication> StartAsync(string connection, bool projections)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = ServerHost.Build(builder, connection, new(LoadScenarios.TemporaryFolder(), Development: true), services =>
        {
            if (projections) return;
            foreach (var leader in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType == typeof(ProjectionLeader)).ToList()) services.Remove(leader);
        });
        await ServerHost.PrepareAsync(app, CancellationToken.None);
        await app.StartAsync();
        return app;
    }
}
