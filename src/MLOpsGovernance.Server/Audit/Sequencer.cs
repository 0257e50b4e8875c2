using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Witnesses;

namespace MLOpsGovernance.Server.Audit;

/// <summary>Lets the log grow on the node that leads. That there is one is thrift: <see cref="TransparencyLog"/> stays whole with any number of them.</summary>
internal sealed class Sequencer(TransparencyLog transparency, Heartbeat heartbeat, Witnessing witnessing, Leadership leadership, ILogger<Sequencer> log) : BackgroundService
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(300), Pause = TimeSpan.FromSeconds(5);

    private bool _compared;

    /// <summary>Why the log stands still; null while it grows.</summary>
    public string? Fault { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Whoever comes to lead compares anew: much may have been restored since.
            _compared &= leadership.Leads;
            var more = leadership.Leads && await GrowAsync(stoppingToken);
            if (!more) await Task.Delay(Fault is null ? Step : Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Whether there may be more at once.</summary>
    private async Task<bool> GrowAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!_compared) await witnessing.CompareAsync(stoppingToken);
            _compared = true;
            var added = await transparency.GrowAsync(stoppingToken);
            await transparency.SignAsync(stoppingToken);
            if (added == 0) await heartbeat.BeatAsync(stoppingToken);
            Fault = null;
            // A round costs the same for one event as for a thousand: a trickle is gathered, only a full round is followed by the next at once.
            return added == TransparencyLog.MostLeaves;
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
