using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Compliance;

/// <summary>When what runs is judged again by itself: <c>Compliance:Daily</c> (true by default) once a day, at <c>Compliance:Hour</c> UTC (3 by default) or as soon after it as a server is up, and whenever a policy set was adopted.</summary>
internal sealed record ComplianceSettings(bool Daily, int Hour)
{
    /// <exception cref="StartupException">The hour is none.</exception>
    public static ComplianceSettings Of(IConfiguration configuration) => configuration.GetValue("Compliance:Hour", 3) is >= 0 and <= 23 and var hour
        ? new(configuration.GetValue("Compliance:Daily", true), hour)
        : throw new StartupException("Compliance__Hour is a whole number from 0 to 23.");
}

/// <summary>The node that leads the projections judges what is due. A run's id follows from its day, or from the adoption: whoever leads next, and after any restart, it is recorded once.</summary>
internal sealed class ComplianceSchedule(ComplianceSettings settings, ComplianceRunner runner, Grains grains, Leadership leadership, ComplianceRuns runs, TimeProvider time, ILogger<ComplianceSchedule> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(20);
    private string? _day, _adoption;

    /// <summary>Runs what is due and was not run yet.</summary>
    /// <returns>The ids of the runs that were recorded.</returns>
    public async Task<IReadOnlyList<string>> RunDueAsync(CancellationToken cancellationToken)
    {
        List<string> ran = [];
        var now = time.GetUtcNow().AddHours(-settings.Hour);
        var day = $"daily {now:yyyy-MM-dd}";
        if (day != _day && await RunAsync(day, ComplianceJudged.Daily, cancellationToken) is var daily)
        {
            if (daily is not null) ran.Add(daily);
            _day = day;
        }

        var inForce = await grains.Of<IPolicySetGrain>(PolicySetGrain.StreamName).InForce();
        var adoption = $"adoption {inForce.Digest} {inForce.Version}";
        if (inForce.Digest is not null && adoption != _adoption)
        {
            if (await RunAsync(adoption, ComplianceJudged.Adoption, cancellationToken) is { } adopted) ran.Add(adopted);
            _adoption = adoption;
        }

        return ran;
    }

    private async Task<string?> RunAsync(string what, string trigger, CancellationToken cancellationToken)
    {
        var id = Ids.Version5($"compliance {what}").ToString();
        return await runs.FindAsync(id, cancellationToken) is not null || await runner.RunAsync(id, trigger, null, cancellationToken) is null ? null : id;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Daily) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (leadership.Leads) await RunDueAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "What runs could not be judged again; it is tried again");
            }

            await Task.Delay(Poll, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
