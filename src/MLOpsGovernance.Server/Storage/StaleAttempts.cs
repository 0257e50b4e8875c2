namespace MLOpsGovernance.Server.Storage;

/// <summary>What rested on a stream that has moved stored nothing, so it is tried again: the grain reads its stream anew meanwhile.</summary>
internal static class StaleAttempts
{
    private const int Tries = 5;

    public static async Task<T> RepeatAsync<T>(Func<Task<T>> attempt, TimeProvider time)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await attempt();
            }
            catch (Exception e) when (e is StaleActivationException or GuardFailedException && tried < Tries)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5 * tried * tried), time);
            }
        }
    }
}
