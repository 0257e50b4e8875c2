using Microsoft.Extensions.Diagnostics.HealthChecks;
using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>Alive means that the process answers. Ready means that it could decide: the database answers, a policy set is in force, and it is not stopping.</summary>
internal static class Health
{
    private static readonly TimeSpan LongLag = TimeSpan.FromSeconds(30);

    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<DatabaseHealth>("database", tags: ["ready"], timeout: TimeSpan.FromSeconds(3))
        .AddCheck<PolicyHealth>("policies", tags: ["ready"], timeout: TimeSpan.FromSeconds(3))
        .AddCheck<RegisterHealth>("registers", tags: ["ready"], timeout: TimeSpan.FromSeconds(3))
        .AddCheck<AuditHealth>("audit", tags: ["ready"], timeout: TimeSpan.FromSeconds(3))
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

    /// <summary>Degraded, which is ready, while the folder is broken: the last good set goes on deciding.</summary>
    private sealed class PolicyHealth(PoliciesInForce policies, PolicyFolder folder) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            (await policies.NowAsync(), folder.Last) switch
            {
                (null, _) => HealthCheckResult.Unhealthy("No policy set is in force, so nothing is allowed: run the migrate step."),
                ({ } set, { Errors: [var e, ..] }) => HealthCheckResult.Degraded($"The policy folder has an error: {BrokenPolicySet.Words(e)} {set.Digest} stays in force."),
                var (set, _) => HealthCheckResult.Healthy(set.Digest),
            };
    }

    /// <summary>Degraded, which is ready: decisions and details need no register.</summary>
    private sealed class RegisterHealth(RegisterStates registers) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                return await registers.ReadAsync(cancellationToken) switch
                {
                    { Pause: { } pause } state => HealthCheckResult.Degraded($"The registers stand still at {pause.Where} since {Json.Time(pause.Since)}, {state.Behind} events behind. Lists answer 503 until it is repaired; the log says why."),
                    { Waiting: var waiting } state when waiting > LongLag => HealthCheckResult.Degraded($"The registers are {state.Behind} events behind, the oldest of which has waited {waiting.TotalSeconds:F0} s."),
                    _ => HealthCheckResult.Healthy(),
                };
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                return HealthCheckResult.Degraded("How far the registers have come cannot be read.");
            }
        }
    }

    /// <summary>Degraded, which is ready: that somebody changed the history is no reason to stop judging by what is there, and every reason to look.</summary>
    private sealed class AuditHealth(Sequencer sequencer, LogIntegrity integrity) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (sequencer.Fault is { } fault) return HealthCheckResult.Degraded($"The audit log stands still: {fault}");
            try
            {
                return await integrity.LastAsync(cancellationToken) is { Holds: false } last ? HealthCheckResult.Degraded($"The database differs from the audit log: {last.Difference!.Why}") : HealthCheckResult.Healthy();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                return HealthCheckResult.Degraded("Whether the database agrees with the audit log cannot be read.");
            }
        }
    }

    private sealed class StoppingHealth(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The server is stopping.") : HealthCheckResult.Healthy());
    }
}
