using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Validations;

namespace MLOpsGovernance.Domain.Tasks;

/// <summary>How long people have for what has no date of its own.</summary>
/// <param name="ReviewDays">For an approval, a confirmation, or a retirement that was announced.</param>
public sealed record TaskTerms(int ReviewDays, RecertificationTerms Recertification, RevalidationTerms Revalidation)
{
    public static TaskTerms Default { get; } = new(5, RecertificationTerms.Default, RevalidationTerms.Default);

    /// <summary>Changes whenever one of the terms does: what was reckoned under others is reckoned anew.</summary>
    public string Mark => FormattableString.Invariant($"{ReviewDays} {Recertification.Months} {Revalidation.Exposure} {Revalidation.PeopleAffected}");

    internal DateTimeOffset Reviewed(DateTimeOffset since) => since.AddDays(ReviewDays);
}
