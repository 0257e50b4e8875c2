using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>What a policy says about itself, in words.</summary>
internal static class PolicyText
{
    /// <summary>Stands for every environment that nobody named.</summary>
    public const string Elsewhere = "*";

    public static string Actions(PolicyDocument policy) => policy.Match.Actions.Count == 0 ? "every action" : string.Join(", ", policy.Match.Actions);

    /// <summary>The level in each environment that any policy of the set names and this one is asked in, and that in all others.</summary>
    public static IEnumerable<(string Environment, EnforcementLevel Level)> LevelOf(PolicyDocument policy, PolicySet set)
    {
        if (policy.Match.Environments.Count > 0) return policy.Match.Environments.Select(e => (e, policy.Enforcement.In(e)));
        return set.Environments.Select(static m => m.Environment).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(e => (e, policy.Enforcement.In(e))).Append((Elsewhere, policy.Enforcement.Default));
    }

    public static string Levels(PolicyDocument policy, PolicySet set)
    {
        var levels = LevelOf(policy, set).ToList();
        var words = levels is [(Elsewhere, var only)] ? $"{Wire(only)} everywhere"
            : string.Join(", ", levels.Select(static l => $"{Wire(l.Level)} {(l.Environment == Elsewhere ? "elsewhere" : $"in {l.Environment}")}"));
        return policy.Enforcement.SuspendsLive ? $"{words}; suspends what runs and breaks it" : words;
    }

    public static string Wire(EnforcementLevel level) => level switch
    {
        EnforcementLevel.Mandatory => "mandatory",
        EnforcementLevel.Advisory => "advisory",
        _ => "audit",
    };

    public static string Wire(RuleOutcome outcome) => outcome switch
    {
        RuleOutcome.NotApplicable => "notApplicable",
        RuleOutcome.NotYetInForce => "notYetInForce",
        _ => outcome.ToString().ToLowerInvariant(),
    };

    /// <summary>An expression as one line.</summary>
    public static string OneLine(string expression) => string.Join(' ', expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
