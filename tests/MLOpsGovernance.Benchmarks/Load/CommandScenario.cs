using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>Commands through grains and the group-commit writer with the full settings: each registers a model or changes it, each is durable before the next.</summary>
internal static class CommandScenario
{
    private static readonly Actor Ann = new("ann", true, [Roles.Contributor]);
    private static readonly EventContext Context = new("ann", null, "load", null, "0af7651916cd43dd8448eb211c80319c", null, null);

    public static async Task RunAsync()
    {
        var folder = LoadScenarios.TemporaryFolder();
        await using var postgres = await LoadScenarios.PostgresAsync(folder);
        foreach (var projections in new[] { false, true })
        {
            await using var app = await StartAsync(postgres.ConnectionString, projections);
            var grains = app.Services.GetRequiredService<IGrainFactory>();
            foreach (var (callers, target) in new[] { (512, projections ? "≥ 5,000/s" : "≥ 10,000/s"), (128, ""), (1, "p50 ≤ 2.5 ms") })
            {
                var turns = new int[callers];
                var run = Guid.CreateVersion7().ToString("N")[..12];
                var measured = await Latencies.MeasureAsync(callers, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(15), async caller =>
                {
                    var turn = turns[caller]++;
                    var name = string.Create(CultureInfo.InvariantCulture, $"m-{run}-{caller}-{turn / 4}");
                    var outcome = await grains.GetGrain<Server.Models.IModelGrain>(name).Execute(new(Command(name, turn % 4), Ann, Context, []));
                    return outcome.Refusal is null;
                });
                var inserts = await PgBench.InsertsAsync(postgres.ConnectionString, callers, TimeSpan.FromSeconds(6));
                LoadScenarios.Row($"commands, {callers} callers, projections {(projections ? "on" : "off")}{(target.Length == 0 ? "" : $" ({target})")}",
                    $"{measured.PerSecond:F0}/s, p50 {measured.P50:F1} ms, p99 {measured.P99:F1} ms, {measured.Failures} failed; pgbench{(callers > 64 ? " (64 clients)" : "")} {inserts:F0}/s, ratio {measured.PerSecond / inserts:F2}");
            }

            await app.StopAsync();
        }
    }

    /// <summary>Four commands in the life of a model, all of which the registers follow.</summary>
    private static ModelCommand Command(string name, int step) => step switch
    {
        0 => new RegisterModel(name, "flowers", true, null, []),
        1 => new ClassifyModel(new("minimal", 3), true),
        2 => new RegisterVersion("sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", null, null, null, null, null, [], [], [], ["ann"], []),
        _ => new OpenFinding("finding", null, "low", 1),
    };

    private static async Task<WebApplication> StartAsync(string connection, bool projections)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
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
