using MLOpsGovernance.Domain.Tasks;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Recertification;
using MLOpsGovernance.Server.Validations;

namespace MLOpsGovernance.Server.Tasks;

/// <summary>
/// How long people have and how early they are told: <c>Tasks:ReviewDays</c> (5 by default) for approvals and confirmations, <c>Tasks:NoticeDays</c> (30 by default) before something falls due by the calendar.
/// </summary>
internal sealed record TaskSettings(TaskTerms Terms, int NoticeDays)
{
    private const int MostDays = 3650;

    /// <exception cref="StartupException">A setting is out of its range.</exception>
    public static TaskSettings Of(IConfiguration configuration)
    {
        var (review, notice) = (configuration.GetValue("Tasks:ReviewDays", TaskTerms.Default.ReviewDays), configuration.GetValue("Tasks:NoticeDays", 30));
        return review is >= 1 and <= MostDays && notice is >= 1 and <= MostDays
            ? new(new(review, RecertificationSettings.Of(configuration), RevalidationSettings.Of(configuration)), notice)
            : throw new StartupException($"Tasks__ReviewDays and Tasks__NoticeDays are whole numbers from 1 to {MostDays}.");
    }
}
