namespace MLOpsGovernance.Server.Tests;

/// <summary>The real clock, which can be set forward. Timers run as ever, so nothing in the server waits for a test to move them.</summary>
public sealed class ForwardClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    public void Forward(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
