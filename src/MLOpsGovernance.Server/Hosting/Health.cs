using Microsoft.Extensions.Diagnostics.HealthChecks;
using MLOpsGovernance.Server.Policies;
using Npgsql;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>Alive means that the process answers. Ready means that it could decide: the database answers, a policy set is in force, and it is not stopping.</summary>
internal static class Health
{
    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<DatabaseHealth>("database", tags: ["ready"], timeout: TimeSpan.FromSeconds(3))
        .AddCheck<PolicyHealth>("policies", tags: ["ready"], timeout: TimeSpan.FromSeconds(3))
        .AddCheck<StoppingHealth>("stopping", tags: ["ready"]);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/healthz/live", new() { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/healthz/ready", new() { Predicate = check => check.Tags.Contains("ready"), ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new { Status = Json.EnumWord(report.Status), Checks = report.Entries.ToDictionary(e => e.Key, e => new { Status = Json.EnumWord(e.Value.Status), e.Value.Description }, StringComparer.Ordinal) },
        Json.Lenient);

    private sealed class DatabaseHealth(NpgsqlDataSource source) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var command = source.CreateCommand("select 1");
                await command.ExecuteScalarAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy("PostgreSQL does not answer.");
            }
        }
    }

    private sealed class PolicyHealth(PoliciesInForce policies) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await policies.NowAsync() is { } set
                ? HealthCheckResult.Healthy(set.Digest)
                : HealthCheckResult.Unhealthy("No policy set is in force, so nothing is allowed: run the migrate step.");
    }

    private sealed class StoppingHealth(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The server is stopping.") : HealthCheckResult.Healthy());
    }
}
