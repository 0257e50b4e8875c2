namespace MLOpsGovernance.Cli.Connection;

internal static class Backoff
{
    private const double First = 0.5, Longest = 8;

    /// <summary>Half a second, doubled with each try up to 8 s; of that between half and all, so that pipelines that failed together do not come back together.</summary>
    public static TimeSpan After(int tries)
    {
        var whole = Math.Min(First * Math.Pow(2, tries - 1), Longest);
        return TimeSpan.FromSeconds(whole * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
