using MLOpsGovernance.Domain.Audit;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Audit;

/// <summary>Lets the log beat where it stood still for an hour.</summary>
internal sealed class Heartbeat(LogReader log, EventWriter writer, TimeProvider time)
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private static readonly EventContext Context = new("system:log", null, null, null, null, null, null);

    /// <summary>Does nothing where the newest checkpoint is younger, or where another node has just done it.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await log.NewestAsync(cancellationToken) is not { } newest || newest.SignedAt + Every > now) return;
        try
        {
            // Named by what it follows, so of several nodes one beats.
            await writer.AppendAsync(new($"heartbeat:{newest.Checkpoint.Size}", typeof(LogHeartbeat), 0, [new LogHeartbeat(Context.Actor, now)], Context, []), CancellationToken.None);
        }
        catch (StaleActivationException)
        {
            // It beat already.
        }
    }
}
