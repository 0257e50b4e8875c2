using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Server.Simulations;

/// <summary>Why a rule says something else of the same facts at the same time: only its policy set can have changed.</summary>
internal static class RuleChange
{
    /// <param name="before">The set of the decision; null where it cannot be read any more.</param>
    public static (string Because, string Why) Of(string policy, string rule, string environment, PolicySet? before, PolicySet draft)
    {
        if (before is null) return ("unknown", "the policy set of the decision cannot be read any more");
        return (Find(before, policy, rule), Find(draft, policy, rule)) switch
        {
            (null, null) => ("set-changed", $"neither set has {rule} any more"),
            (null, _) => ("rule-added", $"{rule} is new"),
            (_, null) => ("rule-removed", $"{rule} is gone"),
            ({ } was, { } now) => Of(was, now, environment),
        };
    }

    private static (string Because, string Why) Of(Place was, Place now, string environment)
    {
        var (id, levels) = (now.Rule.Id, (Was: was.Policy.Enforcement.In(environment), Now: now.Policy.Enforcement.In(environment)));
        if (was.Rule.Expression != now.Rule.Expression) return ("rule-changed", $"{id} asks for something else");
        if (was.Rule.EffectiveFrom != now.Rule.EffectiveFrom) return ("rule-changed", $"{id} comes into force at another time");
        if (was.Rule.Waivable != now.Rule.Waivable) return ("rule-changed", now.Rule.Waivable ? $"{id} may be waived" : $"{id} may no longer be waived");
        if (levels.Was != levels.Now) return ("level-changed", $"the level of {id} in {environment} was {Json.EnumWord(levels.Was)} and is {Json.EnumWord(levels.Now)}");
        if (!SameScope(was.Policy.Match, now.Policy.Match)) return ("scope-changed", $"policy {now.Policy.Name} covers something else");
        return was.Policy.Digest != now.Policy.Digest
            ? ("policy-changed", $"{id} reads a variable, a parameter or a waiver limit of policy {now.Policy.Name}, or its failure policy, that was changed")
            : ("set-changed", "the fact schema or a catalogue of the set was changed");
    }

    private static bool SameScope(PolicyMatch was, PolicyMatch now) =>
        was.Actions.SequenceEqual(now.Actions, StringComparer.Ordinal) && was.Environments.SequenceEqual(now.Environments, StringComparer.Ordinal) && was.Conditions.SequenceEqual(now.Conditions);

    private static Place? Find(PolicySet set, string policy, string rule)
    {
        var of = set.Policies.FirstOrDefault(p => p.Name == policy);
        return of?.Rules.FirstOrDefault(r => r.Id == rule) is { } found ? new(of, found) : null;
    }

    private sealed record Place(PolicyDocument Policy, PolicyRule Rule);
}
