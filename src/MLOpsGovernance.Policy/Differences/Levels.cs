namespace MLOpsGovernance.Policy.Differences;

/// <summary>Levels in words.</summary>
internal static class Levels
{
    public static string Word(EnforcementLevel level) => level switch
    {
        EnforcementLevel.Mandatory => "mandatory",
        EnforcementLevel.Advisory => "advisory",
        _ => "recorded only",
    };

    /// <summary>As in <c>advisory, mandatory in production</c>.</summary>
    public static string Of(PolicyEnforcement enforcement) => string.Join(", ",
        enforcement.Environments.Where(e => e.Value != enforcement.Default).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{Word(e.Value)} in {e.Key}").Prepend(Word(enforcement.Default)));

    /// <summary>Every place that a level may differ in: the environments that either names, and everywhere else.</summary>
    public static IEnumerable<(string? Environment, EnforcementLevel Then, EnforcementLevel Now)> Moved(PolicyDocument then, PolicyDocument now)
    {
        var named = then.Enforcement.Environments.Keys.Union(now.Enforcement.Environments.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(e => (string?)e);
        foreach (var environment in named.Prepend(null))
        {
            var (was, becomes) = environment is null ? (then.Enforcement.Default, now.Enforcement.Default) : (then.Enforcement.In(environment), now.Enforcement.In(environment));
            if (was != becomes) yield return (environment, was, becomes);
        }
    }
}
