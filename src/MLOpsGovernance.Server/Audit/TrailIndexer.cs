using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Audit;

/// <summary>Keeps the trail findable on the node that leads, in half of its time at most: whoever asks sees to the rest.</summary>
internal sealed class TrailIndexer(TrailIndex index, Leadership leadership, TimeProvider time, ILogger<TrailIndexer> log) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500), Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string? fault = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var rest = Rest;
            try
            {
                var since = time.GetTimestamp();
                if (leadership.Leads && (await index.GrowAsync(stoppingToken)).More) rest = time.GetElapsedTime(since);
                fault = null;
            }
            catch (Exception e) when (stoppingToken.IsCancellationRequested || StoreErrors.IsUnavailable(e) || StoreErrors.IsConflict(e))
            {
                log.LogDebug(e, "The trail is made findable when the store answers");
            }
            catch (Exception e)
            {
                if (fault != e.Message) log.LogError(e, "The audit trail cannot be made findable: searching it by text is refused until this is repaired");
                (fault, rest) = (e.Message, Pause);
            }

            await Task.Delay(rest, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
