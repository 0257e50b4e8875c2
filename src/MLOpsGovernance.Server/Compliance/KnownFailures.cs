using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.PolicyChecks;

namespace MLOpsGovernance.Server.Compliance;

/// <summary>Rules that were known not to hold of what runs: when it was looked at last, else when it was let in.</summary>
internal sealed class KnownFailures(EstateTable estate, Decisions decisions)
{
    /// <summary>How many decisions about a version are looked at: what was rolled back to was once let in otherwise.</summary>
    private const int MostDecisions = 3;

    public async Task<IReadOnlySet<string>> OfAsync(Model model, Deployment deployment, CancellationToken cancellationToken)
    {
        if (await estate.FindAsync(deployment.Id, cancellationToken) is { } before) return before.Failures.Select(f => f.Rule).ToHashSet(StringComparer.Ordinal);
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (var id in model.DeploymentsOf(model.Versions[deployment.Version]).Where(d => d.Environment == deployment.Environment).Select(d => d.DecisionId).Reverse().Take(MostDecisions))
        {
            if (await decisions.FindAsync(id, cancellationToken) is { } decision) known.UnionWith(decision.Rules.Where(r => r.Result is "fail" or "error").Select(r => r.Rule));
        }

        return known;
    }
}
