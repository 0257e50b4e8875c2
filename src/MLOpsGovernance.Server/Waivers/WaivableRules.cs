using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Policy.Waivers;
using MLOpsGovernance.Server.Policies;

namespace MLOpsGovernance.Server.Waivers;

/// <summary>What the policy set in force says about waivers.</summary>
internal sealed class WaivableRules(PoliciesInForce policies)
{
    /// <summary>Null where no policy in force has such a rule. A rule's id is its own in the whole set.</summary>
    public async Task<WaivableRule?> FindAsync(string rule) => Find(await policies.NowAsync(), rule) is { } found
        ? new(
            found.Policy.Name, WaiverRule.VersionsFrom(found.Policy), found.Rule.Id, found.Rule.Waivable && found.Policy.Waivers is not null, found.Policy.Waivers?.ApproverRoles ?? [],
            (long)(found.Policy.Waivers?.MaxDuration.TotalSeconds ?? 0), found.Policy.Waivers?.RequireCompensatingControl ?? false)
        : null;

    /// <summary>Why a waiver gives no leave now where it is meant to, by the one function that the gate asks as well; null where it does.</summary>
    public async Task<string?> RefusalAsync(Domain.Waivers.Waiver waiver, DateTimeOffset at)
    {
        if (WaiverFact.Of(waiver) is not { } fact) return $"it is {waiver.StateAt(at)}";
        return Find(await policies.NowAsync(), waiver.Rule) is { } found
            ? WaiverRule.Refusal(fact.InPolicy(), found.Policy, found.Rule, new(waiver.Environment, waiver.Model, waiver.Digests?[0], waiver.Version), at)
            : "the policies in force have no such rule";
    }

    private static (PolicyDocument Policy, PolicyRule Rule)? Find(PolicySet? set, string id)
    {
        foreach (var policy in set?.Policies ?? [])
            foreach (var rule in policy.Rules)
                if (rule.Id == id) return (policy, rule);
        return null;
    }
}
