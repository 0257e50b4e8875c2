using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>How long what clients sent is kept: <c>Lineage:BodyDays</c>, 400 by default. The events and the graph stay for good.</summary>
internal sealed record LineageSettings(int BodyDays)
{
    private const int MostDays = 36_500;

    /// <exception cref="StartupException">The number of days is none.</exception>
    public static LineageSettings Of(IConfiguration configuration) => configuration.GetValue("Lineage:BodyDays", 400) is >= 1 and <= MostDays and var days
        ? new(days)
        : throw new StartupException($"Lineage__BodyDays is a whole number from 1 to {MostDays}.");
}

/// <summary>The node that leads forgets old bodies, some at a time. Their digests stay: an event that comes again is still the same event.</summary>
internal sealed class LineageRetention(LineageSettings settings, NpgsqlDataSource source, Leadership leadership, TimeProvider time, ILogger<LineageRetention> log) : BackgroundService
{
    private const int AtOnce = 1000;
    private static readonly TimeSpan Poll = TimeSpan.FromHours(1);

    /// <returns>How many bodies were forgotten.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var forgotten = 0;
        while (true)
        {
            await using var command = source.CreateCommand($"""
                update {LineageTables.Bodies} set bytes = null, warnings = null where digest in (
                    select digest from {LineageTables.Bodies} where bytes is not null and received_at < $1 order by received_at limit {AtOnce})
                """);
            command.Parameters.Add(new() { Value = time.GetUtcNow().AddDays(-settings.BodyDays) });
            var some = await command.ExecuteNonQueryAsync(cancellationToken);
            forgotten += some;
            if (some < AtOnce) return forgotten;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (leadership.Leads && await ForgetAsync(stoppingToken) is > 0 and var forgotten) log.LogInformation("{Count} lineage bodies are older than {Days} days and were forgotten", forgotten, settings.BodyDays);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "Old lineage bodies could not be forgotten; it is tried again");
            }

            await Task.Delay(Poll, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
