using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Audit;

/// <summary>Lets the log grow on the node that leads. That there is one is thrift: <see cref="TransparencyLog"/> stays whole with any number of them.</summary>
internal sealed class Sequencer(TransparencyLog transparency, Leadership leadership, ILogger<Sequencer> log) : BackgroundService
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(300), Pause = TimeSpan.FromSeconds(5);

    /// <summary>Why the log stands still; null while it grows.</summary>
    public string? Fault { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = leadership.Leads && await GrowAsync(stoppingToken);
            if (!more) await Task.Delay(Fault is null ? Step : Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Whether there may be more at once.</summary>
    private async Task<bool> GrowAsync(CancellationToken stoppingToken)
    {
        try
        {
            var added = await transparency.GrowAsync(stoppingToken);
            await transparency.SignAsync(stoppingToken);
            Fault = null;
            return added > 0;
        }
        catch (Exception e) when (stoppingToken.IsCancellationRequested)
        {
            log.LogDebug(e, "The log rests with the host");
        }
        catch (Exception e) when (StoreErrors.IsUnavailable(e) || StoreErrors.IsConflict(e))
        {
            log.LogDebug(e, "The log goes on when the store answers, or another has gone on with it");
        }
        catch (Exception e)
        {
            if (Fault != e.Message) log.LogError(e, "The audit log stands still: nothing more is signed until this is repaired");
            Fault = e.Message;
        }

        return false;
    }
}
