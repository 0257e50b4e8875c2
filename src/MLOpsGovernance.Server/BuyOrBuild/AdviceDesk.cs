using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.BuyOrBuild;

/// <param name="Cores">How many cores one recommendation may take: <c>Advice:Cores</c>, by default all but one.</param>
/// <param name="Waiting">How many may wait for their turn: <c>Advice:Waiting</c> (4 by default).</param>
internal sealed record AdviceSettings(int Cores, int Waiting)
{
    /// <exception cref="StartupException">A number is none.</exception>
    public static AdviceSettings Of(IConfiguration configuration)
    {
        var (cores, waiting) = (configuration.GetValue("Advice:Cores", Math.Max(1, Environment.ProcessorCount - 1)), configuration.GetValue("Advice:Waiting", 4));
        return cores is >= 1 and <= 64 && waiting is >= 0 and <= 100 ? new(cores, waiting) : throw new StartupException("Advice__Cores is a whole number from 1 to 64, Advice__Waiting one from 0 to 100.");
    }
}

/// <summary>Works out recommendations one after the other, on threads of its own and not on all cores, so that the gate keeps the rest of the machine however many ask.</summary>
internal sealed class AdviceDesk(AdviceSettings settings) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private int _here;

    public int Cores => settings.Cores;

    public void Dispose() => _turn.Dispose();

    /// <returns>Null where so many wait already that another would wait too long.</returns>
    public async Task<T?> WorkAsync<T>(Func<T> work, CancellationToken cancellationToken) where T : class
    {
        if (Interlocked.Increment(ref _here) > settings.Waiting + 1)
        {
            Interlocked.Decrement(ref _here);
            return null;
        }

        try
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                // Not a thread of the pool, which the gate's requests wait for.
                return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _here);
        }
    }
}
