using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Recertification;

/// <summary>How long models and roles stand before somebody has to confirm them again: <c>Recertification:Months</c> (3 by default).</summary>
internal static class RecertificationSettings
{
    private const int Most = 120;

    /// <exception cref="StartupException">It is out of its range.</exception>
    public static RecertificationTerms Of(IConfiguration configuration) =>
        configuration.GetValue("Recertification:Months", RecertificationTerms.Default.Months) is >= 1 and <= Most and var months
            ? new(months)
            : throw new StartupException($"Recertification__Months is a whole number from 1 to {Most}.");
}
