using System.Threading.RateLimiting;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>What each identity may still ask for: one call that asks several questions at once takes as much of it as several calls would.</summary>
/// <param name="limit">0 is no limit.</param>
internal sealed class CheckBudget(int limit, TimeSpan window) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _all = PartitionedRateLimiter.Create<string, string>(
        identity => RateLimitPartition.GetFixedWindowLimiter(identity, _ => new() { PermitLimit = limit, Window = window, QueueLimit = 0 }), StringComparer.Ordinal);

    /// <summary>Takes one question; false where there is none left.</summary>
    public bool Take(string identity)
    {
        if (limit == 0) return true;
        using var lease = _all.AttemptAcquire(identity);
        return lease.IsAcquired;
    }

    /// <summary>The part of one identity, for calls that ask one question.</summary>
    public RateLimiter Of(string identity) => new Part(this, identity);

    public void Dispose() => _all.Dispose();

    /// <summary>Holds nothing itself, so it may be thrown away at any time.</summary>
    private sealed class Part(CheckBudget budget, string identity) : RateLimiter
    {
        public override TimeSpan? IdleDuration => TimeSpan.FromMinutes(1);

        public override RateLimiterStatistics? GetStatistics() => budget._all.GetStatistics(identity);

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => budget._all.AttemptAcquire(identity, permitCount);

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => budget._all.AcquireAsync(identity, permitCount, cancellationToken);
    }
}
