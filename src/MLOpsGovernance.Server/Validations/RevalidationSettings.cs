using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Validations;

/// <summary>From what on much is at stake: <c>Revalidation:Exposure</c> (10,000,000 by default) and <c>Revalidation:PeopleAffected</c> (100,000 by default).</summary>
internal static class RevalidationSettings
{
    /// <exception cref="StartupException">A threshold is not above 0.</exception>
    public static RevalidationTerms Of(IConfiguration configuration)
    {
        var terms = new RevalidationTerms(
            configuration.GetValue("Revalidation:Exposure", RevalidationTerms.Default.Exposure), configuration.GetValue("Revalidation:PeopleAffected", RevalidationTerms.Default.PeopleAffected));
        return terms is { Exposure: > 0, PeopleAffected: > 0 } ? terms : throw new StartupException("Revalidation__Exposure and Revalidation__PeopleAffected are numbers above 0.");
    }
}
