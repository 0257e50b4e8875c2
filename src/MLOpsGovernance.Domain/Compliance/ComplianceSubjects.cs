namespace MLOpsGovernance.Domain.Compliance;

/// <summary>A rule that does not hold for something that runs.</summary>
/// <param name="Warns">Whether it only warns.</param>
/// <param name="Known">Whether it did not hold either when it was looked at before, or when it was let in.</param>
public sealed record FailingRule(string Policy, string Rule, bool Warns, bool Known);

/// <summary>
/// What the findings about a deployment are about: a rule that would keep it out has one of its own, whose subject is the rule; rules of a policy that only warn share one, <c>policy/rule+rule</c>, and only those
/// that held before open it.
/// </summary>
public static class ComplianceSubjects
{
    /// <summary>Subjects of findings that are open and still hold something against the deployment, and of those that are to be opened, in ordinal order.</summary>
    /// <param name="open">The subjects of the open findings about the deployment.</param>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<string> open, IReadOnlyCollection<FailingRule> failing)
    {
        var warning = failing.Where(f => f.Warns).ToList();
        var told = open.SelectMany(what => warning.Where(f => Covers(what, f))).ToHashSet();
        return
        [
            .. failing.Where(f => !f.Warns).Select(f => f.Rule)
                .Concat(open.Where(what => warning.Exists(f => Covers(what, f))))
                .Concat(warning.Where(f => !f.Known && !told.Contains(f)).GroupBy(f => f.Policy, StringComparer.Ordinal).Select(Shared))
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether a finding about that is about this rule.</summary>
    public static bool Covers(string what, FailingRule rule) => what == rule.Rule
        || (rule.Warns && what.Length > rule.Policy.Length && what[rule.Policy.Length] == '/' && what.StartsWith(rule.Policy, StringComparison.Ordinal)
            && what[(rule.Policy.Length + 1)..].Split('+').Contains(rule.Rule, StringComparer.Ordinal));

    /// <summary>Whether it is about rules that only warn. No rule's id holds a slash.</summary>
    public static bool IsShared(string what) => what.Contains('/', StringComparison.Ordinal);

    private static string Shared(IGrouping<string, FailingRule> rules) => $"{rules.Key}/{string.Join('+', rules.Select(f => f.Rule).Order(StringComparer.Ordinal))}";
}
