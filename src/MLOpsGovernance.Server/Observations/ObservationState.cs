using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Observations;

/// <summary>Whether what is said of an environment was also seen there.</summary>
/// <param name="State"><c>observed</c> or <c>as recorded, not observed</c>.</param>
/// <param name="At">The last observation, however old.</param>
internal sealed record ObservationState(string State, DateTimeOffset? At)
{
    public const string Observed = "observed", AsRecorded = "as recorded, not observed";
}

/// <summary>How long an observation counts as recent: <c>Estate:ObservedWithinHours</c>, 24 by default.</summary>
internal sealed class ObservationFreshness
{
    private readonly TimeSpan _within;

    public ObservationFreshness(IConfiguration configuration)
    {
        var hours = configuration.GetValue("Estate:ObservedWithinHours", 24.0);
        if (hours is not (> 0 and <= 24 * 366)) throw new StartupException("Estate__ObservedWithinHours is a number of hours above 0, at most 8784.");
        _within = TimeSpan.FromHours(hours);
    }

    public ObservationState Of(DateTimeOffset? observedAt, DateTimeOffset now) =>
        new(observedAt is { } at && now - at <= _within ? ObservationState.Observed : ObservationState.AsRecorded, observedAt);
}
